pub fn program(value: Res) -> Option<Option<String>> { value.x.into_values().next() }

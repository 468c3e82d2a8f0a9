pub fn program(value: Res) -> Option<String> { value.a }

pub fn program(value: Res) -> Vec<String> { value.x }

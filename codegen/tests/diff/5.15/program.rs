pub fn program(value: Res) -> String { value.x }

pub fn program(value: Res) -> String { value.b }

pub fn program(value: Res) -> String { value.a }

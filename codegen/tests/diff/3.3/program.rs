pub fn program(value: First) -> String { value.a }

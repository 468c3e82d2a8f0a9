pub fn program(value: Moved) -> String { value.a }

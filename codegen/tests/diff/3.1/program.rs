pub fn program(value: A) -> String { value.x }

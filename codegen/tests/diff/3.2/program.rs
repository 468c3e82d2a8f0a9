pub fn program(value: B) -> String { value.y }

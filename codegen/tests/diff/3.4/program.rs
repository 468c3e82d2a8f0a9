pub fn program(value: Thing) -> String { value.a }

pub fn program(value: Root) -> String { value.r }

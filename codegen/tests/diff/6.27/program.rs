pub fn program(value: &Root) -> &str { value.r() }

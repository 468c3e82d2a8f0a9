pub fn program(value: Low) -> Err { value.into() }

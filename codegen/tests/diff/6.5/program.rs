pub fn program(value: Err) -> bool { matches!(value, Err::TooMany) }

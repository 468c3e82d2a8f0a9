pub fn program(value: Err) -> String { match value { Err::X(text) => text, _ => String::new() } }

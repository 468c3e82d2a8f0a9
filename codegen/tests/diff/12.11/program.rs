pub fn program() -> Part { Part::new("a") }

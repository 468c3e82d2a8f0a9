pub fn program() -> Arg { "x".into() }

pub fn program() -> Arg { Arg::new("a") }

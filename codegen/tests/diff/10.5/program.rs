pub fn program() -> Arg { Arg::new("a").x("x") }

pub fn program() -> u64 { Arg::default().a }

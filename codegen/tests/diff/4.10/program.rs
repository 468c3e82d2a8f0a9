pub fn program(value: Arg) -> u64 { value.b }

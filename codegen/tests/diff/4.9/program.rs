pub fn program(value: Arg) -> Option<u64> { value.b }

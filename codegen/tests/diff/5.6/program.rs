pub fn program(value: Res) -> u64 { value.x }

pub fn program(value: Err) -> u8 { match value { Err::A => 1, Err::B => 2 } }

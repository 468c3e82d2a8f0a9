pub fn program(value: Res) -> i32 { value.x }

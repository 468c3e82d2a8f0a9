pub fn program(value: Res) -> Large { value.x }

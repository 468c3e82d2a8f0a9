pub fn program(value: Res) -> Small { value.x }

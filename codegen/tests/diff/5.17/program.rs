pub fn program(value: Res) -> Base { value.x }

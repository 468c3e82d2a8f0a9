pub fn program(value: Res) -> Base { value.into() }

pub fn program(value: Res) -> Root { value.x }

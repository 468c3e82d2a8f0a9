pub fn program(value: Res) -> Child { value.x }

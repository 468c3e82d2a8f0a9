pub fn program(value: Res) -> Many { value.x }

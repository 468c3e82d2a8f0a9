pub fn program(value: Res) -> f32 { value.x }

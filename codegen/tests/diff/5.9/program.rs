pub fn program(value: Res) -> f64 { value.x }

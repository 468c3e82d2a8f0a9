pub fn program(value: Err) -> (Err, Err) { (value, value) }

pub fn program() -> Res { Res::default() }

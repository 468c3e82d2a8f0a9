pub fn program(value: Root) -> bool { matches!(value, Root::Bud(_)) }

pub fn program(value: Root) -> bool { matches!(value, Root::Other(_)) }

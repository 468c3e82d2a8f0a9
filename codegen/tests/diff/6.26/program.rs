pub fn program(value: Root) -> bool { matches!(value, Root::Leaf(_)) }

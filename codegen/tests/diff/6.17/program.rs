pub fn program(value: Root) -> u8 { match value { Root::Leaf(_) => 1, _ => 2 } }

pub fn program(value: Node) -> Option<Link> { value.next }

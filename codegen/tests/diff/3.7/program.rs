pub fn program(value: Base) -> String {
    value.b
}

pub fn program(value: Arg) -> String { value.first_name }

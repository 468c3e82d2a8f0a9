pub fn program(value: Arg) -> Option<String> { value.last_name }

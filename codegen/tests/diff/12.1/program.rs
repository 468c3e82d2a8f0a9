pub fn program(value: Arg) -> String { value.user_id }

pub fn program(value: Res) -> String { value.user_id }

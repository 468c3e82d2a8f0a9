pub fn program(routes: &UserRoutes<'_>) { drop(routes.files_list(Arg::new("x"))); }

pub fn program(routes: &UserRoutes<'_>) {
    drop(routes.files_list_v2(Arg::new("x")));
}

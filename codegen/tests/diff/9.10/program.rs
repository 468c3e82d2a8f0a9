pub fn program(routes: &UserRoutes<'_>) { drop(routes.call()); }

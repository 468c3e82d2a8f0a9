pub async fn program(routes: UserRoutes<'_>) -> Option<Res> { routes.call().await.ok() }

pub async fn program(routes: UserRoutes<'_>) -> Option<()> { routes.call().await.ok() }

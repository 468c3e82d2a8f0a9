pub async fn program(routes: UserRoutes<'_>) -> Option<One> { routes.call().await.ok() }

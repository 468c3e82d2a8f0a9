//! Every route is called through the SDK, and what the mock server answers is decoded.

use std::collections::BTreeSet;

use generated_sdk::{
    AccessToken, AppClient, AppKey, AppSecret, NoauthClient, RetryPolicy, TeamClient, UserClient,
};
use mock_server::MockServer;
use tests::generated::calls::CALLS;
use tests::harness::{CONTENT, Clients};

use crate::{spec, urls};

fn clients(server: &MockServer) -> Clients {
    let (key, secret) = server.app();
    let urls = urls(server);
    Clients {
        user: UserClient::builder()
            .credential(AccessToken::new(server.user_token()))
            .base_urls(urls.clone())
            .retry(RetryPolicy::off())
            .build()
            .expect("a client"),
        team: TeamClient::builder()
            .credential(AccessToken::new(server.team_token()))
            .base_urls(urls.clone())
            .retry(RetryPolicy::off())
            .build()
            .expect("a client"),
        app: AppClient::builder()
            .credential((AppKey::new(key), AppSecret::new(secret)))
            .base_urls(urls.clone())
            .retry(RetryPolicy::off())
            .build()
            .expect("a client"),
        noauth: NoauthClient::builder()
            .base_urls(urls)
            .retry(RetryPolicy::off())
            .build()
            .expect("a client"),
    }
}

#[tokio::test]
async fn every_route_is_answered_and_decoded() {
    let server = MockServer::builder(spec()).content(CONTENT);
    let server = server.start().await.expect("the server starts");
    let clients = clients(&server);
    let mut called = BTreeSet::new();
    for case in CALLS {
        server.clear();
        let outcome = (case.send)(&clients, case.arg).await;
        let path = case.route.path;
        assert_eq!(server.violations(), [], "{path} by {}", case.client);
        let exchanges = server.exchanges();
        assert!(
            exchanges.len() == 1 && exchanges[0].done,
            "{path}: {outcome:?}"
        );
        assert!(outcome.is_ok(), "{path} by {}: {outcome:?}", case.client);
        called.insert(path);
    }
    assert_eq!(called.len(), 276);
}

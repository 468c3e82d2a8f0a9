//! The SDK gets its tokens from the mock server and renews them.

use std::time::Duration;

use generated_sdk::oauth::{OAuth, OAuthErrorKind, Refresh};
use generated_sdk::{AppKey, NoauthClient, UserClient};
use mock_server::{MockServer, Rule};
use tests::clock::TestClock;
use tests::mocked::{spec, urls};

fn oauth(server: &MockServer) -> OAuth {
    let client = NoauthClient::builder()
        .base_urls(urls(server))
        .clock(TestClock::default())
        .read_timeout(None)
        .build()
        .expect("a client");
    OAuth::new(client.core(), AppKey::new(server.app().0))
}

#[tokio::test]
async fn a_person_agrees_and_access_lasts() {
    let server = MockServer::start(spec()).await.expect("the server starts");
    let app = oauth(&server);
    let asked = app
        .authorize()
        .offline()
        .scopes(["account_info.read"])
        .pkce()
        .start();
    let asked = asked.expect("the URL can be made");
    let code = server.approve(asked.url()).expect("the URL is right");
    let tokens = app.finish(&asked, &code).await.expect("there are tokens");
    assert_eq!(tokens.account_id.as_deref(), Some(server.account_id()));
    assert_eq!(tokens.scopes, ["account_info.read"]);
    let refresh = Refresh::from_tokens(AppKey::new(server.app().0), tokens);
    let client = UserClient::builder()
        .credential(refresh.expect("access is offline"))
        .base_urls(urls(&server))
        .clock(TestClock::default())
        .read_timeout(None)
        .build()
        .expect("a client");
    for _ in 0..2 {
        client
            .users()
            .get_current_account()
            .await
            .expect("the call works");
        // The clock of the server alone, so that the client learns of it by being refused.
        server.advance(Duration::from_secs(14_400));
    }
    assert_eq!(server.calls("users/get_current_account").len(), 3);
    assert_eq!(server.calls("oauth2/token").len(), 2);
    let denied = client
        .files()
        .list_folder("")
        .await
        .expect_err("the scope is missing");
    assert_eq!(denied.tag_path(), "missing_scope");
    let violations = server.violations();
    assert_eq!(violations.len(), 1, "{violations:?}");
    assert!(violations[0].problem.contains("files.metadata.read"));
}

#[tokio::test]
async fn a_code_works_once_and_trouble_of_the_endpoint_passes() {
    let server = MockServer::start(spec()).await.expect("the server starts");
    let app = oauth(&server);
    let busy = "rate-limited header=1".parse().expect("a fault");
    let rule = Rule::on("oauth2/token").call(1).fault(busy);
    server.add(rule).expect("the rule is right");
    let asked = app.authorize().pkce().start().expect("the URL can be made");
    let code = server.approve(asked.url()).expect("the URL is right");
    app.finish(&asked, &code).await.expect("there are tokens");
    assert_eq!(server.calls("oauth2/token").len(), 2);
    let error = app
        .finish(&asked, &code)
        .await
        .expect_err("the code is used");
    assert_eq!(error.kind(), OAuthErrorKind::InvalidGrant);
}

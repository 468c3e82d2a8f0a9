//! Path roots: one that is out of date is refused with the right one, which the SDK can follow.

use generated_sdk::{AccessToken, FailureKind, PathRoot, UserClient};
use mock_server::MockServer;
use tests::mocked::{spec, urls};

fn client(server: &MockServer, follow: bool) -> UserClient {
    UserClient::builder()
        .credential(AccessToken::new(server.user_token()))
        .base_urls(urls(server))
        .path_root(PathRoot::Root("1".to_owned()))
        .follow_root(follow)
        .build()
        .expect("a client")
}

#[tokio::test]
async fn a_root_that_has_moved_is_followed() {
    let server = MockServer::start(spec()).await.expect("the server starts");
    let lost = client(&server, false).files().list_folder("").await;
    let lost = lost.expect_err("the root is another one");
    let kind = lost.failure().map(|failure| failure.kind());
    assert_eq!(kind, Some(FailureKind::PathRoot), "{lost}");
    let found = client(&server, true).files().list_folder("").await;
    assert!(found.is_ok(), "{found:?}");
    assert_eq!(server.calls("files/list_folder").len(), 3);
}

//! HTTPS, for clients that speak nothing else.

use std::time::Duration;

use generated_sdk::runtime::transport::ReqwestTransport;
use generated_sdk::{AccessToken, UserClient};
use mock_server::MockServer;
use tests::mocked::{spec, urls};

#[tokio::test]
async fn the_certificate_is_vouched_for() {
    let server = MockServer::builder(spec()).tls().start().await;
    let server = server.expect("the server starts");
    let pem = server.ca_pem().expect("there is a certificate");
    let limit = Some(Duration::from_secs(10));
    let transport = ReqwestTransport::with_roots(pem.as_bytes(), limit);
    let client = UserClient::builder()
        .credential(AccessToken::new(server.user_token()))
        .base_urls(urls(&server))
        .transport(transport.expect("the certificate can be read"))
        .build()
        .expect("a client");
    assert!(server.url().starts_with("https://127.0.0.1:"));
    let account = client.users().get_current_account().await;
    let account = account.expect("the call works");
    assert_eq!(account.account_id.as_str(), server.account_id());
    assert_eq!(server.violations(), []);
}

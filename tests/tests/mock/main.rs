//! The SDK against the mock server: what either gets wrong shows here.

mod application;
mod docs;
mod faults;
mod oauth;
mod roots;
mod routes;
mod tls;
mod volume;
mod waiting;

use generated_sdk::{AccessToken, TeamClient, UserClient};
use mock_server::MockServer;
use tests::clock::TestClock;
use tests::mocked::urls;

/// A client of the server's user that waits for nothing.
fn user(server: &MockServer) -> UserClient {
    UserClient::builder()
        .credential(AccessToken::new(server.user_token()))
        .base_urls(urls(server))
        .clock(TestClock::default())
        .read_timeout(None)
        .build()
        .expect("a client")
}

/// A client of the server's team that waits for nothing.
fn team(server: &MockServer) -> TeamClient {
    TeamClient::builder()
        .credential(AccessToken::new(server.team_token()))
        .base_urls(urls(server))
        .clock(TestClock::default())
        .read_timeout(None)
        .build()
        .expect("a client")
}

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

use generated_sdk::runtime::{ClientBuilder, ClientKind};
use generated_sdk::{AccessToken, TeamClient, UserClient};
use mock_server::MockServer;
use tests::clock::TestClock;
use tests::mocked::{refresh, urls};

/// A client of the server's user that waits for nothing.
fn user(server: &MockServer) -> UserClient {
    let token = AccessToken::new(server.user_token());
    hurried(server, UserClient::builder().credential(token))
}

/// The same, with tokens that are renewed.
fn renewing(server: &MockServer) -> UserClient {
    hurried(server, UserClient::builder().credential(refresh(server)))
}

/// A client of the server's team that waits for nothing.
fn team(server: &MockServer) -> TeamClient {
    let token = AccessToken::new(server.team_token());
    hurried(server, TeamClient::builder().credential(token))
}

fn hurried<C: ClientKind>(server: &MockServer, builder: ClientBuilder<C>) -> C {
    builder
        .base_urls(urls(server))
        .clock(TestClock::default())
        .read_timeout(None)
        .build()
        .expect("a client")
}

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

use std::sync::{Arc, OnceLock};

use generated_sdk::{AccessToken, BaseUrls, TeamClient, UserClient};
use mock_server::MockServer;
use stone_parser::ir::Api;
use tests::clock::TestClock;
use tests::snapshots;

/// The project's own spec, compiled once.
fn spec() -> Arc<Api> {
    static SPEC: OnceLock<Arc<Api>> = OnceLock::new();
    let compile =
        || stone_parser::compile(&snapshots::sources(&snapshots::root().join("spec"))).api;
    SPEC.get_or_init(|| Arc::new(compile())).clone()
}

/// The server with a port for each host.
fn urls(server: &MockServer) -> BaseUrls {
    BaseUrls::default()
        .api(server.host_url("api"))
        .content(server.host_url("content"))
        .notify(server.host_url("notify"))
        .web(server.host_url("web"))
}

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

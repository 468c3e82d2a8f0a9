//! The project's spec behind a mock server, and clients of the SDK for it.

use std::sync::{Arc, OnceLock};

use generated_sdk::oauth::Refresh;
use generated_sdk::runtime::{ClientBuilder, ClientKind};
use generated_sdk::{
    AccessToken, AppClient, AppKey, AppSecret, BaseUrls, NoauthClient, RefreshToken, RetryPolicy,
    TeamClient, UserClient,
};
use mock_server::MockServer;
use stone_parser::ir::Api;

use crate::harness::Clients;
use crate::snapshots;

/// The project's own spec, compiled once.
pub fn spec() -> Arc<Api> {
    static SPEC: OnceLock<Arc<Api>> = OnceLock::new();
    let compile =
        || stone_parser::compile(&snapshots::sources(&snapshots::root().join("spec"))).api;
    SPEC.get_or_init(|| Arc::new(compile())).clone()
}

/// The server with a port for each host.
pub fn urls(server: &MockServer) -> BaseUrls {
    BaseUrls::default()
        .api(server.host_url("api"))
        .content(server.host_url("content"))
        .notify(server.host_url("notify"))
        .web(server.host_url("web"))
}

/// A client of each kind that makes every call once, with what the server takes for good from the start.
pub fn clients(server: &MockServer) -> Clients {
    let token = AccessToken::new;
    let (key, secret) = server.app();
    let app = (AppKey::new(key), AppSecret::new(secret));
    Clients {
        user: client(
            server,
            UserClient::builder().credential(token(server.user_token())),
        ),
        team: client(
            server,
            TeamClient::builder().credential(token(server.team_token())),
        ),
        app: client(server, AppClient::builder().credential(app)),
        noauth: client(server, NoauthClient::builder()),
    }
}

/// A credential of the server's user that gets tokens as it needs them.
pub fn refresh(server: &MockServer) -> Refresh {
    let (key, secret) = server.app();
    let token = RefreshToken::new(server.user_refresh_token());
    Refresh::new(AppKey::new(key), token).with_secret(AppSecret::new(secret))
}

/// A client for the server that makes every call once.
pub fn client<C: ClientKind>(server: &MockServer, builder: ClientBuilder<C>) -> C {
    builder
        .base_urls(urls(server))
        .retry(RetryPolicy::off())
        .build()
        .expect("the settings are right")
}

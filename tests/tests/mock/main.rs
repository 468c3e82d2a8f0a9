//! The SDK against the mock server: what either gets wrong shows here.

mod routes;

use std::sync::{Arc, OnceLock};

use generated_sdk::BaseUrls;
use mock_server::MockServer;
use stone_parser::ir::Api;
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

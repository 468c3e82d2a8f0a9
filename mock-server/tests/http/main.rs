//! The server over raw HTTP, with a spec of its own: what it takes, what it refuses and how, and what goes wrong on
//! demand.

mod answers;
mod faults;
mod oauth;
mod raw;
mod strict;

use std::sync::Arc;

use mock_server::{Builder, MockServer};
use stone_parser::ir::Api;
use stone_parser::source::SourceMap;

fn spec() -> Arc<Api> {
    let mut sources = SourceMap::new();
    for (name, text) in [
        ("stone_cfg.stone", include_str!("stone_cfg.stone")),
        ("common.stone", include_str!("common.stone")),
        ("shelf.stone", include_str!("shelf.stone")),
    ] {
        sources.add(name, text.to_owned());
    }
    let outcome = stone_parser::compile(&sources);
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    Arc::new(outcome.api)
}

fn builder() -> Builder {
    MockServer::builder(spec())
}

fn start() -> MockServer {
    builder().start_blocking().expect("the server starts")
}

//! A mock server made from a spec: the API offline, with faults on demand, for everybody's tests.
//!
//! In: an [`Api`](stone_parser::ir::Api) and HTTP requests from any client. Out: answers as the service gives them, and
//! for tests a record of what came in and of what was wrong with it.
//!
//! The way of a request: `service` reads it, `core` asks the `rules`, `check` holds it against the spec, [`state`] or
//! `answer` has the result, and `service` sends it, or breaks what a [`Fault`] says.
//!
//! ```no_run
//! # async fn example(api: stone_parser::ir::Api) -> Result<(), Box<dyn std::error::Error>> {
//! use mock_server::{Fault, MockServer, Rule};
//!
//! let server = MockServer::start(api).await?;
//! server.add(Rule::on("files/get_metadata").call(1).error("path/not_found"))?;
//! server.add(Rule::everywhere().probability(0.05).fault(Fault::ResetAfter))?;
//! println!("{} takes the token {}", server.url(), server.user_token());
//! // … the program under test …
//! assert_eq!(server.violations(), []);
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs)]

mod accept;
mod answer;
mod body;
mod builder;
pub mod check;
mod connection;
mod content;
mod core;
mod errors;
mod fault;
mod oauth;
mod record;
mod reply;
mod request;
mod routes;
pub mod rules;
mod server;
mod service;
pub mod state;
#[cfg(feature = "tls")]
mod tls;
mod tokens;

pub use builder::{Builder, StartError};
pub use fault::{Fault, FaultError, RateBody};
pub use record::{Exchange, Violation};
pub use request::Received;
pub use rules::{Rule, RuleError};
pub use server::MockServer;
pub use tokens::{App, Grant, Holder};

//! The Dropbox API for Rust.
#![deny(missing_docs)]

pub mod runtime;

pub use runtime::{Date, Timestamp, Unknown};

pub use runtime::wire::json;

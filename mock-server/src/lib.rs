//! A mock server made from a spec: the API offline, with faults on demand.

#![deny(missing_docs)]

pub mod state;

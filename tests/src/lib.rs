//! Support code shared by the cross-crate tests.

#[rustfmt::skip]
#[allow(deprecated)]
pub mod generated;
pub mod clock;
pub mod examples;
pub mod harness;
pub mod mocked;
pub mod normal;
pub mod program;
pub mod sample;
pub mod server;
pub mod snapshots;
pub mod witness;

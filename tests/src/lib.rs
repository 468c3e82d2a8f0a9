//! Support code shared by the cross-crate tests.

pub mod sample;
pub mod server;
pub mod snapshots;

//! Support code shared by the cross-crate tests.

pub mod server;
pub mod snapshots;

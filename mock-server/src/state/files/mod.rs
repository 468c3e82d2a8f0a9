//! Files: the store of an account, and what is asked of it.
//!
//! The store is written by `write`, `upload` and `relocate`, and read by `read`, `revisions`, `list` and `search`.

mod hash;
pub(crate) mod list;
pub(crate) mod metadata;
pub(crate) mod place;
pub(crate) mod read;
pub(crate) mod relocate;
pub(crate) mod revisions;
pub(crate) mod search;
mod sessions;
pub(crate) mod store;
pub(crate) mod upload;
pub(crate) mod write;
mod zip;

//! The Dropbox API for Rust.

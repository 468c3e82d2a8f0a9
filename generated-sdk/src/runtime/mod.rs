//! What every generated module calls: the codec and the types that values are made of.

pub mod time;
pub mod wire;

pub use crate::{validate_methods, wire_traits};
pub use bytes::Bytes;
pub use time::{Date, Timestamp};
pub use wire::{Unknown, ValidationError};

//! serde, behind the feature of that name: values to and from any self-describing format, without text in between.
//!
//! Serializing is one more viewer of values, deserializing one more source. Both are generic over the format only where
//! serde asks for it; what a type looks like is read from its table, as everywhere.

mod deserialize;
mod leaf;
mod list;
mod object;
mod raw;
mod serialize;
mod transcribe;

pub use deserialize::deserialize;
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
pub use serialize::serialize;

crate::serde_traits!([] crate::runtime::Timestamp);
crate::serde_traits!([] crate::runtime::Date);

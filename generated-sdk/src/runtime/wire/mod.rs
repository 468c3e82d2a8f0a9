//! The codec: values of generated types to JSON and back, and everything else that can be read from their tables.
//!
//! A generated type hands over references to its fields, split by class, together with one static table that says
//! what they are ([`StructMeta`], [`UnionMeta`]). Two directions are enough:
//!
//! * [`Wire::encode`] shows a value to an [`Encoder`]: the JSON writer, or a viewer that is given a [`View`] of the value.
//!   `Debug`, `PartialEq`, validation and serde's `Serialize` are such viewers.
//! * [`Wire::decode`] lets a [`Decoder`] overwrite a value: from JSON, or from a [`Source`], which is how values are cloned,
//!   reset to their defaults and read through serde's `Deserialize`.
//!
//! Nothing here is generic over a format, and nothing generated has a body beyond handing over references: a type costs
//! its user a table and two calls.

mod blank;
#[cfg(feature = "serde")]
pub mod bridge;
mod containers;
mod copy;
mod debug;
mod decode;
mod encode;
mod equal;
mod error;
mod front;
mod header;
mod held;
pub mod json;
mod leaf;
mod macros;
mod meta;
mod preset;
mod raw;
mod scan;
mod source;
mod text;
mod traits;
mod unknown;
mod validate;
mod view;

pub use decode::Decoder;
pub use encode::Encoder;
pub use error::{DecodeError, ValidationError};
pub use front::{debug, duplicate, equal, validate};
pub use header::header_safe;
pub use held::{Held, Hub};
pub use json::{from_slice, from_slice_strict, from_str, to_string, to_vec};
pub use meta::{Bound, DefaultValue, Rule, StructMeta, UnionMeta};
pub use raw::RawJson;
pub use source::{FieldsMut, Place, Source};
pub use text::{OneText, OneTextMut};
pub use traits::{Blank, Entries, Items, Wire};
pub use unknown::Unknown;
pub use view::{Field, Fields, Scalar, View, view};
// What `wire_traits` names.
pub use std::clone::Clone;
pub use std::cmp::PartialEq;
pub use std::fmt::{Debug, Formatter, Result as Shown};

use view::is_null;

//! The built-in types and the arguments that they take.
//!
//! In: a name. Out: which built-in type it is, and its signature.

use crate::ir::{FloatKind, IntKind};

/// A type that exists without being defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Builtin {
    Boolean,
    Bytes,
    Void,
    Int(IntKind),
    Float(FloatKind),
    String,
    Timestamp,
    List,
    Map,
}

/// The names of all of them.
pub(super) const NAMES: [&str; 13] = [
    "Boolean",
    "Bytes",
    "Float32",
    "Float64",
    "Int32",
    "Int64",
    "List",
    "Map",
    "String",
    "Timestamp",
    "UInt32",
    "UInt64",
    "Void",
];

/// The names of a type's arguments; positional ones are required.
pub(super) struct Signature {
    pub(super) positional: &'static [&'static str],
    pub(super) keyword: &'static [&'static str],
}

impl Builtin {
    /// The type of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Boolean" => Self::Boolean,
            "Bytes" => Self::Bytes,
            "Void" => Self::Void,
            "Int32" => Self::Int(IntKind::Int32),
            "Int64" => Self::Int(IntKind::Int64),
            "UInt32" => Self::Int(IntKind::UInt32),
            "UInt64" => Self::Int(IntKind::UInt64),
            "Float32" => Self::Float(FloatKind::Float32),
            "Float64" => Self::Float(FloatKind::Float64),
            "String" => Self::String,
            "Timestamp" => Self::Timestamp,
            "List" => Self::List,
            "Map" => Self::Map,
            _ => return None,
        })
    }

    /// What stands in its parentheses.
    pub(super) fn signature(self) -> Signature {
        let (positional, keyword): (&[_], &[_]) = match self {
            Self::Boolean | Self::Bytes | Self::Void => (&[], &[]),
            Self::Int(_) | Self::Float(_) => (&[], &["min_value", "max_value"]),
            Self::String => (&[], &["min_length", "max_length", "pattern"]),
            Self::Timestamp => (&["fmt"], &[]),
            Self::List => (&["data_type"], &["min_items", "max_items"]),
            Self::Map => (&["key_data_type", "value_data_type"], &[]),
        };
        Signature {
            positional,
            keyword,
        }
    }
}

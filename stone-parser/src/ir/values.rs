//! Values: defaults, attributes, annotation arguments, and the JSON of examples.

use indexmap::IndexMap;
use num_bigint::BigInt;

use super::{Doc, UnionId};
use crate::ast::LiteralValue;
use crate::source::Span;

/// A default, an attribute or an annotation argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A literal; Bytes and Timestamps are the text as written.
    Literal(LiteralValue),
    /// A void tag of a union.
    Tag {
        /// The union that the field's type names, aliases stripped.
        union: UnionId,
        /// Tag.
        tag: String,
    },
}

/// A JSON value whose integers have any size and whose keys keep their order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Json {
    Null,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    String(String),
    Array(Vec<Json>),
    Object(IndexMap<String, Json>),
}

/// A computed example.
#[derive(Debug, Clone)]
pub struct Example {
    /// Label.
    pub label: String,
    /// Text.
    pub text: Option<Doc>,
    /// The value as it goes over the wire: references replaced, defaults filled in.
    pub value: Json,
    /// Place of the label.
    pub span: Span,
}

//! Routes.

use indexmap::IndexMap;

use super::{Doc, NamespaceId, RouteId, Type, Value};
use crate::source::Span;

/// A route.
#[derive(Debug, Clone)]
pub struct Route {
    /// Namespace.
    pub namespace: NamespaceId,
    /// Name with its path, such as `list_folder/continue`.
    pub name: String,
    /// Version, from 1.
    pub version: u64,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Argument.
    pub arg: Type,
    /// Result.
    pub result: Type,
    /// Error.
    pub error: Type,
    /// Deprecation.
    pub deprecated: Option<Deprecation>,
    /// Every field of the schema, in the schema's order: written value, else default, else null.
    pub attrs: IndexMap<String, Attr>,
    /// Place of the name in its definition.
    pub span: Span,
}

/// A deprecated route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// The route to use instead.
    pub by: Option<RouteId>,
}

/// An attribute's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Attr {
    /// Value.
    pub value: Value,
    /// Where it is written, if it is.
    pub span: Option<Span>,
}

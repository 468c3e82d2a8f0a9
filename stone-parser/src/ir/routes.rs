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

impl Route {
    /// The name as URLs have it, in which versions from 2 show: `list_folder/continue`, `copy_v2`.
    pub fn versioned_name(&self) -> String {
        match self.version {
            1 => self.name.clone(),
            version => format!("{}_v{version}", self.name),
        }
    }
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

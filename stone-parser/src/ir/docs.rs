//! Documentation: unwrapped text, and the same text cut at its references.

use super::{RouteId, StructId, Type, UnionId};

/// A docstring.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doc {
    /// Unwrapped text with references as written.
    pub text: String,
    /// The same text in order, references resolved. Where nothing resolves them (namespaces, aliases, annotation
    /// types, examples) unknown ones stay [`DocPart::Text`].
    pub parts: Vec<DocPart>,
}

/// A piece of a docstring.
#[derive(Debug, Clone, PartialEq)]
pub enum DocPart {
    /// Plain text.
    Text(String),
    /// ``:type:`X` ``; always [`Type::Struct`] or [`Type::Union`].
    Type(Type),
    /// ``:field:`X.f` `` of a struct, inherited ones included: the struct named, not the one that declares it.
    Field(StructId, String),
    /// ``:field:`U.t` `` of a union.
    Tag(UnionId, String),
    /// ``:route:`r:2` ``
    Route(RouteId),
    /// ``:link:`title uri` ``
    Link {
        /// Title.
        title: String,
        /// URI.
        uri: String,
    },
    /// ``:val:`x` ``
    Val(String),
}

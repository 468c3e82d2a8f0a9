//! The intermediate representation: a whole spec, checked, resolved and immutable.
//!
//! In: what `lower` builds. Out: what emitters, exporters, comparisons and servers read.
//! Definitions live in arenas of [`Api`] and are named by ids, so that recursion is trivial and identity cheap.
//! Order is chosen: namespaces and definitions by name, fields and tags as written, patched ones last.

mod api;
mod docs;
mod json;
mod routes;
mod types;
mod values;
mod whitelist;

pub use api::{Api, Namespace};
pub use docs::{Doc, DocPart};
pub use json::to_json;
pub use routes::{Attr, Deprecation, Route};
pub use types::{
    Alias, Annotation, AnnotationKind, AnnotationType, CustomAnnotation, Field, FieldAnnotations,
    FloatKind, FloatType, IntKind, IntType, ListType, MapType, Param, Redactor, RedactorKind,
    StringType, Struct, Subtypes, Tag, Type, Union,
};
pub use values::{Example, Json, Value};
pub use whitelist::{Whitelist, WhitelistError, whitelist};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into the arena.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A namespace of an [`Api`].
    NamespaceId
    /// A struct.
    StructId
    /// A union.
    UnionId
    /// An alias.
    AliasId
    /// A route.
    RouteId
    /// An annotation.
    AnnotationId
    /// An annotation type.
    AnnotationTypeId
}

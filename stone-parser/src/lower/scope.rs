//! Which names mean what in each namespace.
//!
//! In: the definitions and imports that `collect` and `imports` find. Out: [`Scopes`], which every later pass asks.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::ast;
use crate::ir::{AliasId, AnnotationId, AnnotationTypeId, NamespaceId, RouteId, StructId, UnionId};
use crate::source::Span;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    Struct(StructId),
    Union(UnionId),
    Alias(AliasId),
    /// Routes share a name among their versions, so [`Scopes::route`] finds the one that is meant.
    Route,
    Annotation(AnnotationId),
    AnnotationType(AnnotationTypeId),
    /// An imported namespace.
    Namespace(NamespaceId),
}

impl Symbol {
    /// What it is, with its article.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Struct(_) => "a struct",
            Self::Union(_) => "a union",
            Self::Alias(_) => "an alias",
            Self::Route => "a route",
            Self::Annotation(_) => "an annotation",
            Self::AnnotationType(_) => "an annotation type",
            Self::Namespace(_) => "a namespace",
        }
    }
}

/// A name with the place that introduced it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defined {
    pub(super) symbol: Symbol,
    pub(super) span: Span,
}

/// Why a path leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LookupError {
    /// The part before the dot is unknown, or the namespace itself, which nobody imports.
    UnknownPrefix,
    /// The part before the dot is something other than a namespace.
    NotANamespace(Symbol),
    /// The name is unknown in the namespace that the path leads to.
    UnknownName(NamespaceId),
}

/// The names of all namespaces.
#[derive(Debug, Default)]
pub(super) struct Scopes<'a> {
    namespaces: HashMap<&'a str, NamespaceId>,
    names: Vec<HashMap<&'a str, Defined>>,
    routes: HashMap<(NamespaceId, &'a str, u64), RouteId>,
}

impl<'a> Scopes<'a> {
    /// Opens the scope of a namespace; ids are given out in the order of the calls.
    pub(super) fn open(&mut self, name: &'a str) {
        self.namespaces
            .insert(name, NamespaceId(self.names.len() as u32));
        self.names.push(HashMap::new());
    }

    /// Introduces a name, or tells who has it.
    pub(super) fn define(
        &mut self,
        at: NamespaceId,
        name: &'a str,
        defined: Defined,
    ) -> Result<(), Defined> {
        match self.names[at.index()].entry(name) {
            Entry::Occupied(taken) => Err(*taken.get()),
            Entry::Vacant(free) => {
                free.insert(defined);
                Ok(())
            }
        }
    }

    /// Introduces a version of a route, or tells which route has it.
    pub(super) fn define_route(
        &mut self,
        at: NamespaceId,
        name: &'a ast::RouteName,
        id: RouteId,
    ) -> Result<(), RouteId> {
        match self.routes.entry((at, &name.name.text, name.version)) {
            Entry::Occupied(taken) => Err(*taken.get()),
            Entry::Vacant(free) => {
                free.insert(id);
                Ok(())
            }
        }
    }

    /// The namespace of this name, imported or not.
    pub(super) fn namespace(&self, name: &str) -> Option<NamespaceId> {
        self.namespaces.get(name).copied()
    }

    /// What a name means in a namespace.
    pub(super) fn get(&self, at: NamespaceId, name: &str) -> Option<Defined> {
        self.names[at.index()].get(name).copied()
    }

    /// A version of a route.
    pub(super) fn route(&self, at: NamespaceId, name: &str, version: u64) -> Option<RouteId> {
        self.routes.get(&(at, name, version)).copied()
    }

    /// The namespace that the part before a dot means when written in `at`.
    pub(super) fn prefix(&self, at: NamespaceId, name: &str) -> Result<NamespaceId, LookupError> {
        match self.get(at, name).map(|defined| defined.symbol) {
            None => Err(LookupError::UnknownPrefix),
            Some(Symbol::Namespace(id)) => Ok(id),
            Some(other) => Err(LookupError::NotANamespace(other)),
        }
    }

    /// What `name` or `prefix.name` means when written in `at`. Imports are not reachable through a prefix.
    pub(super) fn lookup(
        &self,
        at: NamespaceId,
        prefix: Option<&str>,
        name: &str,
    ) -> Result<Symbol, LookupError> {
        let home = prefix.map_or(Ok(at), |prefix| self.prefix(at, prefix))?;
        match self.get(home, name).map(|defined| defined.symbol) {
            Some(Symbol::Namespace(_)) if prefix.is_some() => Err(LookupError::UnknownName(home)),
            Some(symbol) => Ok(symbol),
            None => Err(LookupError::UnknownName(home)),
        }
    }
}

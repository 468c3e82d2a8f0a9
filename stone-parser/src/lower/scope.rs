//! Which names mean what in each namespace.
//!
//! In: the definitions and imports that `collect` and `imports` find. Out: [`Scopes`], which every later pass asks.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    NotANamespace(Defined),
    /// The name is unknown in the namespace that the path leads to.
    UnknownName(NamespaceId),
    /// The path uses an import that failed, or a name that is defined twice, which has been reported.
    Reported,
}

/// The names of all namespaces.
#[derive(Debug, Default)]
pub(super) struct Scopes<'a> {
    namespaces: BTreeMap<&'a str, NamespaceId>,
    names: Vec<HashMap<&'a str, Defined>>,
    routes: HashMap<(NamespaceId, &'a str, u64), RouteId>,
    /// Names whose meaning is in doubt: imports that failed, and what is defined twice.
    doubtful: HashSet<(NamespaceId, &'a str)>,
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

    /// Notes that a mistake about the name has been reported, so that its uses keep silent.
    pub(super) fn doubt(&mut self, at: NamespaceId, name: &'a str) {
        self.doubtful.insert((at, name));
    }

    /// Whether a mistake about the name has been reported.
    pub(super) fn is_doubtful(&self, at: NamespaceId, name: &str) -> bool {
        self.doubtful.contains(&(at, name))
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

    /// All namespaces by name.
    pub(super) fn namespaces(&self) -> impl Iterator<Item = (&'a str, NamespaceId)> {
        self.namespaces.iter().map(|(name, id)| (*name, *id))
    }

    /// The namespaces that one imports, by name.
    pub(super) fn imported(&self, at: NamespaceId) -> Vec<(&'a str, NamespaceId)> {
        let names = self.names[at.index()].iter();
        let mut imported: Vec<_> = names
            .filter_map(|(name, defined)| match defined.symbol {
                Symbol::Namespace(id) => Some((*name, id)),
                _ => None,
            })
            .collect();
        imported.sort_unstable();
        imported
    }

    /// What a namespace defines and imports, in no order.
    pub(super) fn names(&self, at: NamespaceId) -> impl Iterator<Item = (&'a str, Symbol)> {
        let names = self.names[at.index()].iter();
        names.map(|(name, defined)| (*name, defined.symbol))
    }

    /// The versions of a route, ascending, with their ids.
    pub(super) fn versions(&self, at: NamespaceId, name: &str) -> Vec<(u64, RouteId)> {
        let routes = self.routes.iter();
        let mut versions: Vec<_> = routes
            .filter(|((home, route, _), _)| *home == at && *route == name)
            .map(|((.., version), id)| (*version, *id))
            .collect();
        versions.sort_unstable_by_key(|(version, _)| *version);
        versions
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
        if self.is_doubtful(at, name) {
            return Err(LookupError::Reported);
        }
        match self.get(at, name) {
            None => Err(LookupError::UnknownPrefix),
            Some(Defined {
                symbol: Symbol::Namespace(id),
                ..
            }) => Ok(id),
            Some(other) => Err(LookupError::NotANamespace(other)),
        }
    }

    /// What `name` or `prefix.name` means when written in `at`. Imports are not reachable through a prefix.
    pub(super) fn lookup(
        &self,
        at: NamespaceId,
        prefix: Option<&str>,
        name: &str,
    ) -> Result<Defined, LookupError> {
        let home = prefix.map_or(Ok(at), |prefix| self.prefix(at, prefix))?;
        if self.is_doubtful(home, name) {
            return Err(LookupError::Reported);
        }
        self.get(home, name)
            .filter(|found| prefix.is_none() || !matches!(found.symbol, Symbol::Namespace(_)))
            .ok_or(LookupError::UnknownName(home))
    }
}

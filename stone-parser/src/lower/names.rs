//! Names: who may have which.
//!
//! In: each definition as `collect` meets it. Out: the filled scopes; errors for names that are taken, by the
//! language, by another definition or by one that differs only in spelling.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::ast::RouteName;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NamespaceId, RouteId};

use super::builtin::Builtin;
use super::scope::{Defined, Symbol};
use super::{Context, annotations};

/// The spellings in use, by namespace and canonical form.
#[derive(Default)]
pub(super) struct Names<'a> {
    canonical: HashMap<(NamespaceId, String), (&'a str, Defined)>,
}

impl<'a> Names<'a> {
    /// Gives a definition its name, unless the name is taken.
    pub(super) fn claim(
        &mut self,
        cx: &mut Context<'a>,
        at: NamespaceId,
        name: &'a str,
        new: Defined,
    ) {
        if Builtin::named(name).is_some() {
            return cx.error(built_in(name, new, "a built-in type"));
        }
        if matches!(new.symbol, Symbol::AnnotationType(_)) && annotations::BUILT_IN.contains(&name)
        {
            return cx.error(built_in(name, new, "a built-in annotation type"));
        }
        match cx.scopes.define(at, name, new) {
            Ok(()) => self.spell(cx, at, name, new),
            // Versions of a route share its name.
            Err(taken) if (taken.symbol, new.symbol) == (Symbol::Route, Symbol::Route) => {}
            Err(taken) => {
                cx.scopes.doubt(at, name);
                cx.error(defined_twice(name, new, taken));
            }
        }
    }

    /// Gives a route its name and version.
    pub(super) fn claim_route(&mut self, cx: &mut Context<'a>, route: &'a RouteName, id: RouteId) {
        let at = cx.api[id].namespace;
        let (name, span) = (&route.name.text, route.name.span);
        self.claim(
            cx,
            at,
            name,
            Defined {
                symbol: Symbol::Route,
                span,
            },
        );
        if let Err(first) = cx.scopes.define_route(at, route, id) {
            let first = cx.api[first].span;
            let message = format!("route `{name}` version {} is defined twice", route.version);
            cx.error(
                Diagnostic::error(Code::RouteTwice, span, message)
                    .label("defined again")
                    .also(first, "first defined here")
                    .help("give one of them another version"),
            );
        }
    }

    /// Checks that no other name, nor that of the namespace, has the same canonical form.
    fn spell(&mut self, cx: &mut Context<'a>, at: NamespaceId, name: &'a str, new: Defined) {
        let form = canonical(name);
        let namespace = &cx.api[at].name;
        if form == canonical(namespace) {
            let message = format!("`{name}` is spelled too much like its namespace `{namespace}`");
            return cx.error(
                Diagnostic::error(Code::NamesTooSimilar, new.span, message).help("rename it"),
            );
        }
        match self.canonical.entry((at, form)) {
            Entry::Vacant(free) => drop(free.insert((name, new))),
            Entry::Occupied(taken) => {
                let (first, defined) = taken.get();
                if (defined.symbol, new.symbol) != (Symbol::Route, Symbol::Route) {
                    cx.error(too_similar(name, new, first, *defined));
                }
            }
        }
    }
}

/// What code generators may make equal: letters of one case, without `_` and `/`.
fn canonical(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '/'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn built_in(name: &str, new: Defined, what: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BuiltinName,
        new.span,
        format!("`{name}` is the name of {what}"),
    )
    .label("this name is taken by the language")
    .help("choose another name")
}

fn defined_twice(name: &str, new: Defined, taken: Defined) -> Diagnostic {
    let message = format!(
        "`{name}` is already the name of {} here",
        taken.symbol.describe()
    );
    Diagnostic::error(Code::NameTaken, new.span, message)
        .label("defined again")
        .also(taken.span, "first defined here")
        .help("rename one of them, or remove it")
}

fn too_similar(name: &str, new: Defined, first: &str, taken: Defined) -> Diagnostic {
    let message = format!("`{name}` and `{first}` differ only in case, `_` or `/`");
    Diagnostic::error(Code::NamesTooSimilar, new.span, message)
        .also(taken.span, "too similar to this")
        .help("rename one of them")
}

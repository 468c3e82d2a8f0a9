//! Names: who may have which.
//!
//! In: each definition as `collect` meets it. Out: the filled scopes; errors for names that are taken, by the
//! language, by another definition or by one that differs only in spelling.

use std::collections::HashMap;

use crate::ast::{Ident, RouteName};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NamespaceId, RouteId};

use super::Context;
use super::builtin::Builtin;
use super::scope::{Defined, Symbol};

/// Annotation types that exist without being defined.
const ANNOTATION_TYPES: [&str; 5] = [
    "Deprecated",
    "Omitted",
    "Preview",
    "RedactedBlot",
    "RedactedHash",
];

/// The spellings in use, by namespace and canonical form.
#[derive(Default)]
pub(super) struct Names<'a> {
    canonical: HashMap<(NamespaceId, String), Spelling<'a>>,
}

/// The first name with some canonical form.
struct Spelling<'a> {
    name: &'a Ident,
    is_route: bool,
}

impl<'a> Names<'a> {
    /// Gives a definition its name, unless the name is taken.
    pub(super) fn claim(
        &mut self,
        cx: &mut Context<'a>,
        at: NamespaceId,
        name: &'a Ident,
        symbol: Symbol,
    ) {
        if Builtin::named(&name.text).is_some() {
            return cx.error(built_in(name, "a built-in type"));
        }
        if matches!(symbol, Symbol::AnnotationType(_))
            && ANNOTATION_TYPES.contains(&name.text.as_str())
        {
            return cx.error(built_in(name, "a built-in annotation type"));
        }
        match cx.scopes.define(at, name, symbol) {
            Ok(()) => self.spell(cx, at, name, symbol == Symbol::Route),
            // Versions of a route share its name.
            Err(taken) if (taken.symbol, symbol) == (Symbol::Route, Symbol::Route) => {}
            Err(taken) => cx.error(defined_twice(name, taken)),
        }
    }

    /// Gives a route its name and version.
    pub(super) fn claim_route(&mut self, cx: &mut Context<'a>, route: &'a RouteName, id: RouteId) {
        let at = cx.api[id].namespace;
        self.claim(cx, at, &route.name, Symbol::Route);
        if let Err(first) = cx.scopes.define_route(at, route, id) {
            let first = cx.api[first].span;
            let message = format!(
                "route `{}` version {} is defined twice",
                route.name.text, route.version
            );
            cx.error(
                Diagnostic::error(Code::RouteTwice, route.name.span, message)
                    .also(first, "first defined here")
                    .help(format!(
                        "give it another version, such as `{}:{}`",
                        route.name.text,
                        route.version + 1
                    )),
            );
        }
    }

    fn spell(&mut self, cx: &mut Context<'a>, at: NamespaceId, name: &'a Ident, is_route: bool) {
        let form = canonical(&name.text);
        if form == canonical(&cx.api[at].name) {
            let message = format!(
                "`{}` is spelled too much like its namespace `{}`",
                name.text, cx.api[at].name
            );
            return cx.error(
                Diagnostic::error(Code::NamesTooSimilar, name.span, message).help("rename it"),
            );
        }
        let first = self
            .canonical
            .entry((at, form))
            .or_insert(Spelling { name, is_route });
        if first.name.span != name.span && !(first.is_route && is_route) {
            let message = format!(
                "`{}` and `{}` differ only in case, `_` or `/`",
                name.text, first.name.text
            );
            cx.error(
                Diagnostic::error(Code::NamesTooSimilar, name.span, message)
                    .also(first.name.span, "too similar to this")
                    .help("rename one of them"),
            );
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

fn built_in(name: &Ident, what: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BuiltinName,
        name.span,
        format!("`{}` is the name of {what}", name.text),
    )
    .help("choose another name")
}

fn defined_twice(name: &Ident, taken: Defined) -> Diagnostic {
    let message = format!(
        "`{}` is already the name of {} here",
        name.text,
        taken.symbol.describe()
    );
    Diagnostic::error(Code::NameTaken, name.span, message)
        .also(taken.span, "first defined here")
        .help("rename one of them")
}

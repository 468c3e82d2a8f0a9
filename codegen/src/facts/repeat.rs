//! How safe it is to call a route again when nobody knows whether the first call got through.
//!
//! In: `[repeat_safety]` of `sdk.toml`, a list of routes for each answer. Out: the answer for each route; a route that
//! is in no list or in two is a diagnostic, so that whoever adds a route has to think about it. A `sdk.toml` without
//! the section leaves all routes with the most careful answer.

use std::collections::HashMap;

use serde::Deserialize;
use stone_parser::diagnostic::{Code, Diagnostic};
use stone_parser::ir::RouteId;
use toml::Spanned;

use super::Resolver;

/// How safe a second call is; the runtime's type of this name says what each means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RepeatSafety {
    /// Nothing changes.
    Read,
    /// The outcome is the same.
    Repeatable,
    /// The error of the second call tells that the first one worked.
    Recoverable,
    /// The work may be done twice.
    #[default]
    Once,
}

/// `[repeat_safety]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Section {
    read: Vec<Spanned<String>>,
    repeatable: Vec<Spanned<String>>,
    recoverable: Vec<Spanned<String>>,
    once: Vec<Spanned<String>>,
}

impl Section {
    fn entries<'s>(&'s self) -> impl Iterator<Item = (RepeatSafety, &'s Spanned<String>)> {
        let each = |safety, list: &'s [_]| list.iter().map(move |entry| (safety, entry));
        each(RepeatSafety::Read, &self.read)
            .chain(each(RepeatSafety::Repeatable, &self.repeatable))
            .chain(each(RepeatSafety::Recoverable, &self.recoverable))
            .chain(each(RepeatSafety::Once, &self.once))
    }
}

impl Resolver<'_> {
    pub(super) fn repeat(&mut self, section: &Section) -> HashMap<RouteId, RepeatSafety> {
        let mut first = HashMap::new();
        let mut answers = HashMap::new();
        for (safety, entry) in section.entries() {
            let Some(id) = self.route(entry) else {
                continue;
            };
            if let Some(first) = first.insert(id, entry) {
                self.twice(entry, first);
            }
            answers.insert(id, safety);
        }
        self.unanswered(&answers);
        answers
    }

    fn twice(&mut self, entry: &Spanned<String>, first: &Spanned<String>) {
        let message = format!("the route `{}` is listed twice", entry.as_ref());
        let diagnostic = Diagnostic::error(Code::RepeatSafety, self.span(entry), message)
            .also(self.span(first), "the other entry")
            .help("remove one of them");
        self.found.push(diagnostic);
    }

    fn unanswered(&mut self, answers: &HashMap<RouteId, RepeatSafety>) {
        let api = self.api;
        let routes = api.namespaces.iter().flat_map(|it| &it.routes);
        for id in routes.filter(|id| !answers.contains_key(id)) {
            let message = format!(
                "nothing says how safe a second call of `{}` is",
                api.url_path(*id)
            );
            let diagnostic = Diagnostic::error(Code::RepeatSafety, api[*id].span, message)
                .help("add it to a list of [repeat_safety] in sdk.toml");
            self.found.push(diagnostic);
        }
    }
}

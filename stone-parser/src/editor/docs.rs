//! The names in docstrings.
//!
//! In: a string token with references ``:tag:`value` ``. Out: the names in them with what they mean.

use std::ops::Range;

use super::Symbol;
use super::names::{Definition, Names};
use crate::lower::docs::raw_ranges;

/// A symbol and where its name stands in the token.
type Found = (Symbol, Range<usize>);

/// The names in a docstring of namespace `at`; `owner` is the type whose fields need no type before them.
pub(super) fn references(
    names: &Names<'_>,
    at: &str,
    owner: Option<&str>,
    token: &str,
) -> Vec<Found> {
    let mut doc = Docstring {
        names,
        at,
        owner,
        found: Vec::new(),
    };
    for range in raw_ranges(token) {
        let reference = token.get(range.clone()).unwrap_or_default();
        if let Some((tag, value)) = split(reference) {
            doc.reference(tag, Word::new(value, range.end - 1 - value.len()));
        }
    }
    doc.found
}

/// The tag and the value of a reference.
fn split(reference: &str) -> Option<(&str, &str)> {
    let (tag, value) = reference.strip_prefix(':')?.split_once(":`")?;
    Some((tag, value.strip_suffix('`')?))
}

/// A part of a value and where it begins in the token.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Word<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        Self { text, start }
    }

    /// What is before and after the last dot, if there is one.
    fn split(self) -> (Option<Self>, Self) {
        match self.text.rsplit_once('.') {
            Some((before, after)) => {
                let start = self.start + before.len() + 1;
                (Some(Self::new(before, self.start)), Self::new(after, start))
            }
            None => (None, self),
        }
    }

    fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

struct Docstring<'n, 'a> {
    names: &'n Names<'a>,
    at: &'n str,
    owner: Option<&'n str>,
    found: Vec<Found>,
}

impl<'n, 'a> Docstring<'n, 'a> {
    fn reference(&mut self, tag: &str, value: Word<'_>) {
        match tag {
            "type" => drop(self.definition(value)),
            "field" => self.field(value),
            "route" => self.route(value),
            _ => {}
        }
    }

    fn add(&mut self, symbol: Option<Symbol>, word: Word<'_>) {
        self.found
            .extend(symbol.map(|symbol| (symbol, word.range())));
    }

    fn namespace(&mut self, word: Word<'_>) {
        let exists = self.names.has_namespace(word.text);
        self.add(
            exists.then(|| Symbol::Namespace(word.text.to_owned())),
            word,
        );
    }

    /// `Name` or `namespace.Name`
    fn definition(&mut self, value: Word<'_>) -> Option<&'n Definition<'a>> {
        let (prefix, name) = value.split();
        if let Some(prefix) = prefix {
            self.namespace(prefix);
        }
        let definition =
            self.names
                .definition(self.at, prefix.map(|prefix| prefix.text), name.text);
        self.add(definition.map(Definition::symbol), name);
        definition
    }

    /// `field`, `Type.field` or `namespace.Type.field`
    fn field(&mut self, value: Word<'_>) {
        let (ty, name) = value.split();
        let definition = match ty {
            Some(ty) => self.definition(ty),
            None => self
                .owner
                .and_then(|owner| self.names.definition(self.at, None, owner)),
        };
        let definition = definition.and_then(|definition| self.names.behind(definition));
        let member = definition.and_then(|definition| self.names.member(definition, name.text));
        self.add(member.map(|(symbol, _)| symbol), name);
    }

    /// `route`, `namespace.route`, each perhaps with `:version`
    fn route(&mut self, value: Word<'_>) {
        let (prefix, route) = value.split();
        let (name, version) = match route.text.split_once(':') {
            Some((name, version)) => (name, version.parse().ok()),
            None => (route.text, Some(1)),
        };
        if let Some(prefix) = prefix {
            self.namespace(prefix);
        }
        let home = prefix.map_or(self.at, |prefix| prefix.text);
        let symbol = version.and_then(|version| self.names.route(home, name, version));
        self.add(symbol, Word::new(name, route.start));
    }
}

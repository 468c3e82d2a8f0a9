//! Patterns that match none of the examples as a whole.
//!
//! In: the examples in the IR, whose beginnings match. Out: a warning for each pattern that stops before the end of
//! every value that is given for it: nearly everyone else matches whole values.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{AliasId, Api, Example, Json, StringType, Type};
use crate::lower::patterns::Patterns;
use crate::source::Span;

/// Looks at the examples of all types.
pub(super) fn lint(api: &Api, found: &mut Diagnostics) {
    let mut lint = Lint {
        api,
        patterns: Patterns::default(),
        used: IndexMap::new(),
    };
    for ty in api.structs.iter().filter(|ty| ty.subtypes.is_none()) {
        for field in &ty.fields {
            lint.member(&field.name, &field.ty, field.span, &ty.examples);
        }
    }
    for ty in &api.unions {
        for tag in &ty.tags {
            lint.member(&tag.name, &tag.ty, tag.span, &ty.examples);
        }
    }
    let unmatched = lint.used.values().filter(|used| !used.matched);
    unmatched.for_each(|used| found.push(used.warning()));
}

/// Where a pattern is written: in an alias, or in the field or tag itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Owner {
    Alias(AliasId),
    Member(Span),
}

/// A pattern that examples give values for.
struct Used<'a> {
    pattern: &'a str,
    place: Span,
    /// Whether one of the values matches as a whole.
    matched: bool,
    /// The first of them, with the label of its example.
    value: &'a str,
    example: Span,
}

struct Lint<'a> {
    api: &'a Api,
    patterns: Patterns,
    /// By place and pattern, since a field may have several, such as those of the keys and values of a map.
    used: IndexMap<(Owner, &'a str), Used<'a>>,
}

impl<'a> Lint<'a> {
    fn member(&mut self, name: &str, ty: &'a Type, place: Span, examples: &'a [Example]) {
        for example in examples {
            if let Json::Object(members) = &example.value
                && let Some(value) = members.get(name)
            {
                self.value(Owner::Member(place), ty, value, example.span);
            }
        }
    }

    fn value(&mut self, mut owner: Owner, mut ty: &'a Type, value: &'a Json, example: Span) {
        loop {
            match ty {
                Type::Alias(id) => (owner, ty) = (Owner::Alias(*id), &self.api[*id].ty),
                Type::Nullable(inner) => ty = inner,
                _ => break,
            }
        }
        match (ty, value) {
            (Type::String(ty), Json::String(text)) => self.text(owner, ty, text, example),
            (Type::List(list), Json::Array(items)) => {
                for item in items {
                    self.value(owner, &list.item, item, example);
                }
            }
            (Type::Map(map), Json::Object(members)) => {
                for (key, member) in members {
                    self.text(owner, &map.key, key, example);
                    self.value(owner, &map.value, member, example);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, owner: Owner, ty: &'a StringType, value: &'a str, example: Span) {
        let Some(pattern) = ty.pattern.as_deref() else {
            return;
        };
        let place = match owner {
            Owner::Alias(id) => self.api[id].span,
            Owner::Member(place) => place,
        };
        let used = self.used.entry((owner, pattern)).or_insert(Used {
            pattern,
            place,
            matched: false,
            value,
            example,
        });
        used.matched = used.matched || self.patterns.matches_whole(pattern, value);
    }
}

impl Used<'_> {
    fn warning(&self) -> Diagnostic {
        let message = "the pattern matches no example as a whole";
        Diagnostic::warning(Code::PatternMatchesNoExample, self.place, message)
            .label(format!("its pattern is `{}`", self.pattern))
            .also(self.example, format!("gives {:?}", self.value))
            .help("extend the pattern to the end of the value, or correct the examples")
    }
}

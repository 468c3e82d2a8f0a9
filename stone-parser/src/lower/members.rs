//! Members: the fields of structs and the tags of unions along a line of ancestors.
//!
//! In: fields or tags as the walk through a family meets them. Out: whether their names are free.

use std::collections::HashMap;

use crate::ast;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::Context;

/// The names in use from the root of a family down to the type at hand.
pub(super) struct Members<'a> {
    /// `field` or `tag`.
    what: &'static str,
    declared: HashMap<&'a str, Declared>,
}

struct Declared {
    /// Index of the type.
    owner: usize,
    span: Span,
}

impl<'a> Members<'a> {
    pub(super) fn new(what: &'static str) -> Self {
        Self {
            what,
            declared: HashMap::new(),
        }
    }

    /// Declares a member of the type `owner`. Says whether its name was free, and reports it if not.
    pub(super) fn declare(
        &mut self,
        cx: &mut Context<'_>,
        owner: usize,
        field: &'a ast::Field,
    ) -> bool {
        let Some(first) = self.declared.get(field.name.text.as_str()) else {
            self.declared.insert(
                &field.name.text,
                Declared {
                    owner,
                    span: field.name.span,
                },
            );
            return true;
        };
        let (code, place) = match first.owner == owner {
            true => (Code::FieldTwice, "this type"),
            false => (Code::FieldInherited, "an ancestor"),
        };
        let message = format!(
            "{} `{}` is declared already, by {place}",
            self.what, field.name.text
        );
        cx.error(
            Diagnostic::error(code, field.name.span, message)
                .also(first.span, "first declared here")
                .help("rename or remove one of them"),
        );
        false
    }

    /// Forgets the members of a type when the walk leaves it.
    pub(super) fn forget<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        for name in names {
            self.declared.remove(name);
        }
    }
}

//! What can be wrong with the shape of an example.
//!
//! In: the offending places. Out: diagnostics.

use super::super::MergedExample;
use crate::ast::{ExampleField, ExampleValue, Ident};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Api, Type};
use crate::source::Span;

/// The name on the left of a line means nothing in its type; `names` would.
pub(super) fn unknown_name<'a>(
    code: Code,
    what: &str,
    name: &Ident,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let names = quoted(names);
    let help = if names.is_empty() {
        format!("there is no {what}")
    } else {
        format!("choose from {names}")
    };
    Diagnostic::error(
        code,
        name.span,
        format!("`{}` is no {what} of this type", name.text),
    )
    .help(help)
}

/// The lines of an example that has exactly one.
pub(super) fn only_entry<'a>(
    example: &MergedExample<'a>,
    code: Code,
    what: &str,
) -> Result<&'a ExampleField, Diagnostic> {
    match example.fields[..] {
        [entry] => Ok(entry),
        _ => {
            let message = format!("the example does not give exactly one {what}");
            Err(Diagnostic::error(code, example.label.span, message)
                .help(format!("write one line `{what} = value`")))
        }
    }
}

pub(super) fn missing_fields(example: &MergedExample<'_>, missing: &[&str]) -> Diagnostic {
    let message = format!("the example lacks {}", quoted(missing.iter().copied()));
    Diagnostic::error(Code::ExampleIncomplete, example.label.span, message)
        .help("give every field that is neither nullable nor has a default")
}

pub(super) fn no_example(owner: &str, label: &Ident) -> Diagnostic {
    let message = format!("`{owner}` has no example `{}`", label.text);
    Diagnostic::error(Code::UnknownExample, label.span, message).help(format!(
        "add `example {}` to `{owner}`, or refer to an example that it has",
        label.text
    ))
}

/// A type tag leads to something other than an example of its subtype.
pub(super) fn not_a_label(entry: &ExampleField, subtype: &str) -> Diagnostic {
    let message = format!(
        "`{}` takes the label of an example of `{subtype}`",
        entry.name.text
    );
    Diagnostic::error(Code::SubtypeExample, entry.value.span(), message)
        .help("write the label without quotes")
}

pub(super) fn item_count(list: Span, message: String) -> Diagnostic {
    Diagnostic::error(Code::ExampleValue, list, message).help("change the number of items")
}

/// The value is of another kind than the type.
pub(super) fn misfit(api: &Api, ty: &Type, value: &ExampleValue) -> Diagnostic {
    let wanted = match ty {
        Type::Struct(id) => format!("the label of an example of `{}`", api[*id].name),
        Type::Union(id) => format!(
            "the label of an example of `{0}` or a tag of it without payload",
            api[*id].name
        ),
        Type::List(_) => "a list in brackets".to_owned(),
        Type::Map(_) => "a map in braces".to_owned(),
        Type::Void => "`null`".to_owned(),
        _ => "a literal".to_owned(),
    };
    let message = "the value does not fit its type";
    Diagnostic::error(Code::ExampleValue, value.span(), message).help(format!("write {wanted}"))
}

/// The first few names.
fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 8;
    let mut names = names.map(|name| format!("`{name}`"));
    let mut list: Vec<_> = names.by_ref().take(MOST).collect();
    list.extend(names.next().map(|_| "…".to_owned()));
    list.join(", ")
}

//! What can be wrong with the shape of an example.
//!
//! In: the offending places. Out: diagnostics.

use super::super::MergedExample;
use crate::ast::{ExampleField, ExampleValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Api, Field, Type};
use crate::source::Span;
use crate::suggest;

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

pub(super) fn missing_fields(example: &MergedExample<'_>, missing: &[&Field]) -> Diagnostic {
    /// Declarations that are shown.
    const MOST: usize = 3;
    let names = suggest::list(missing.iter().map(|field| field.name.as_str()));
    let message = format!("the example lacks {names}");
    let diagnostic = Diagnostic::error(Code::ExampleIncomplete, example.label.span, message)
        .help("give every field that is neither nullable nor has a default");
    let shown = missing.iter().take(MOST);
    shown.fold(diagnostic, |diagnostic, field| {
        diagnostic.also(field.span, "required")
    })
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

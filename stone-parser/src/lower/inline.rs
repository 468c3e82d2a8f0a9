//! Inline types: definitions below the field that uses them.
//!
//! In: a field. Out: the type defined below it, if its name can be that of the field's type.

use crate::ast::{Field, InlineType};
use crate::diagnostic::{Code, Diagnostic};

use super::Context;
use super::builtin::Builtin;

/// The type below a field; it has the name of the field's type, which therefore is neither built-in nor foreign.
pub(super) fn check<'a>(cx: &mut Context<'_>, field: &'a Field) -> Option<&'a InlineType> {
    let inline = field.inline.as_deref()?;
    let Some(problem) = problem(field) else {
        return Some(inline);
    };
    cx.error(
        Diagnostic::error(Code::InlineType, inline.span(), problem)
            .also(field.ty.as_ref()?.path.span(), "it is named like this type")
            .help("give the field's type a name of its own, or define the type at the top level"),
    );
    None
}

/// Why a type cannot be defined below the field, if there is one that cannot.
pub(super) fn problem(field: &Field) -> Option<String> {
    field.inline.as_ref()?;
    let path = &field.ty.as_ref()?.path;
    match &path.namespace {
        Some(namespace) => Some(format!(
            "the inline type belongs to namespace `{}`",
            namespace.text
        )),
        None => Builtin::named(&path.name.text).map(|_| {
            format!(
                "the inline type has the name of the built-in type `{}`",
                path.name.text
            )
        }),
    }
}

/// The fields or tags of an inline type.
pub(super) fn fields(ty: &InlineType) -> &[Field] {
    match ty {
        InlineType::Struct(ast) => &ast.fields,
        InlineType::Union(ast) => &ast.tags,
    }
}

//! Defaults of struct fields.
//!
//! In: the type of a field and what stands behind its `=`. Out: the default, if it fits.

use crate::ast::{BareValue, LiteralValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Type, Value};

use super::{Context, literals, values};

/// The default of a field. Where the type is unknown, so is the default.
pub(super) fn lower(cx: &mut Context<'_>, ty: &Type, written: &BareValue) -> Option<Value> {
    if cx.leads_nowhere(ty) {
        return None;
    }
    match value(cx, ty, written) {
        Ok(value) => Some(convert(ty, value)),
        Err(diagnostic) => {
            let diagnostic = match ty {
                Type::Alias(id) => diagnostic.also(cx.api[*id].span, "the type is this alias"),
                _ => *diagnostic,
            };
            cx.error(diagnostic);
            None
        }
    }
}

fn value(cx: &Context<'_>, ty: &Type, written: &BareValue) -> Result<Value, Box<Diagnostic>> {
    let refuse = |code, message: String, help: &str| {
        Err(Box::new(
            Diagnostic::error(code, written.span(), message).help(help),
        ))
    };
    match (cx.strip(ty), written) {
        ((_, true), _) => refuse(
            Code::DefaultOnNullable,
            "a nullable type takes no default".to_owned(),
            "remove the default, or the `?` of the type or its alias",
        ),
        ((Type::Struct(_) | Type::List(_) | Type::Map(_), _), _) => refuse(
            Code::BadDefault,
            "structs, lists and maps take no default".to_owned(),
            "remove the default; make the type nullable if the field is optional",
        ),
        ((Type::Union(union), _), BareValue::Tag(tag)) if cx.is_catch_all(*union, &tag.text) => {
            refuse(
                Code::BadDefault,
                format!("`{}` stands for unknown tags and cannot be sent", tag.text),
                "name a declared tag without payload",
            )
        }
        ((ty, false), _) => values::lower(cx, ty, written).or_else(|mismatch| {
            refuse(
                Code::BadDefault,
                format!("the default does not fit: {}", mismatch.message),
                &mismatch.help,
            )
        }),
    }
}

/// Integers become floats where the type is directly a float.
fn convert(ty: &Type, value: Value) -> Value {
    match (ty, value) {
        (Type::Float(_), Value::Literal(LiteralValue::Int(value))) => {
            Value::Literal(LiteralValue::Float(literals::to_f64(&value)))
        }
        (_, value) => value,
    }
}

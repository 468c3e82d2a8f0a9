//! Values: what may stand behind `=` in defaults and attributes.
//!
//! In: a type without aliases and `?` on its outside, and a value as written. Out: the value, or why it does not fit.

use crate::ast::{BareValue, Ident};
use crate::ir::{Type, UnionId, Value};
use crate::suggest;

use super::Context;
use super::literals::{self, Mismatch};

/// The value, if it fits.
pub(super) fn lower(cx: &Context<'_>, ty: &Type, written: &BareValue) -> Result<Value, Mismatch> {
    match (ty, written) {
        (Type::Union(union), BareValue::Tag(tag)) => void_tag(cx, *union, tag),
        (Type::Union(union), BareValue::Literal(literal)) => Err(Mismatch {
            message: format!(
                "{} is not a tag of union `{}`",
                literals::show(literal),
                cx.api[*union].name
            ),
            help: format!(
                "write the name of a tag without quotes: {}",
                suggest::list(void_tags(cx, *union))
            ),
        }),
        (_, BareValue::Tag(word)) => Err(Mismatch {
            message: format!("the word `{}` is not a value of this type", word.text),
            help: "only unions have tags as values; strings stand in double quotes".to_owned(),
        }),
        (_, BareValue::Literal(literal)) => {
            literals::check(&cx.patterns, ty, literal)?;
            Ok(Value::Literal(literal.value.clone()))
        }
    }
}

fn void_tag(cx: &Context<'_>, union: UnionId, word: &Ident) -> Result<Value, Mismatch> {
    let name = &cx.api[union].name;
    let message = match cx.tag(union, &word.text) {
        Some(tag) if tag.ty == Type::Void => None,
        Some(_) => Some(format!(
            "tag `{}` of union `{name}` has a payload",
            word.text
        )),
        None if cx.is_catch_all(union, &word.text) || cx.is_incomplete_union(union) => None,
        None => Some(format!("union `{name}` has no tag `{}`", word.text)),
    };
    match message {
        Some(message) => Err(Mismatch {
            message,
            help: cx.choose(
                &word.text,
                void_tags(cx, union),
                "tags without payload are",
                "the union has no tag without payload",
            ),
        }),
        None => Ok(Value::Tag {
            union,
            tag: word.text.clone(),
        }),
    }
}

/// The tags that can be values.
fn void_tags<'c>(cx: &'c Context<'_>, union: UnionId) -> impl Iterator<Item = &'c str> + Clone {
    let tags: Vec<_> = cx
        .api
        .all_tags(union)
        .filter(|tag| tag.ty == Type::Void)
        .collect();
    tags.into_iter().map(|tag| tag.name.as_str())
}

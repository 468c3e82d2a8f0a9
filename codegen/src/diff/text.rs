//! Types and values as a spec writes them, for people.
//!
//! In: parts of the IR. Out: Stone.

use std::fmt::Display;

use stone_parser::ast::LiteralValue;
use stone_parser::ir::{Api, FloatKind, IntKind, StringType, Type, Value};

use super::pairs::Def;

/// A type as it is written, other definitions by their full name.
pub fn stone(api: &Api, ty: &Type) -> String {
    type_text(ty, &|def| def.name(api))
}

/// A type as it is written, with names as a function gives them.
pub fn type_text(ty: &Type, name: &dyn Fn(Def) -> String) -> String {
    match ty {
        Type::Boolean => "Boolean".into(),
        Type::Bytes => "Bytes".into(),
        Type::Void => "Void".into(),
        Type::Int(int) => {
            let kind = match int.kind {
                IntKind::Int32 => "Int32",
                IntKind::Int64 => "Int64",
                IntKind::UInt32 => "UInt32",
                IntKind::UInt64 => "UInt64",
            };
            call(
                kind,
                [bound("min_value", &int.min), bound("max_value", &int.max)],
            )
        }
        Type::Float(float) => {
            let kind = match float.kind {
                FloatKind::Float32 => "Float32",
                FloatKind::Float64 => "Float64",
            };
            call(
                kind,
                [
                    bound("min_value", &float.min),
                    bound("max_value", &float.max),
                ],
            )
        }
        Type::String(string) => string_text(string),
        Type::Timestamp(format) => format!("Timestamp({format:?})"),
        Type::List(list) => {
            let item = Some(type_text(&list.item, name));
            let (min, max) = (
                bound("min_items", &list.min_items),
                bound("max_items", &list.max_items),
            );
            call("List", [item, min, max])
        }
        Type::Map(map) => {
            format!(
                "Map({}, {})",
                string_text(&map.key),
                type_text(&map.value, name)
            )
        }
        Type::Nullable(inner) => type_text(inner, name) + "?",
        Type::Struct(id) => name(Def::Struct(*id)),
        Type::Union(id) => name(Def::Union(*id)),
        Type::Alias(id) => name(Def::Alias(*id)),
    }
}

fn string_text(ty: &StringType) -> String {
    let pattern = ty
        .pattern
        .as_ref()
        .map(|pattern| format!("pattern={pattern:?}"));
    let (min, max) = (
        bound("min_length", &ty.min_length),
        bound("max_length", &ty.max_length),
    );
    call("String", [min, max, pattern])
}

fn bound<T: Display>(name: &str, value: &Option<T>) -> Option<String> {
    value.as_ref().map(|value| format!("{name}={value}"))
}

fn call<const N: usize>(name: &str, arguments: [Option<String>; N]) -> String {
    let arguments: Vec<_> = arguments.into_iter().flatten().collect();
    if arguments.is_empty() {
        return name.into();
    }
    format!("{name}({})", arguments.join(", "))
}

/// A default or an attribute.
pub fn value(value: &Value) -> String {
    match value {
        Value::Tag { tag, .. } => tag.clone(),
        Value::Literal(LiteralValue::Null) => "null".into(),
        Value::Literal(LiteralValue::Bool(value)) => value.to_string(),
        Value::Literal(LiteralValue::Int(value)) => value.to_string(),
        Value::Literal(LiteralValue::Float(value)) => format!("{value:?}"),
        Value::Literal(LiteralValue::String(value)) => format!("{value:?}"),
    }
}

/// How many members a definition has of its own.
pub fn members(api: &Api, def: Def) -> usize {
    match def {
        Def::Struct(id) => api[id].fields.len(),
        Def::Union(id) => api[id].tags.len(),
        Def::Alias(_) => 0,
    }
}

/// A number with its noun.
pub fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

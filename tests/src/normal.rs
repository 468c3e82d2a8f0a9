//! Brings a JSON document into the one form that all senders of a value would agree on.
//!
//! In: a document that is valid for a type of the IR. Out: the same without what may be left out: nulls, fields that
//! equal their default, fields and tags that are hidden from applications; void tags are objects, floats are floats.

use serde_json::{Map, Value, json};
use stone_parser::ast::LiteralValue;
use stone_parser::ir::{self, Api, Field, StructId, Type, UnionId};

/// The normal form of `value`, a document of the type `ty`.
pub fn normal(api: &Api, ty: &Type, value: &Value) -> Value {
    match (api.unalias(ty), value) {
        (_, Value::Null) => Value::Null,
        (Type::Nullable(inner), _) => normal(api, inner, value),
        (Type::Float(_), Value::Number(number)) => json!(number.as_f64()),
        (Type::List(list), Value::Array(items)) => items
            .iter()
            .map(|item| normal(api, &list.item, item))
            .collect(),
        (Type::Map(map), Value::Object(entries)) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), normal(api, &map.value, value)))
                .collect(),
        ),
        (Type::Struct(id), Value::Object(object)) => normal_struct(api, *id, object),
        (Type::Union(id), Value::Object(object)) => normal_union(api, *id, object),
        (Type::Union(_), Value::String(tag)) => json!({ ".tag": tag }),
        (_, other) => other.clone(),
    }
}

fn normal_struct(api: &Api, id: StructId, object: &Map<String, Value>) -> Value {
    let Some(subtypes) = &api[id].subtypes else {
        return Value::Object(fields(api, id, object));
    };
    let tag = object
        .get(".tag")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let subtype = subtypes
        .tags
        .iter()
        .find(|(name, _)| name == tag)
        .map_or(id, |(_, subtype)| *subtype);
    let mut out = fields(api, subtype, object);
    out.insert(".tag".into(), tag.into());
    Value::Object(out)
}

fn fields(api: &Api, id: StructId, object: &Map<String, Value>) -> Map<String, Value> {
    let sent = |field: &&Field| field.annotations.omitted.is_none();
    api.all_fields(id)
        .filter(sent)
        .filter_map(|field| {
            let value = normal(api, &field.ty, object.get(&field.name)?);
            let dropped = value.is_null()
                || field
                    .default
                    .as_ref()
                    .is_some_and(|d| value == default(api, field, d));
            (!dropped).then(|| (field.name.clone(), value))
        })
        .collect()
}

fn default(api: &Api, field: &Field, default: &ir::Value) -> Value {
    let value = match default {
        ir::Value::Tag { tag, .. } => json!(tag),
        ir::Value::Literal(literal) => literal_value(literal),
    };
    normal(api, &field.ty, &value)
}

fn literal_value(literal: &LiteralValue) -> Value {
    match literal {
        LiteralValue::Null => Value::Null,
        LiteralValue::Bool(value) => json!(value),
        LiteralValue::Int(value) => serde_json::from_str(&value.to_string()).unwrap_or(Value::Null),
        LiteralValue::Float(value) => json!(value),
        LiteralValue::String(value) => json!(value),
    }
}

fn normal_union(api: &Api, id: UnionId, object: &Map<String, Value>) -> Value {
    let name = object
        .get(".tag")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let Some(tag) = api
        .all_tags(id)
        .find(|tag| tag.name == name && tag.annotations.omitted.is_none())
    else {
        return Value::Object(object.clone());
    };
    let (payload, _) = api.strip(&tag.ty);
    let mut out = match payload {
        Type::Struct(id) if api[*id].subtypes.is_none() => fields(api, *id, object),
        _ => {
            let value = normal(api, &tag.ty, object.get(name).unwrap_or(&Value::Null));
            let entry = (!value.is_null()).then(|| (name.to_owned(), value));
            entry.into_iter().collect()
        }
    };
    out.insert(".tag".into(), name.into());
    Value::Object(out)
}

//! Answers that nobody thought of: examples of the spec, and values made up where it has none.
//!
//! In: a type of the IR. Out: a value that fits it; the same type and the same seed give the same values.

mod error;
mod synthesise;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

use serde_json::{Map, Value};
use stone_parser::ast::LiteralValue;
use stone_parser::ir::{self, Api, Example, Field, Json, StructId, Type, UnionId};

use crate::check::value::Values;

pub use self::error::TagError;

/// Makes values of the types of a spec.
pub(crate) struct Maker {
    api: Arc<Api>,
    values: Arc<Values>,
    rng: fastrand::Rng,
}

impl Maker {
    pub fn new(api: Arc<Api>, values: Arc<Values>, seed: u64) -> Self {
        Self {
            api,
            values,
            rng: fastrand::Rng::with_seed(seed),
        }
    }

    /// The example with this label; nothing if the type has none.
    pub fn labelled(&self, ty: &Type, label: &str) -> Option<Value> {
        let examples = self.examples(ty);
        let example = examples.iter().find(|example| example.label == label)?;
        Some(visible(&self.api, ty, &plain(&example.value)))
    }

    /// The default example, else the first, as long as it fits the type; else a value that is made up.
    pub fn value(&mut self, ty: &Type) -> Value {
        self.below(ty, 0)
    }

    fn example(&self, ty: &Type) -> Option<Value> {
        let first = self
            .examples(ty)
            .first()
            .map(|example| example.label.clone());
        let fits = |value: &Value| self.values.check(ty, value).is_ok();
        let labelled = |label: &str| self.labelled(ty, label).filter(fits);
        labelled("default").or_else(|| labelled(&first?))
    }

    fn examples(&self, ty: &Type) -> &[Example] {
        match self.api.strip(ty).0 {
            Type::Struct(id) => &self.api[*id].examples,
            Type::Union(id) => &self.api[*id].examples,
            _ => &[],
        }
    }
}

/// The JSON of an example for those who take any JSON.
pub(crate) fn plain(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => (*value).into(),
        Json::Int(value) => serde_json::from_str(&value.to_string()).unwrap_or_default(),
        Json::Float(value) => (*value).into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => items.iter().map(plain).collect(),
        Json::Object(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), plain(value)))
                .collect(),
        ),
    }
}

/// The value without what only callers with a permission see.
fn visible(api: &Api, ty: &Type, value: &Value) -> Value {
    match (api.strip(ty).0, value) {
        (Type::List(list), Value::Array(items)) => items
            .iter()
            .map(|item| visible(api, &list.item, item))
            .collect(),
        (Type::Map(map), Value::Object(entries)) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), visible(api, &map.value, value)))
                .collect(),
        ),
        (Type::Struct(id), Value::Object(object)) => {
            Value::Object(visible_struct(api, *id, object))
        }
        (Type::Union(id), Value::Object(object)) => Value::Object(visible_union(api, *id, object)),
        _ => value.clone(),
    }
}

fn visible_struct(api: &Api, id: StructId, object: &Map<String, Value>) -> Map<String, Value> {
    let tag = object.get(".tag").and_then(Value::as_str);
    let subtypes = api[id].subtypes.iter().flat_map(|subtypes| &subtypes.tags);
    let subtype = subtypes
        .filter(|(name, _)| Some(name.as_str()) == tag)
        .map(|(_, id)| *id)
        .next();
    let mut out = visible_fields(api, subtype.unwrap_or(id), object);
    if let (Some(tag), Some(_)) = (tag, &api[id].subtypes) {
        out.insert(".tag".to_owned(), tag.into());
    }
    out
}

fn visible_fields(api: &Api, id: StructId, object: &Map<String, Value>) -> Map<String, Value> {
    let is_visible = |field: &&Field| field.annotations.omitted.is_none();
    let fields = api.all_fields(id).filter(is_visible);
    fields
        .filter_map(|field| {
            let value = visible(api, &field.ty, object.get(&field.name)?);
            Some((field.name.clone(), value))
        })
        .collect()
}

fn visible_union(api: &Api, id: UnionId, object: &Map<String, Value>) -> Map<String, Value> {
    let name = object
        .get(".tag")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let ty = api
        .all_tags(id)
        .find(|tag| tag.name == name)
        .map(|tag| &tag.ty);
    let mut out = match ty.map(|ty| (api.strip(ty).0, ty)) {
        Some((Type::Struct(id), _)) if api[*id].subtypes.is_none() => {
            visible_fields(api, *id, object)
        }
        Some((_, ty)) => {
            let payload = object.get(name).filter(|value| !value.is_null());
            let entry = payload.map(|value| (name.to_owned(), visible(api, ty, value)));
            entry.into_iter().collect()
        }
        None => Map::new(),
    };
    out.insert(".tag".to_owned(), name.into());
    out
}

/// The default of a field, as it travels.
fn default(value: &ir::Value) -> Value {
    match value {
        ir::Value::Tag { tag, .. } => crate::errors::tag(tag),
        ir::Value::Literal(LiteralValue::Null) => Value::Null,
        ir::Value::Literal(LiteralValue::Bool(value)) => (*value).into(),
        ir::Value::Literal(LiteralValue::Int(value)) => {
            serde_json::from_str(&value.to_string()).unwrap_or_default()
        }
        ir::Value::Literal(LiteralValue::Float(value)) => (*value).into(),
        ir::Value::Literal(LiteralValue::String(text)) => text.as_str().into(),
    }
}

//! Small constructors of [`Json`].

use num_bigint::BigInt;

use crate::ast::LiteralValue;
use crate::ir::{Doc, Json};

impl From<bool> for Json {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl From<&f64> for Json {
    fn from(float: &f64) -> Self {
        Self::Float(*float)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Self::String(text.clone())
    }
}

impl From<&BigInt> for Json {
    fn from(int: &BigInt) -> Self {
        Self::Int(int.clone())
    }
}

impl From<&LiteralValue> for Json {
    fn from(literal: &LiteralValue) -> Self {
        match literal {
            LiteralValue::Null => Self::Null,
            LiteralValue::Bool(bool) => (*bool).into(),
            LiteralValue::Int(int) => int.into(),
            LiteralValue::Float(float) => float.into(),
            LiteralValue::String(text) => text.into(),
        }
    }
}

/// An object of these fields.
pub(super) fn object<'k>(fields: impl IntoIterator<Item = (&'k str, Json)>) -> Json {
    Json::Object(
        fields
            .into_iter()
            .map(|(key, json)| (key.to_owned(), json))
            .collect(),
    )
}

/// An array with one item for each of `items`.
pub(super) fn array<T>(items: impl IntoIterator<Item = T>, item: impl FnMut(T) -> Json) -> Json {
    Json::Array(items.into_iter().map(item).collect())
}

/// What `some` makes of a value, null for none.
pub(super) fn or_null<T>(value: Option<T>, some: impl FnOnce(T) -> Json) -> Json {
    value.map_or(Json::Null, some)
}

/// The object that stands for a type.
pub(super) fn kind<'k>(name: &str, fields: impl IntoIterator<Item = (&'k str, Json)>) -> Json {
    object([("kind", name.into())].into_iter().chain(fields))
}

/// A field for each bound that is set.
pub(super) fn bounds<'a, T>(
    names: [&'static str; 2],
    bounds: [&'a Option<T>; 2],
) -> impl Iterator<Item = (&'static str, Json)> + use<'a, T>
where
    &'a T: Into<Json>,
{
    names
        .into_iter()
        .zip(bounds)
        .filter_map(|(name, bound)| Some((name, bound.as_ref()?.into())))
}

/// The text of a docstring.
pub(super) fn doc(doc: &Option<Doc>) -> Json {
    or_null(doc.as_ref(), |doc| Json::from(&doc.text))
}

//! Arguments read, answers built.
//!
//! In: an argument that fits its type, whose nullable and defaulted fields may be missing. Out: its parts, with the
//! defaults filled in by the reader. Unions are built in the three forms that they have on the wire.

use serde_json::{Map, Value};

/// A part of an argument.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arg<'a>(pub &'a Value);

impl<'a> Arg<'a> {
    /// The field, if it is set.
    pub fn get(self, name: &str) -> Option<Self> {
        self.0.get(name).filter(|value| !value.is_null()).map(Self)
    }

    /// The field that must be there, or null.
    pub fn part(self, name: &str) -> Self {
        self.get(name).unwrap_or(Self(&Value::Null))
    }

    /// The text of a required field.
    pub fn text(self, name: &str) -> &'a str {
        self.maybe(name).unwrap_or_default()
    }

    /// The text of an optional field.
    pub fn maybe(self, name: &str) -> Option<&'a str> {
        self.get(name).and_then(Self::as_text)
    }

    /// A truth that is false by default.
    pub fn flag(self, name: &str) -> bool {
        self.flag_or(name, false)
    }

    /// A truth with its default.
    pub fn flag_or(self, name: &str, default: bool) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(default)
    }

    /// A number with its default.
    pub fn number_or(self, name: &str, default: u64) -> u64 {
        self.0.get(name).and_then(Value::as_u64).unwrap_or(default)
    }

    /// A number that fits the memory, with its default.
    pub fn count_or(self, name: &str, default: usize) -> usize {
        usize::try_from(self.number_or(name, default as u64)).unwrap_or(usize::MAX)
    }

    /// The items of a list; none if it is not set.
    pub fn list(self, name: &str) -> impl Iterator<Item = Self> + use<'a> {
        self.part(name).items()
    }

    /// The items of a list.
    pub fn items(self) -> impl Iterator<Item = Self> + use<'a> {
        self.0.as_array().into_iter().flatten().map(Self)
    }

    /// The text that this is.
    pub fn as_text(self) -> Option<&'a str> {
        self.0.as_str()
    }

    /// The tag of a union, in either of its forms.
    pub fn tag(self) -> &'a str {
        self.as_text().unwrap_or_else(|| self.text(".tag"))
    }

    /// What a union holds under its tag.
    pub fn payload(self) -> Self {
        self.part(self.tag())
    }
}

/// A union's value without payload.
pub(crate) fn tag(tag: &str) -> Value {
    flat(tag, Value::Null)
}

/// A union's value whose payload stands under the tag's name.
pub(crate) fn under(tag: &str, payload: impl Into<Value>) -> Value {
    let payload = [(tag.to_owned(), payload.into())];
    flat(tag, Value::Object(payload.into_iter().collect()))
}

/// A union's value whose payload is a plain struct, or a value of an enumerated subtype.
pub(crate) fn flat(tag: &str, fields: Value) -> Value {
    let mut object = Map::from_iter([(".tag".to_owned(), tag.into())]);
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}

/// The first of the errors whose condition holds, if any.
pub(crate) fn refuse(errors: &[(bool, &str)]) -> Result<(), Value> {
    match errors.iter().find(|(is_so, _)| *is_so) {
        Some((_, error)) => Err(tag(error)),
        None => Ok(()),
    }
}

/// The object without the fields that are null.
pub(crate) fn sparse(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .collect(),
        ),
        other => other,
    }
}

//! What a viewer sees of a value: one level at a time, nested values behind `dyn Wire`.

use std::borrow::Cow;

use super::{Encoder, Entries, Items, StructMeta, UnionMeta, Unknown, Wire};
use crate::runtime::{Bytes, Date, Timestamp};

/// A value without parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar<'a> {
    /// No value was given; every type reads it as its blank.
    Blank,
    /// A boolean.
    Bool(bool),
    /// An integer of any width and sign.
    Int(i128),
    /// A 32-bit floating-point number.
    Single(f32),
    /// A 64-bit floating-point number.
    Float(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// A byte string.
    Bytes(Bytes),
    /// A point in time.
    Timestamp(Timestamp),
    /// A calendar date.
    Date(Date),
}

impl Scalar<'_> {
    /// What the value is, in the terms of error messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Blank => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Single(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::Bytes(_) => "bytes",
            Self::Timestamp(_) => "a time",
            Self::Date(_) => "a date",
        }
    }

    /// The same value without borrowed parts.
    pub fn into_owned(self) -> Scalar<'static> {
        match self {
            Self::Blank => Scalar::Blank,
            Self::Bool(value) => Scalar::Bool(value),
            Self::Int(value) => Scalar::Int(value),
            Self::Single(value) => Scalar::Single(value),
            Self::Float(value) => Scalar::Float(value),
            Self::Text(value) => Scalar::Text(Cow::Owned(value.into_owned())),
            Self::Bytes(value) => Scalar::Bytes(value),
            Self::Timestamp(value) => Scalar::Timestamp(value),
            Self::Date(value) => Scalar::Date(value),
        }
    }
}

/// One level of a value.
pub enum View<'a> {
    /// An unset nullable value, or the value of the type Void.
    Null,
    /// A value without parts.
    Scalar(Scalar<'a>),
    /// A struct and its fields.
    Struct(&'static StructMeta, Fields<'a>),
    /// A union, the number of its variant and the payload.
    Union(&'static UnionMeta, u16, &'a dyn Wire),
    /// A value of an open union whose tag the generated code does not know.
    Unknown(&'a Unknown),
    /// A list.
    List(&'a dyn Items),
    /// A map.
    Map(&'a dyn Entries),
}

/// The fields of a struct, split by class.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    /// Strings.
    pub strings: &'a [&'a String],
    /// Optional strings.
    pub options: &'a [&'a Option<String>],
    /// Everything else.
    pub others: &'a [&'a dyn Wire],
}

/// One field of a struct.
#[derive(Clone, Copy)]
pub enum Field<'a> {
    /// A string that is set.
    Text(&'a str),
    /// An optional string that is not set.
    Unset,
    /// A value of any other type, which may be unset as well.
    Other(&'a dyn Wire),
}

impl<'a> Fields<'a> {
    /// The kind letter and the value of a field.
    #[inline]
    pub fn get(&self, meta: &StructMeta, index: usize) -> (u8, Field<'a>) {
        let (kind, slot) = meta.place(index);
        let field = match kind {
            b'S' | b's' | b'X' | b'x' => self.strings.get(slot).map(|text| Field::Text(text)),
            b'O' | b'Y' => self
                .options
                .get(slot)
                .and_then(|text| text.as_deref())
                .map(Field::Text),
            _ => self.others.get(slot).map(|other| Field::Other(*other)),
        };
        (kind, field.unwrap_or(Field::Unset))
    }
}

/// Shows one level of a value to a viewer.
pub fn view(value: &dyn Wire, mut see: impl FnMut(View<'_>)) {
    show(value, &mut see);
}

/// Compiled once, whoever looks.
#[inline(never)]
fn show(value: &dyn Wire, see: &mut dyn FnMut(View<'_>)) {
    value.encode(&mut Encoder::viewing(see));
}

/// Whether a value is an unset nullable one.
pub(super) fn is_null(value: &dyn Wire) -> bool {
    let mut null = false;
    view(value, |view| null = matches!(view, View::Null));
    null
}

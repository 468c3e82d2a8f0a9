//! Where a decoder takes values from when it does not read JSON.

use super::{DecodeError, Entries, Items, Scalar, StructMeta, UnionMeta, Unknown, Wire};

/// The fields of a struct to be filled, split by class.
pub struct FieldsMut<'a, 'b> {
    /// Strings.
    pub strings: &'a mut [&'b mut String],
    /// Optional strings.
    pub options: &'a mut [&'b mut Option<String>],
    /// Everything else.
    pub others: &'a mut [&'b mut dyn Wire],
}

/// One field to be filled.
pub enum Place<'a> {
    /// A string.
    Text(&'a mut String),
    /// An optional string.
    Option(&'a mut Option<String>),
    /// A value of any other type.
    Other(&'a mut dyn Wire),
}

impl FieldsMut<'_, '_> {
    /// The field of an index.
    #[inline]
    pub fn place(&mut self, meta: &StructMeta, index: usize) -> Option<Place<'_>> {
        match meta.place(index) {
            (b'S' | b's' | b'X' | b'x', slot) => {
                let text = self.strings.get_mut(slot)?;
                Some(Place::Text(text))
            }
            (b'O' | b'Y', slot) => {
                let option = self.options.get_mut(slot)?;
                Some(Place::Option(option))
            }
            (_, slot) => {
                let other = self.others.get_mut(slot)?;
                Some(Place::Other(*other))
            }
        }
    }
}

impl<'a> Place<'a> {
    /// The field as a value of any type.
    pub fn into_wire(self) -> &'a mut dyn Wire {
        match self {
            Self::Text(text) => text,
            Self::Option(option) => option,
            Self::Other(other) => other,
        }
    }
}

/// A place that one value comes from. Each method is asked by the type that is being filled; those that a source leaves
/// out report what it holds instead.
pub trait Source {
    /// What the value is, in the terms of error messages.
    fn kind(&self) -> &'static str {
        "another value"
    }
    /// Whether the value is null.
    fn is_null(&mut self) -> bool {
        false
    }
    /// The value, which should have no parts; what it is instead, if it has.
    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str> {
        Err(self.kind())
    }
    /// Fills the fields of a struct.
    fn fields(&mut self, _: &'static StructMeta, _: FieldsMut<'_, '_>) -> Result<(), DecodeError> {
        mismatch("an object", self.kind())
    }
    /// Fills a list.
    fn list(&mut self, _: &mut dyn Items) -> Result<(), DecodeError> {
        mismatch("a list", self.kind())
    }
    /// Fills a map.
    fn map(&mut self, _: &mut dyn Entries) -> Result<(), DecodeError> {
        mismatch("an object", self.kind())
    }
    /// The variant number of a union; the payload, or the unknown value, is asked for next.
    fn variant(&mut self, _: &'static UnionMeta) -> Result<u16, DecodeError> {
        mismatch("a tag or an object with a `.tag`", self.kind())
    }
    /// Fills the payload of the variant that was told last.
    fn payload(&mut self, _: &mut dyn Wire) -> Result<(), DecodeError> {
        mismatch("an object", self.kind())
    }
    /// The value whose tag was not known.
    fn unknown(&mut self) -> Result<Unknown, DecodeError> {
        mismatch("an unknown tag", self.kind())
    }
}

#[cold]
fn mismatch<T>(expected: &str, found: &str) -> Result<T, DecodeError> {
    let message = format!("expected {expected}, found {found}");
    Err(DecodeError::new(message, None))
}

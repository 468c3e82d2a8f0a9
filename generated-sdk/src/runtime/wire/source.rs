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

/// A place that one value comes from. Each method is asked by the type that is being filled.
pub trait Source {
    /// Whether the value is null.
    fn is_null(&mut self) -> bool;
    /// The value, which should have no parts; what it is instead, if it has.
    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str>;
    /// Fills the fields of a struct.
    fn fields(
        &mut self,
        meta: &'static StructMeta,
        fields: FieldsMut<'_, '_>,
    ) -> Result<(), DecodeError>;
    /// Fills a list.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), DecodeError>;
    /// Fills a map.
    fn map(&mut self, entries: &mut dyn Entries) -> Result<(), DecodeError>;
    /// The variant number of a union; the payload, or the unknown value, is asked for next.
    fn variant(&mut self, meta: &'static UnionMeta) -> Result<u16, DecodeError>;
    /// Fills the payload of the variant that was told last.
    fn payload(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError>;
    /// The value whose tag was not known.
    fn unknown(&mut self) -> Result<Unknown, DecodeError>;
}

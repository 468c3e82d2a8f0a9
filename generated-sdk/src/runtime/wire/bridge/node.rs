//! One value of a serde format as a source. Nothing here knows the format.

use super::super::{
    DecodeError, Decoder, Encoder, Entries, FieldsMut, Items, Place, Scalar, Source, StructMeta,
    UnionMeta, Unknown, Wire, to_string,
};
use super::object::{Object, Tag};

/// The list behind a node.
pub(super) trait Elements {
    /// Appends the next item; false if there is none.
    fn push_into(&mut self, items: &mut dyn Items) -> Result<bool, DecodeError>;
}

/// The map behind a node.
pub(super) trait Members {
    /// Shows the next key, if there is one.
    fn key(&mut self, see: &mut dyn FnMut(&str)) -> Result<(), DecodeError>;
    /// Fills a place with what belongs to the key.
    fn value(&mut self, place: Place<'_>) -> Result<(), DecodeError>;
    /// Passes over what belongs to the key.
    fn skip(&mut self) -> Result<(), DecodeError>;
    /// Writes what belongs to the key as JSON.
    fn transcribe(&mut self, out: &mut Encoder<'_>) -> Result<(), DecodeError>;
}

/// One value.
pub(super) enum Node<'a> {
    Null,
    Scalar(Scalar<'a>),
    List(&'a mut dyn Elements),
    Members(Object<'a>),
    /// A union that is read from JSON text, because its tag was not the first key, is unknown, or is all there is.
    Json(&'static UnionMeta, String),
}

impl<'a> Node<'a> {
    pub(super) fn members(members: &'a mut dyn Members) -> Self {
        Self::Members(Object::new(members))
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Scalar(scalar) => scalar.kind(),
            Self::List(_) => "a list",
            Self::Members(_) | Self::Json(..) => "an object",
        }
    }

    fn mismatch<T>(&self, what: &str) -> Result<T, DecodeError> {
        Err(DecodeError::new(
            format!("expected {what}, found {}", self.kind()),
            None,
        ))
    }
}

impl Source for Node<'_> {
    fn is_null(&mut self) -> bool {
        matches!(self, Self::Null)
    }

    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str> {
        match self {
            Self::Scalar(scalar) => Ok(std::mem::replace(scalar, Scalar::Blank)),
            other => Err(other.kind()),
        }
    }

    fn fields(
        &mut self,
        meta: &'static StructMeta,
        fields: FieldsMut<'_, '_>,
    ) -> Result<(), DecodeError> {
        match self {
            Self::Members(object) => object.fields(meta, fields),
            other => other.mismatch("an object"),
        }
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), DecodeError> {
        let Self::List(elements) = self else {
            return self.mismatch("a list");
        };
        items.reset();
        let mut index = 0;
        while elements
            .push_into(items)
            .map_err(|error| error.within_index(index))?
        {
            index += 1;
        }
        Ok(())
    }

    fn map(&mut self, entries: &mut dyn Entries) -> Result<(), DecodeError> {
        let Self::Members(object) = self else {
            return self.mismatch("an object");
        };
        entries.reset();
        object.entries(entries)
    }

    fn variant(&mut self, meta: &'static UnionMeta) -> Result<u16, DecodeError> {
        let text = match self {
            Self::Members(object) => match object.variant(meta)? {
                Tag::Known(number) => return Ok(number),
                Tag::Json(text) => text,
            },
            Self::Scalar(Scalar::Text(text)) if !meta.root => to_string(&text.clone().into_owned()),
            other => return other.mismatch("a tag or an object with a `.tag`"),
        };
        let number = with_variant(meta, &text, |_, number| number);
        *self = Self::Json(meta, text);
        number
    }

    fn payload(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        match self {
            Self::Members(object) => object.payload(into),
            Self::Json(meta, text) => {
                with_variant(meta, text, |decoder, _| decoder.fill_payload(into))
            }
            other => other.mismatch("an object"),
        }
    }

    fn unknown(&mut self) -> Result<Unknown, DecodeError> {
        match self {
            Self::Json(meta, text) => with_variant(meta, text, |decoder, _| decoder.read_unknown()),
            other => other.mismatch("an object"),
        }
    }
}

/// Reads the tag of a union from JSON text, and goes on from there.
fn with_variant<T>(
    meta: &'static UnionMeta,
    text: &str,
    go_on: impl FnOnce(&mut Decoder<'_>, u16) -> T,
) -> Result<T, DecodeError> {
    let mut decoder = Decoder::new(text, false);
    let number = decoder.read_variant(meta);
    let value = go_on(&mut decoder, number);
    decoder.finish().map_err(|error| error.within_part(None))?;
    Ok(value)
}

//! A value without members as a source: null, a scalar, or a bare tag, which stands for a union.

use super::super::{DecodeError, Decoder, Scalar, Source, UnionMeta, Unknown, Wire, to_string};

/// One value.
pub(super) enum Leaf<'a> {
    Null,
    Scalar(Scalar<'a>),
    /// A bare tag.
    Union(Text),
}

impl Source for Leaf<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Scalar(scalar) => scalar.kind(),
            Self::Union(_) => "a tag",
        }
    }

    fn is_null(&mut self) -> bool {
        matches!(self, Self::Null)
    }

    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str> {
        match self {
            Self::Scalar(scalar) => Ok(std::mem::replace(scalar, Scalar::Blank)),
            other => Err(other.kind()),
        }
    }

    fn variant(&mut self, meta: &'static UnionMeta) -> Result<u16, DecodeError> {
        match self {
            Self::Scalar(Scalar::Text(text)) if !meta.root => {
                let text = Text::new(meta, to_string(&text.clone().into_owned()));
                let number = text.variant();
                *self = Self::Union(text);
                number
            }
            other => {
                let found = other.kind();
                refuse(format!(
                    "expected a tag or an object with a `.tag`, found {found}"
                ))
            }
        }
    }

    /// Nothing but a bare tag has a payload; whatever else there was has been refused.
    fn payload(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        match self {
            Self::Union(text) => text.payload(into),
            _ => Ok(()),
        }
    }

    fn unknown(&mut self) -> Result<Unknown, DecodeError> {
        match self {
            Self::Union(text) => text.unknown(),
            _ => Ok(Unknown::BLANK),
        }
    }
}

/// A union that is read from JSON text, because its tag was not the first key, is unknown, or is all there is.
pub(super) struct Text {
    meta: &'static UnionMeta,
    json: String,
}

impl Text {
    pub(super) fn new(meta: &'static UnionMeta, json: String) -> Self {
        Self { meta, json }
    }

    pub(super) fn variant(&self) -> Result<u16, DecodeError> {
        self.read(|_, number| number)
    }

    pub(super) fn payload(&self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        self.read(|decoder, _| decoder.fill_payload(into))
    }

    pub(super) fn unknown(&self) -> Result<Unknown, DecodeError> {
        self.read(|decoder, _| decoder.read_unknown())
    }

    /// Reads the tag, and goes on from there.
    fn read<T>(&self, go_on: impl FnOnce(&mut Decoder<'_>, u16) -> T) -> Result<T, DecodeError> {
        let mut decoder = Decoder::new(&self.json, false);
        let number = decoder.read_variant(self.meta);
        let value = go_on(&mut decoder, number);
        decoder.finish().map_err(|error| error.within_part(None))?;
        Ok(value)
    }
}

/// An error of ours.
#[cold]
pub(super) fn refuse<T>(message: String) -> Result<T, DecodeError> {
    Err(DecodeError::new(message, None))
}

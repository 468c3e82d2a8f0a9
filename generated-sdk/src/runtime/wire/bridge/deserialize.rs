//! Any value from a serde format: what the format shows becomes a source that the value is filled from.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::super::{Blank, DecodeError, Decoder, Place, Scalar, Source, UnionMeta, Wire};
use super::leaf::Leaf;
use super::list::List;
use super::object::Object;
use crate::runtime::Bytes;

/// Deserializes a value from any format that describes itself.
pub fn deserialize<'de, T: Wire + Blank, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::fresh();
    Filler {
        target: Target::Place(Place::Other(&mut value)),
        problem: &mut None,
    }
    .deserialize(deserializer)?;
    Ok(value)
}

/// Fills one value. Formats have errors of their own, which have no room for a path: ours is left in `problem` as well.
pub(super) struct Filler<'a, 'p> {
    pub(super) target: Target<'a>,
    pub(super) problem: &'p mut Option<DecodeError>,
}

/// What is to be filled.
pub(super) enum Target<'a> {
    Place(Place<'a>),
    Tag(&'a mut TagRead),
}

/// The tag of a union.
pub(super) struct TagRead {
    meta: &'static UnionMeta,
    /// The variant number, if the tag is known.
    pub(super) number: Option<u16>,
    /// The tag, if it is not known.
    pub(super) text: String,
}

impl TagRead {
    pub(super) fn new(meta: &'static UnionMeta) -> Self {
        Self {
            meta,
            number: None,
            text: String::new(),
        }
    }

    fn read(&mut self, tag: &str) {
        self.number = self.meta.find(tag);
        if self.number.is_none() {
            tag.clone_into(&mut self.text);
        }
    }
}

impl<'a> Target<'a> {
    fn into_wire(self) -> &'a mut dyn Wire {
        match self {
            Self::Place(place) => place.into_wire(),
            Self::Tag(tag) => &mut tag.text,
        }
    }
}

impl Filler<'_, '_> {
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        self.leaf(Leaf::Scalar(scalar))
    }

    fn leaf<E: Error>(self, mut leaf: Leaf<'_>) -> Result<(), E> {
        let result = fill(self.target.into_wire(), &mut leaf);
        finish(result, None, self.problem)
    }
}

fn fill(value: &mut dyn Wire, source: &mut dyn Source) -> Result<(), DecodeError> {
    let mut decoder = Decoder::from_source(source);
    value.decode(&mut decoder);
    decoder.finish()
}

/// What a visitor returns. An error of the format goes before the one that it became of ours.
fn finish<E: Error>(
    result: Result<(), DecodeError>,
    foreign: Option<E>,
    problem: &mut Option<DecodeError>,
) -> Result<(), E> {
    match (result, foreign) {
        (_, Some(foreign)) => Err(foreign),
        (Err(ours), None) => {
            let message = E::custom(&ours);
            *problem = Some(ours);
            Err(message)
        }
        (Ok(()), None) => Ok(()),
    }
}

impl<'de> DeserializeSeed<'de> for Filler<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Filler<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the API")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Scalar::Int(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(Scalar::Int(value.into()))
    }

    fn visit_f32<E: Error>(self, value: f32) -> Result<(), E> {
        self.scalar(Scalar::Single(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Scalar::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        match self.target {
            Target::Place(Place::Text(text)) => *text = value.to_owned(),
            Target::Place(Place::Option(option)) => *option = Some(value.to_owned()),
            Target::Place(Place::Other(_)) => return self.scalar(Scalar::Text(value.into())),
            Target::Tag(tag) => tag.read(value),
        }
        Ok(())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        match self.target {
            Target::Place(Place::Text(text)) => *text = value,
            Target::Place(Place::Option(option)) => *option = Some(value),
            Target::Place(Place::Other(_)) => return self.scalar(Scalar::Text(value.into())),
            Target::Tag(tag) => tag.read(&value),
        }
        Ok(())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        self.scalar(Scalar::Bytes(Bytes::copy_from_slice(value)))
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.leaf(Leaf::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.leaf(Leaf::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut list = List::new(access);
        let result = fill(self.target.into_wire(), &mut list);
        finish(result, list.errors.foreign, self.problem)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut object = Object::new(access);
        let result = fill(self.target.into_wire(), &mut object);
        finish(result, object.errors.foreign, self.problem)
    }
}

/// What went wrong within a list or an object.
pub(super) struct Errors<E> {
    /// The error of ours that a value has left.
    pub(super) ours: Option<DecodeError>,
    /// The error of the format that ended the source.
    pub(super) foreign: Option<E>,
}

impl<E: Error> Errors<E> {
    pub(super) const NONE: Self = Self {
        ours: None,
        foreign: None,
    };

    /// An error of ours goes on, with its path. One of the format is put aside, to be returned in the end.
    #[inline]
    pub(super) fn settle<T>(&mut self, result: Result<T, E>) -> Result<T, DecodeError> {
        result.map_err(|error| self.put_aside(error))
    }

    #[cold]
    fn put_aside(&mut self, error: E) -> DecodeError {
        self.ours.take().unwrap_or_else(|| {
            let stop = DecodeError::new(error.to_string(), None);
            self.foreign = Some(error);
            stop
        })
    }
}

//! Any value from a serde format: the generic front of a [`Node`].

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::{Blank, DecodeError, Decoder, Encoder, Items, Place, Scalar, Wire};
use super::node::{Elements, Members, Node};
use super::transcribe::Transcriber;
use crate::runtime::Bytes;

/// Deserializes a value from any format that describes itself.
pub fn deserialize<'de, T: Wire + Blank, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::fresh();
    Filler {
        place: Place::Other(&mut value),
        problem: &mut None,
    }
    .deserialize(deserializer)?;
    Ok(value)
}

/// Fills one value. Formats have errors of their own, which have no room for a path: ours is left in `problem` as well.
struct Filler<'a, 'p> {
    place: Place<'a>,
    problem: &'p mut Option<DecodeError>,
}

impl Filler<'_, '_> {
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        self.fill(Node::Scalar(scalar))
    }

    fn fill<E: Error>(self, node: Node<'_>) -> Result<(), E> {
        finish(fill(self.place.into_wire(), node), None, self.problem)
    }
}

fn fill(value: &mut dyn Wire, mut node: Node<'_>) -> Result<(), DecodeError> {
    let mut decoder = Decoder::from_source(&mut node);
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
        match self.place {
            Place::Text(text) => *text = value.to_owned(),
            Place::Option(option) => *option = Some(value.to_owned()),
            Place::Other(_) => return self.scalar(Scalar::Text(value.into())),
        }
        Ok(())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        match self.place {
            Place::Text(text) => *text = value,
            Place::Option(option) => *option = Some(value),
            Place::Other(_) => return self.scalar(Scalar::Text(value.into())),
        }
        Ok(())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        self.scalar(Scalar::Bytes(Bytes::copy_from_slice(value)))
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.fill(Node::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.fill(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut front = SeqFront {
            access,
            error: None,
        };
        let result = fill(self.place.into_wire(), Node::List(&mut front));
        finish(result, front.error, self.problem)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut front = MapFront {
            access,
            error: None,
        };
        let result = fill(self.place.into_wire(), Node::members(&mut front));
        finish(result, front.error, self.problem)
    }
}

/// A list of a format, and the error of the format that ended it.
struct SeqFront<A, E> {
    access: A,
    error: Option<E>,
}

impl<'de, A: SeqAccess<'de>> Elements for SeqFront<A, A::Error> {
    fn push_into(&mut self, items: &mut dyn Items) -> Result<bool, DecodeError> {
        let mut problem = None;
        let pushed = self.access.next_element_seed(Pusher {
            items,
            problem: &mut problem,
        });
        settle(
            pushed.map(|pushed| pushed.is_some()),
            problem,
            &mut self.error,
        )
    }
}

/// Appends an item to a list, once it is known that there is one.
struct Pusher<'a> {
    items: &'a mut dyn Items,
    problem: &'a mut Option<DecodeError>,
}

impl<'de> DeserializeSeed<'de> for Pusher<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let value = self.items.push_blank();
        Filler {
            place: Place::Other(value),
            problem: self.problem,
        }
        .deserialize(deserializer)
    }
}

/// A map of a format, and the error of the format that ended it.
struct MapFront<A, E> {
    access: A,
    error: Option<E>,
}

impl<'de, A: MapAccess<'de>> Members for MapFront<A, A::Error> {
    fn key(&mut self, see: &mut dyn FnMut(&str)) -> Result<(), DecodeError> {
        let found = self.access.next_key_seed(KeyReader(see));
        settle(found.map(|_| ()), None, &mut self.error)
    }

    fn value(&mut self, place: Place<'_>) -> Result<(), DecodeError> {
        let mut problem = None;
        let filled = self.access.next_value_seed(Filler {
            place,
            problem: &mut problem,
        });
        settle(filled, problem, &mut self.error)
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        let skipped = self.access.next_value::<IgnoredAny>();
        settle(skipped.map(|_| ()), None, &mut self.error)
    }

    fn transcribe(&mut self, out: &mut Encoder<'_>) -> Result<(), DecodeError> {
        let written = self.access.next_value_seed(Transcriber(out));
        settle(written, None, &mut self.error)
    }
}

/// An error of ours goes on, with its path. One of the format is put aside, to be returned in the end.
fn settle<T, E: Error>(
    result: Result<T, E>,
    problem: Option<DecodeError>,
    aside: &mut Option<E>,
) -> Result<T, DecodeError> {
    result.map_err(|error| {
        problem.unwrap_or_else(|| {
            let stop = DecodeError::new(error.to_string(), None);
            *aside = Some(error);
            stop
        })
    })
}

/// Shows a key without keeping it.
struct KeyReader<'a>(&'a mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for KeyReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyReader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<(), E> {
        (self.0)(key);
        Ok(())
    }
}

//! Any value of a serde format to JSON text: for unknown tags, whose raw value is kept, and for objects whose tag comes late.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::{Encoder, Scalar};
use crate::runtime::Bytes;

/// Writes one value.
pub(super) struct Transcriber<'a, 'b>(pub(super) &'a mut Encoder<'b>);

impl<'de> DeserializeSeed<'de> for Transcriber<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Transcriber<'_, '_> {
    fn scalar<E>(self, scalar: Scalar<'_>) -> Result<(), E> {
        self.0.scalar(scalar);
        Ok(())
    }
}

impl<'de> Visitor<'de> for Transcriber<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.scalar(Scalar::Int(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.scalar(Scalar::Int(value.into()))
    }

    fn visit_f32<E>(self, value: f32) -> Result<(), E> {
        self.scalar(Scalar::Single(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.scalar(Scalar::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.scalar(Scalar::Text(value.into()))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<(), E> {
        self.scalar(Scalar::Bytes(Bytes::copy_from_slice(value)))
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.scalar(Scalar::Blank)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.scalar(Scalar::Blank)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.open(b'[');
        while items.next_element_seed(Transcriber(self.0))?.is_some() {
            self.0.separate();
        }
        self.0.close(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        self.0.open(b'{');
        while let Some(key) = entries.next_key::<String>()? {
            self.0.write_key(&key);
            entries.next_value_seed(Transcriber(self.0))?;
            self.0.separate();
        }
        self.0.close(b'}');
        Ok(())
    }
}

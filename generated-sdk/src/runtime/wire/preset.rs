//! The source of blanks and defaults: resets a value of any type.

use super::{
    DecodeError, Decoder, DefaultValue, Encoder, Entries, FieldsMut, Items, Scalar, Source,
    StructMeta, UnionMeta, Unknown, Wire,
};

/// Sets a value to its default, or to its blank if it has none.
pub(super) fn reset(value: &mut dyn Wire, default: Option<&DefaultValue>) {
    value.decode(&mut Decoder::from_source(&mut Preset(default)));
}

/// A field with a default, for which null stands for the default.
pub(super) struct Defaulted<'a> {
    pub(super) value: &'a mut dyn Wire,
    pub(super) default: Option<&'a DefaultValue>,
}

impl Wire for Defaulted<'_> {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.value.encode(out);
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        if inp.takes_null() {
            reset(self.value, self.default);
        } else {
            self.value.decode(inp);
        }
    }
}

struct Preset<'a>(Option<&'a DefaultValue>);

impl Source for Preset<'_> {
    fn is_null(&mut self) -> bool {
        self.0.is_none()
    }

    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str> {
        Ok(match self.0 {
            Some(DefaultValue::Bool(value)) => Scalar::Bool(*value),
            Some(DefaultValue::Int(value)) => Scalar::Int((*value).into()),
            Some(DefaultValue::Uint(value)) => Scalar::Int((*value).into()),
            Some(DefaultValue::Float(value)) => Scalar::Float(*value),
            Some(DefaultValue::Str(value)) => Scalar::Text((*value).into()),
            Some(DefaultValue::Tag(_)) | None => Scalar::Blank,
        })
    }

    fn fields(
        &mut self,
        meta: &'static StructMeta,
        mut fields: FieldsMut<'_, '_>,
    ) -> Result<(), DecodeError> {
        for index in 0..meta.keys.len() {
            if let Some(place) = fields.place(meta, index) {
                reset(place.into_wire(), meta.default_of(index));
            }
        }
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), DecodeError> {
        items.reset();
        Ok(())
    }

    fn map(&mut self, entries: &mut dyn Entries) -> Result<(), DecodeError> {
        entries.reset();
        Ok(())
    }

    /// The tag of the default; without one the catch-all, else the first void tag, else the first tag.
    fn variant(&mut self, meta: &'static UnionMeta) -> Result<u16, DecodeError> {
        let chosen = match self.0 {
            Some(DefaultValue::Tag(tag)) => meta.find(tag),
            _ => None,
        };
        if let Some(chosen) = chosen {
            return Ok(chosen);
        }
        if meta.open {
            return Ok(meta.catch_all());
        }
        for index in 0..meta.catch_all() {
            if meta.kind(index) == b'v' {
                return Ok(index);
            }
        }
        Ok(0)
    }

    fn payload(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        reset(into, None);
        Ok(())
    }

    fn unknown(&mut self) -> Result<Unknown, DecodeError> {
        Ok(Unknown::BLANK)
    }
}

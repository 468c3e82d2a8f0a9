//! A map of a serde format as a source: read as a struct, a union or a map.
//!
//! It is generic over the format, so that what happens for each key is one loop that the compiler sees whole.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::super::decode::object::{Seen, find_key};
use super::super::preset::{Defaulted, reset};
use super::super::{
    DecodeError, Decoder, Encoder, Entries, FieldsMut, Place, Source, StructMeta, UnionMeta,
    Unknown, Wire,
};
use super::deserialize::{Errors, Filler, TagRead, Target};
use super::leaf::{Text, refuse};
use super::transcribe::Transcriber;

/// A map, how far it has been read, and what went wrong with it.
pub(super) struct Object<'de, A: MapAccess<'de>> {
    access: A,
    pub(super) errors: Errors<A::Error>,
    /// A key that has been read, but not what belongs to it.
    ahead: Option<String>,
    /// A key `.tag` has been read; another one is an error.
    tagged: bool,
    /// The union and the variant that the tag told.
    variant: Option<(&'static UnionMeta, u16)>,
    /// Everything, of a union whose tag did not come first or is unknown.
    text: Option<Text>,
}

/// What a key stands for.
enum Key {
    /// The field of an index; 0 where only one key is looked for.
    Field(usize),
    Tag,
    Extra,
}

impl Key {
    #[inline]
    fn other(key: &str) -> Self {
        if key == ".tag" {
            Self::Tag
        } else {
            Self::Extra
        }
    }
}

impl<'de, A: MapAccess<'de>> Source for Object<'de, A> {
    fn kind(&self) -> &'static str {
        "an object"
    }

    fn fields(
        &mut self,
        meta: &'static StructMeta,
        mut fields: FieldsMut<'_, '_>,
    ) -> Result<(), DecodeError> {
        let mut seen = Seen::default();
        let mut guess = 0;
        let known = |guess, key: &str| find_key(meta.keys, guess, key).map(Key::Field);
        while let Some(key) =
            self.key(|key| known(guess, key).unwrap_or_else(|| Key::other(key)))?
        {
            let Key::Field(index) = key else {
                self.extra(&key)?;
                continue;
            };
            let again = !seen.insert(index);
            let filled = self.field(meta, index, &mut fields, again);
            filled.map_err(|error| error.within_key(meta.field_name(index)))?;
            guess = index + 1;
        }
        match seen.complete(meta, &mut fields) {
            Some(name) => missing("field", name),
            None => Ok(()),
        }
    }

    fn map(&mut self, entries: &mut dyn Entries) -> Result<(), DecodeError> {
        entries.reset();
        while let Some(key) = self.key(str::to_owned)? {
            let value = entries.insert_blank(key.clone());
            let filled = self.value(Target::Place(Place::Other(value)));
            filled.map_err(|error| error.within_key(&key))?;
        }
        Ok(())
    }

    /// Reads the tag if it comes first. Of a void tag, everything is read.
    fn variant(&mut self, meta: &'static UnionMeta) -> Result<u16, DecodeError> {
        let first = self.key(|key| (key != ".tag").then(|| key.to_owned()))?;
        let mut tag = TagRead::new(meta);
        match first {
            None => return missing("key", ".tag"),
            Some(Some(key)) => return self.transcribe(meta, &key, None),
            Some(None) => self
                .value(Target::Tag(&mut tag))
                .map_err(|error| error.within_key(".tag"))?,
        }
        let Some(number) = tag.number else {
            return self.transcribe(meta, ".tag", Some(&tag.text));
        };
        self.tagged = true;
        self.variant = Some((meta, number));
        if meta.kind(number) == b'v' {
            self.rest()?;
        }
        Ok(number)
    }

    /// Fills the payload of the variant that the tag told.
    fn payload(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        if let Some(text) = &self.text {
            return text.payload(into);
        }
        let Some((meta, number)) = self.variant.take() else {
            return Ok(());
        };
        match meta.kind(number) {
            b'k' => self.keyed(meta.tag(number), true, into),
            b'K' => self.keyed(meta.tag(number), false, into),
            b'F' => match self.key(str::to_owned)? {
                None => Ok(()),
                ahead => {
                    self.ahead = ahead;
                    self.flattened(into)
                }
            },
            _ => self.flattened(into),
        }
    }

    fn unknown(&mut self) -> Result<Unknown, DecodeError> {
        match &self.text {
            Some(text) => text.unknown(),
            None => Ok(Unknown::BLANK),
        }
    }
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    pub(super) fn new(access: A) -> Self {
        Self {
            access,
            errors: Errors::NONE,
            ahead: None,
            tagged: false,
            variant: None,
            text: None,
        }
    }

    /// What the next key stands for, looked up without keeping its text.
    #[inline]
    fn key<T>(&mut self, look_up: impl FnOnce(&str) -> T) -> Result<Option<T>, DecodeError> {
        if let Some(key) = self.ahead.take() {
            return Ok(Some(look_up(&key)));
        }
        let found = self.access.next_key_seed(LookUp(look_up));
        self.errors.settle(found)
    }

    #[inline]
    fn value(&mut self, target: Target<'_>) -> Result<(), DecodeError> {
        let filled = self.access.next_value_seed(Filler {
            target,
            problem: &mut self.errors.ours,
        });
        self.errors.settle(filled)
    }

    /// Fills a field. If it was filled before, the earlier value is forgotten.
    #[inline]
    fn field(
        &mut self,
        meta: &'static StructMeta,
        index: usize,
        fields: &mut FieldsMut<'_, '_>,
        again: bool,
    ) -> Result<(), DecodeError> {
        let Some(place) = fields.place(meta, index) else {
            return self.extra(&Key::Extra);
        };
        let defaulted = matches!(meta.place(index), (b's' | b'x' | b'd', _));
        if !again && !defaulted {
            return self.value(Target::Place(place));
        }
        let default = meta.default_of(index);
        let value = place.into_wire();
        if again {
            reset(value, None);
        }
        let mut defaulted = Defaulted { value, default };
        self.value(Target::Place(Place::Other(&mut defaulted)))
    }

    fn flattened(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        let mut decoder = Decoder::from_source(self);
        into.decode(&mut decoder);
        decoder.finish()
    }

    fn keyed(&mut self, tag: &str, required: bool, into: &mut dyn Wire) -> Result<(), DecodeError> {
        let mut seen = false;
        let look_up = |key: &str| match key == tag {
            true => Key::Field(0),
            false => Key::other(key),
        };
        while let Some(key) = self.key(look_up)? {
            if !matches!(key, Key::Field(_)) {
                self.extra(&key)?;
                continue;
            }
            if std::mem::replace(&mut seen, true) {
                reset(into, None);
            }
            let filled = self.value(Target::Place(Place::Other(into)));
            filled.map_err(|error| error.within_key(tag))?;
        }
        if required && !seen {
            missing("key", tag)
        } else {
            Ok(())
        }
    }

    /// Passes over everything that is left.
    fn rest(&mut self) -> Result<(), DecodeError> {
        while let Some(key) = self.key(Key::other)? {
            self.extra(&key)?;
        }
        Ok(())
    }

    /// Passes over a value that nothing asked for.
    fn extra(&mut self, key: &Key) -> Result<(), DecodeError> {
        if matches!(key, Key::Tag) && std::mem::replace(&mut self.tagged, true) {
            return refuse("the key `.tag` occurs twice".to_owned());
        }
        let skipped = self.access.next_value::<IgnoredAny>();
        self.errors.settle(skipped).map(|_| ())
    }

    /// Keeps everything as JSON text, from a first key on whose value may have been read.
    #[cold]
    fn transcribe(
        &mut self,
        meta: &'static UnionMeta,
        first: &str,
        value: Option<&String>,
    ) -> Result<u16, DecodeError> {
        let mut json = Encoder::json();
        json.open(b'{');
        json.write_key(first);
        match value {
            Some(value) => value.encode(&mut json),
            None => self.copy(&mut json)?,
        }
        json.separate();
        while let Some(key) = self.key(str::to_owned)? {
            json.write_key(&key);
            self.copy(&mut json)?;
            json.separate();
        }
        json.close(b'}');
        self.text
            .insert(Text::new(meta, json.finish_text()))
            .variant()
    }

    fn copy(&mut self, out: &mut Encoder<'_>) -> Result<(), DecodeError> {
        let written = self.access.next_value_seed(Transcriber(out));
        self.errors.settle(written)
    }
}

/// Looks up a key without keeping it.
struct LookUp<F>(F);

impl<'de, T, F: FnOnce(&str) -> T> DeserializeSeed<'de> for LookUp<F> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for LookUp<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<T, E> {
        Ok((self.0)(key))
    }
}

#[cold]
fn missing<T>(what: &str, name: &str) -> Result<T, DecodeError> {
    refuse(format!("the required {what} `{name}` is missing"))
}

//! A map of a serde format, read as a struct, a union or a map.

use super::super::decode::object::{Seen, find_key};
use super::super::preset::{Defaulted, reset};
use super::super::{
    DecodeError, Decoder, Encoder, Entries, FieldsMut, Place, StructMeta, UnionMeta, Wire,
};
use super::node::{Members, Node};

/// A map, and how far it has been read.
pub(super) struct Object<'a> {
    members: &'a mut dyn Members,
    /// A key that has been read, but not what belongs to it.
    ahead: Option<String>,
    /// A key `.tag` has been read; another one is an error.
    tagged: bool,
    /// The union and the variant that the tag told.
    variant: Option<(&'static UnionMeta, u16)>,
}

/// What the beginning of a union tells.
pub(super) enum Tag {
    /// The number of the variant. Its payload is still to be read.
    Known(u16),
    /// The tag was not the first key, or is unknown: everything as JSON text.
    Json(String),
}

/// What a key of a struct stands for.
enum Key {
    Field(usize),
    Tag,
    Extra,
}

impl<'a> Object<'a> {
    pub(super) fn new(members: &'a mut dyn Members) -> Self {
        Self {
            members,
            ahead: None,
            tagged: false,
            variant: None,
        }
    }

    pub(super) fn entries(&mut self, entries: &mut dyn Entries) -> Result<(), DecodeError> {
        while let Some(key) = self.key()? {
            let value = entries.insert_blank(key.clone());
            let filled = self.members.value(Place::Other(value));
            filled.map_err(|error| error.within_key(&key))?;
        }
        Ok(())
    }

    pub(super) fn fields(
        &mut self,
        meta: &'static StructMeta,
        mut fields: FieldsMut<'_, '_>,
    ) -> Result<(), DecodeError> {
        let mut seen = Seen::default();
        let mut guess = 0;
        while let Some(key) = self.field_key(meta, guess)? {
            let Key::Field(index) = key else {
                self.extra(matches!(key, Key::Tag))?;
                continue;
            };
            if let Some(place) = fields.place(meta, index) {
                let again = !seen.insert(index);
                let filled = self.field(meta, index, place, again);
                filled.map_err(|error| error.within_key(meta.field_name(index)))?;
            }
            guess = index + 1;
        }
        match seen.complete(meta, &mut fields) {
            Some(name) => missing("field", name),
            None => Ok(()),
        }
    }

    /// The next key of a struct, looked up without keeping its text.
    fn field_key(&mut self, meta: &StructMeta, guess: usize) -> Result<Option<Key>, DecodeError> {
        let mut found = None;
        let mut look_up = |key: &str| {
            found = Some(match find_key(meta.keys, guess, key) {
                Some(index) => Key::Field(index),
                None if key == ".tag" => Key::Tag,
                None => Key::Extra,
            });
        };
        match self.ahead.take() {
            Some(key) => look_up(&key),
            None => self.members.key(&mut look_up)?,
        }
        Ok(found)
    }

    /// Fills a field. If it was filled before, the earlier value is forgotten.
    fn field(
        &mut self,
        meta: &StructMeta,
        index: usize,
        place: Place<'_>,
        again: bool,
    ) -> Result<(), DecodeError> {
        let (kind, _) = meta.place(index);
        let defaulted = matches!(kind, b's' | b'x' | b'd');
        if !again && !defaulted {
            return self.members.value(place);
        }
        let value = place.into_wire();
        if again {
            reset(value, None);
        }
        if !defaulted {
            return self.members.value(Place::Other(value));
        }
        let default = meta.default_of(index);
        let mut defaulted = Defaulted { value, default };
        self.members.value(Place::Other(&mut defaulted))
    }

    /// Reads the tag if it comes first. Of a void tag, everything is read.
    pub(super) fn variant(&mut self, meta: &'static UnionMeta) -> Result<Tag, DecodeError> {
        match self.first_key()? {
            None => missing("key", ".tag"),
            Some(Some(key)) => self.transcribe(&key, None),
            Some(None) => {
                let mut tag = String::new();
                let filled = self.members.value(Place::Text(&mut tag));
                filled.map_err(|error| error.within_key(".tag"))?;
                match meta.find(&tag) {
                    Some(number) => self.known(meta, number),
                    None => self.transcribe(".tag", Some(&tag)),
                }
            }
        }
    }

    /// The first key, without its text if it is `.tag`.
    fn first_key(&mut self) -> Result<Option<Option<String>>, DecodeError> {
        let mut found = None;
        let mut see = |key: &str| found = Some((key != ".tag").then(|| key.to_owned()));
        match self.ahead.take() {
            Some(key) => see(&key),
            None => self.members.key(&mut see)?,
        }
        Ok(found)
    }

    fn known(&mut self, meta: &'static UnionMeta, number: u16) -> Result<Tag, DecodeError> {
        self.tagged = true;
        self.variant = Some((meta, number));
        if meta.kind(number) == b'v' {
            self.rest()?;
        }
        Ok(Tag::Known(number))
    }

    /// Writes everything as JSON text, from a first key on whose value may have been read.
    fn transcribe(&mut self, first: &str, value: Option<&String>) -> Result<Tag, DecodeError> {
        let mut json = Encoder::json();
        json.open(b'{');
        json.write_key(first);
        match value {
            Some(value) => value.encode(&mut json),
            None => self.members.transcribe(&mut json)?,
        }
        json.separate();
        while let Some(key) = self.key()? {
            json.write_key(&key);
            self.members.transcribe(&mut json)?;
            json.separate();
        }
        json.close(b'}');
        Ok(Tag::Json(json.finish()))
    }

    /// Fills the payload of the variant that the tag told.
    pub(super) fn payload(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        let Some((meta, number)) = self.variant.take() else {
            return Ok(());
        };
        match meta.kind(number) {
            b'k' => self.keyed(meta.tag(number), true, into),
            b'K' => self.keyed(meta.tag(number), false, into),
            b'F' => match self.key()? {
                None => Ok(()),
                ahead => self.flattened(ahead, into),
            },
            _ => self.flattened(None, into),
        }
    }

    fn flattened(&mut self, ahead: Option<String>, into: &mut dyn Wire) -> Result<(), DecodeError> {
        let mut node = Node::Members(Object {
            members: &mut *self.members,
            ahead,
            tagged: true,
            variant: None,
        });
        let mut decoder = Decoder::from_source(&mut node);
        into.decode(&mut decoder);
        decoder.finish()
    }

    fn keyed(&mut self, tag: &str, required: bool, into: &mut dyn Wire) -> Result<(), DecodeError> {
        let mut seen = false;
        while let Some(key) = self.key()? {
            if key != tag {
                self.extra(key == ".tag")?;
                continue;
            }
            if std::mem::replace(&mut seen, true) {
                reset(into, None);
            }
            let filled = self.members.value(Place::Other(into));
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
        while let Some(key) = self.key()? {
            self.extra(key == ".tag")?;
        }
        Ok(())
    }

    /// Passes over a value that nothing asked for.
    fn extra(&mut self, is_tag: bool) -> Result<(), DecodeError> {
        if is_tag && std::mem::replace(&mut self.tagged, true) {
            return refuse("the key `.tag` occurs twice".to_owned());
        }
        self.members.skip()
    }

    fn key(&mut self) -> Result<Option<String>, DecodeError> {
        let mut found = self.ahead.take();
        if found.is_none() {
            self.members.key(&mut |key| found = Some(key.to_owned()))?;
        }
        Ok(found)
    }
}

fn missing<T>(what: &str, name: &str) -> Result<T, DecodeError> {
    refuse(format!("the required {what} `{name}` is missing"))
}

#[cold]
fn refuse<T>(message: String) -> Result<T, DecodeError> {
    Err(DecodeError::new(message, None))
}

//! Structs: keys are looked up length first, with the field after the last one as the first guess.

use super::super::preset::{Defaulted, reset};
use super::super::scan::same;
use super::super::{FieldsMut, StructMeta, Wire};
use super::Decoder;

/// How many keys after the expected one are compared as they stand, before the one that is there is read and looked up.
const GUESSES: usize = 3;

/// Progress through the members of an object.
#[derive(Clone, Copy)]
pub(super) struct Members {
    /// No member has been read yet.
    pub(super) first: bool,
    /// A key `.tag` may still come, and is passed over.
    pub(super) tag: bool,
}

impl Members {
    pub(super) const NEW: Self = Self {
        first: true,
        tag: true,
    };
}

/// The fields that an object has set, one bit each.
#[derive(Clone, Copy, Default)]
pub(in super::super) struct Seen([u64; 2]);

impl Seen {
    /// Adds a field; false if it was there already.
    #[inline]
    pub(in super::super) fn insert(&mut self, index: usize) -> bool {
        let bit = 1 << (index % 64);
        let bits = &mut self.0[index / 64 % 2];
        let new = *bits & bit == 0;
        *bits |= bit;
        new
    }

    /// Sees to the fields that an object has not set, whose blank need not be the default. The name of one that is required.
    #[inline]
    pub(in super::super) fn complete(
        &self,
        meta: &'static StructMeta,
        fields: &mut FieldsMut<'_, '_>,
    ) -> Option<&'static str> {
        let [low, high] = self.0;
        let mut unset = meta.missed & !(u128::from(low) | u128::from(high) << 64);
        while unset != 0 {
            let index = unset.trailing_zeros() as usize;
            if matches!(meta.places.get(index), Some(b'S' | b'X' | b'D')) {
                return Some(meta.field_name(index));
            }
            if let Some(place) = fields.place(meta, index) {
                reset(place.into_wire(), meta.default_of(index));
            }
            unset &= unset - 1;
        }
        None
    }
}

impl Decoder<'_> {
    pub(in super::super) fn fill_object(
        &mut self,
        meta: &'static StructMeta,
        mut fields: FieldsMut<'_, '_>,
    ) {
        if let Some(source) = &mut self.source {
            let filled = source.fields(meta, fields);
            return self.latch(filled);
        }
        let members = match self.open.take() {
            Some(members) => members,
            None if self.reader.enter(b'{') => Members::NEW,
            None => return,
        };
        let seen = self.fields(meta, members, &mut fields);
        if !self.reader.failed()
            && let Some(name) = seen.complete(meta, &mut fields)
        {
            self.missing("field", name);
        }
    }

    fn fields(
        &mut self,
        meta: &'static StructMeta,
        mut members: Members,
        fields: &mut FieldsMut<'_, '_>,
    ) -> Seen {
        let mut seen = Seen::default();
        let mut guess = 0;
        while self.next_member(&mut members) {
            let Some(index) = self.field_index(meta, guess, &mut members) else {
                continue;
            };
            if !seen.insert(index) {
                self.again(meta, index, fields);
            }
            self.field(meta, index, fields);
            if self.reader.failed() {
                self.reader.blame_key(meta.field_name(index));
                break;
            }
            guess = index + 1;
        }
        seen
    }

    #[inline]
    pub(super) fn next_member(&mut self, members: &mut Members) -> bool {
        self.reader.more(std::mem::take(&mut members.first), b'}')
    }

    /// Reads a key. `None` if it was not one of the struct's; its value has then been passed over.
    #[inline]
    fn field_index(
        &mut self,
        meta: &StructMeta,
        guess: usize,
        members: &mut Members,
    ) -> Option<usize> {
        if let Some(key) = meta.keys.get(guess)
            && self.reader.word(key)
        {
            self.reader.white_space();
            return Some(guess);
        }
        self.other_field(meta, guess, members)
    }

    /// Reads a key that is not the expected one. Most often, a few optional fields have been left out before it.
    #[inline(never)]
    fn other_field(
        &mut self,
        meta: &StructMeta,
        guess: usize,
        members: &mut Members,
    ) -> Option<usize> {
        let mut index = guess + 1;
        while let Some(key) = meta.keys.get(index)
            && index <= guess + GUESSES
        {
            if self.reader.word(key) {
                self.reader.white_space();
                return Some(index);
            }
            index += 1;
        }
        let key = self.reader.key()?;
        let index = find_key(meta.keys, guess, &key);
        if index.is_none() {
            self.extra_member(&key, members);
        }
        index
    }

    #[inline]
    fn field(&mut self, meta: &'static StructMeta, index: usize, fields: &mut FieldsMut<'_, '_>) {
        match meta.place(index) {
            (b'S' | b'X', slot) => {
                if let Some(text) = fields.strings.get_mut(slot) {
                    self.reader.string_into(text);
                }
            }
            (b'O' | b'Y', slot) => {
                if let Some(option) = fields.options.get_mut(slot) {
                    self.optional_string(option);
                }
            }
            (b's' | b'x', slot) => {
                if let Some(text) = fields.strings.get_mut(slot) {
                    self.defaulted(meta, index, *text);
                }
            }
            (b'd', slot) => {
                if let Some(other) = fields.others.get_mut(slot) {
                    self.defaulted(meta, index, *other);
                }
            }
            (_, slot) => {
                if let Some(other) = fields.others.get_mut(slot) {
                    other.decode(self);
                }
            }
        }
    }

    /// A key occurs once more: a strict reader refuses it, a lenient one forgets the earlier value.
    #[cold]
    fn again(&mut self, meta: &'static StructMeta, index: usize, fields: &mut FieldsMut<'_, '_>) {
        if self.strict {
            return self.duplicate(meta.field_name(index));
        }
        if let Some(place) = fields.place(meta, index) {
            reset(place.into_wire(), None);
        }
    }

    fn optional_string(&mut self, option: &mut Option<String>) {
        if self.reader.word("null") {
            *option = None;
        } else {
            self.reader.string_into(option.insert(String::new()));
        }
    }

    /// Reads a field with a default, for which only a lenient reader takes null.
    fn defaulted(&mut self, meta: &'static StructMeta, index: usize, value: &mut dyn Wire) {
        if self.strict {
            value.decode(self);
        } else {
            let default = meta.default_of(index);
            Defaulted { value, default }.decode(self);
        }
    }

    /// Reads the value of a member that nothing asked for.
    pub(super) fn extra_member(&mut self, key: &str, members: &mut Members) {
        match key {
            ".tag" if !std::mem::take(&mut members.tag) => return self.duplicate(".tag"),
            ".tag" => {}
            _ if self.strict => return self.reader.fail(format_args!("unknown key `{key}`")),
            _ => {}
        }
        self.reader.skip();
    }

    #[cold]
    pub(super) fn missing(&mut self, what: &str, name: &str) {
        self.reader
            .fail(format_args!("the required {what} `{name}` is missing"));
    }
}

/// Searches from a guess on, around the end. Keys have quotes and a colon around them.
#[inline]
pub(in super::super) fn find_key(keys: &[&str], guess: usize, key: &str) -> Option<usize> {
    match keys.get(guess) {
        Some(known) if is_key(known, key) => Some(guess),
        _ => search_key(keys, guess, key),
    }
}

#[inline(never)]
fn search_key(keys: &[&str], guess: usize, key: &str) -> Option<usize> {
    let (before, after) = keys.split_at_checked(guess).unwrap_or((keys, &[]));
    for (index, known) in after.iter().enumerate() {
        if is_key(known, key) {
            return Some(guess + index);
        }
    }
    for (index, known) in before.iter().enumerate() {
        if is_key(known, key) {
            return Some(index);
        }
    }
    None
}

#[inline]
fn is_key(known: &str, key: &str) -> bool {
    let (known, key) = (known.as_bytes(), key.as_bytes());
    let name = known.get(1..=key.len());
    known.len() == key.len() + 3 && name.is_some_and(|name| same(name, key))
}

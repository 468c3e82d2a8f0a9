//! Structs: keys are looked up length first, with the field after the last one as the first guess.

use super::super::{FieldsMut, StructMeta, Wire};
use super::{Decoder, reset};

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
struct Seen([u64; 2]);

impl Seen {
    /// Adds a field; false if it was there already.
    #[inline]
    fn insert(&mut self, index: usize) -> bool {
        let bit = 1 << (index % 64);
        match self.0.get_mut(index / 64) {
            Some(bits) if *bits & bit == 0 => *bits |= bit,
            _ => return false,
        }
        true
    }

    fn contains(&self, index: usize) -> bool {
        self.0
            .get(index / 64)
            .is_some_and(|bits| bits >> (index % 64) & 1 == 1)
    }

    fn count(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }
}

impl Decoder<'_> {
    /// Fills a struct: its fields, split by class.
    pub fn object<'b>(
        &mut self,
        meta: &'static StructMeta,
        strings: &mut [&'b mut String],
        options: &mut [&'b mut Option<String>],
        others: &mut [&'b mut dyn Wire],
    ) {
        let mut fields = FieldsMut {
            strings,
            options,
            others,
        };
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
        if !self.reader.failed() && seen.count() < meta.kinds.len() {
            self.complete(meta, &seen, &mut fields);
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
            if let Some(error) = &mut self.reader.error {
                error.path_mut().within_key(meta.field_name(index));
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

    /// A key occurs once more: a strict reader refuses it, a lenient one forgets the earlier value. Strings are replaced anyway.
    #[cold]
    fn again(&mut self, meta: &'static StructMeta, index: usize, fields: &mut FieldsMut<'_, '_>) {
        if self.strict {
            return self.duplicate(meta.field_name(index));
        }
        let (kind, slot) = meta.place(index);
        if let (b'D' | b'd' | b'o', Some(other)) = (kind, fields.others.get_mut(slot)) {
            reset(*other, None);
        }
    }

    fn optional_string(&mut self, option: &mut Option<String>) {
        if self.reader.word("null") {
            *option = None;
        } else {
            self.reader.string_into(option.insert(String::new()));
        }
    }

    /// Reads a field with a default, for which a lenient reader takes null.
    fn defaulted(&mut self, meta: &'static StructMeta, index: usize, value: &mut dyn Wire) {
        if !self.strict && self.reader.word("null") {
            reset(value, meta.default_of(index));
        } else {
            value.decode(self);
        }
    }

    /// Sees to the fields that an object has not set.
    fn complete(&mut self, meta: &'static StructMeta, seen: &Seen, fields: &mut FieldsMut<'_, '_>) {
        for (index, kind) in meta.kinds.iter().enumerate() {
            match kind {
                b'S' | b'X' | b'D' if !seen.contains(index) => {
                    return self.missing("field", meta.field_name(index));
                }
                b's' | b'x' if !seen.contains(index) => {
                    let (_, slot) = meta.place(index);
                    if let Some(text) = fields.strings.get_mut(slot) {
                        **text = meta.default_text(index).to_owned();
                    }
                }
                _ => {}
            }
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
fn find_key(keys: &[&str], guess: usize, key: &str) -> Option<usize> {
    let matches =
        |known: &str| known.len() == key.len() + 3 && known.get(1..=key.len()) == Some(key);
    let (before, after) = keys.split_at_checked(guess).unwrap_or((keys, &[]));
    let later = after
        .iter()
        .position(|known| matches(known))
        .map(|index| guess + index);
    later.or_else(|| before.iter().position(|known| matches(known)))
}

//! The decoder: overwrites values from JSON text, or from another source. The first error latches.

mod number;
pub(super) mod object;
pub(super) mod reader;
mod scalar;
mod skip;
mod string;
mod union;

use self::object::Members;
use self::reader::Reader;
use self::union::Pending;
use super::preset::reset;
use super::{DecodeError, Entries, Items, Source, Wire, validate};

/// What fills a value: a position in JSON text, or a [`Source`].
pub struct Decoder<'a> {
    reader: Reader<'a>,
    strict: bool,
    source: Option<&'a mut dyn Source>,
    /// The union whose tag has just been read.
    pending: Option<Pending<'a>>,
    /// An object that a union has opened and left to its flattened payload.
    open: Option<Members>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(text: &'a str, strict: bool) -> Self {
        Self {
            reader: Reader::new(text),
            strict,
            source: None,
            pending: None,
            open: None,
        }
    }

    pub(super) fn from_source(source: &'a mut dyn Source) -> Self {
        Self {
            source: Some(source),
            ..Self::new("", false)
        }
    }

    /// Reads one JSON document into a value.
    pub(super) fn read(text: &str, strict: bool, value: &mut dyn Wire) -> Result<(), DecodeError> {
        let mut decoder = Decoder::new(text, strict);
        decoder.reader.white_space();
        value.decode(&mut decoder);
        decoder.reader.end();
        decoder.finish()
    }

    /// Like `read`, for bytes that should be UTF-8.
    pub(super) fn read_bytes(json: &[u8], value: &mut dyn Wire) -> Result<(), DecodeError> {
        Self::read(utf8(json)?, false, value)
    }

    /// Like `read_bytes`, for a receiver that knows everything a sender may send.
    pub(super) fn read_bytes_strict(json: &[u8], value: &mut dyn Wire) -> Result<(), DecodeError> {
        Self::read(utf8(json)?, true, value)?;
        Ok(validate(value)?)
    }

    /// The error that latched, if one did.
    pub(super) fn finish(self) -> Result<(), DecodeError> {
        match self.reader.error {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Whether a value that may be null is; a null has then been read.
    pub fn takes_null(&mut self) -> bool {
        match &mut self.source {
            Some(source) => source.is_null(),
            None => self.open.is_none() && self.reader.word("null"),
        }
    }

    /// Keeps any value as its text.
    pub(super) fn raw(&mut self) -> String {
        if self.source.is_some() {
            let error = DecodeError::new("raw JSON can be read from text only", None);
            self.latch(Err(error));
            return String::new();
        }
        let start = self.reader.mark();
        self.reader.skip();
        self.reader.since(start).trim_end().to_owned()
    }

    /// Fills a list.
    pub fn list(&mut self, items: &mut dyn Items) {
        if let Some(source) = &mut self.source {
            let filled = source.list(items);
            return self.latch(filled);
        }
        items.reset();
        if !self.reader.enter(b'[') {
            return;
        }
        let mut index = 0;
        while self.reader.more(index == 0, b']') {
            items.push_blank().decode(self);
            if self.reader.failed() {
                return self.reader.blame_index(index);
            }
            index += 1;
        }
    }

    /// Fills a map.
    pub fn map(&mut self, entries: &mut dyn Entries) {
        if let Some(source) = &mut self.source {
            let filled = source.map(entries);
            return self.latch(filled);
        }
        entries.reset();
        if !self.reader.enter(b'{') {
            return;
        }
        let mut first = true;
        while self.reader.more(first, b'}') {
            first = false;
            let Some(key) = self.reader.key() else { return };
            if self.strict && entries.value(&key).is_some() {
                return self.duplicate(&key);
            }
            entries.insert_blank(key.clone().into_owned()).decode(self);
            if self.reader.failed() {
                return self.reader.blame_key(&key);
            }
        }
    }

    /// Latches the error of a source.
    fn latch(&mut self, result: Result<(), DecodeError>) {
        if let (Err(error), None) = (result, &self.reader.error) {
            self.reader.error = Some(error);
        }
    }

    #[cold]
    fn duplicate(&mut self, key: &str) {
        self.reader
            .fail(format_args!("the key `{key}` occurs twice"));
    }
}

fn utf8(json: &[u8]) -> Result<&str, DecodeError> {
    str::from_utf8(json)
        .map_err(|error| DecodeError::new("the input is not UTF-8", Some(error.valid_up_to())))
}

//! Values without parts, from JSON text or a source.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{DecodeError, Scalar};
use super::Decoder;
use crate::runtime::{Bytes, Date, Timestamp};

impl Decoder<'_> {
    /// Reads a null. Where nothing is meant, a lenient reader skips whatever comes: servers answer `{}` and more.
    pub fn null(&mut self) {
        match self.source.as_mut().map(|source| source.is_null()) {
            Some(true) => {}
            Some(false) => self.refuse("expected null"),
            None if self.reader.word("null") => {}
            None if self.strict => self.reader.expected("null"),
            None => self.reader.skip(),
        }
    }

    /// Reads a boolean.
    pub fn boolean(&mut self) -> bool {
        match self.scalar() {
            Some(Scalar::Bool(value)) => value,
            Some(other) => self.mismatch("a boolean", &other),
            None if self.reader.word("true") => true,
            None if self.reader.word("false") => false,
            None => {
                self.reader.expected("a boolean");
                false
            }
        }
    }

    /// Reads an integer within limits.
    pub fn integer(&mut self, min: i128, max: i128) -> i128 {
        match self.scalar() {
            None => self.reader.integer(min, max),
            Some(Scalar::Int(value)) if (min..=max).contains(&value) => value,
            Some(Scalar::Int(value)) => {
                self.refuse(format!("{value} is not within {min} and {max}"));
                0
            }
            Some(other) => self.mismatch("an integer", &other),
        }
    }

    /// Reads a 64-bit floating-point number.
    pub fn float(&mut self) -> f64 {
        match self.scalar() {
            None => self.reader.float(),
            Some(Scalar::Float(value)) if value.is_finite() => value,
            Some(Scalar::Single(value)) if value.is_finite() => value.into(),
            Some(Scalar::Int(value)) => value as f64,
            Some(other) => self.mismatch("a number", &other),
        }
    }

    /// Reads a 32-bit floating-point number.
    pub fn single(&mut self) -> f32 {
        if self.source.is_none() {
            return self.reader.single();
        }
        let value = self.float() as f32;
        if !value.is_finite() {
            self.refuse("the number is too large");
        }
        value
    }

    /// Reads a string.
    pub fn string(&mut self, into: &mut String) {
        match self.scalar() {
            None => {
                if let Some(text) = self.reader.string("a string") {
                    *into = text.into_owned();
                }
            }
            Some(Scalar::Text(text)) => *into = text.into_owned(),
            Some(other) => *into = self.mismatch("a string", &other),
        }
    }

    /// Reads bytes, which are base64 with padding in JSON.
    pub fn bytes(&mut self) -> Bytes {
        match self.scalar() {
            Some(Scalar::Bytes(bytes)) => bytes,
            scalar => self.parsed(scalar, "base64 with padding", |text| {
                STANDARD.decode(text).ok().map(Bytes::from)
            }),
        }
    }

    /// Reads a point in time.
    pub fn timestamp(&mut self) -> Timestamp {
        let strict = self.strict;
        match self.scalar() {
            Some(Scalar::Timestamp(time)) => time,
            scalar => self.parsed(scalar, "a time such as 2020-01-31T12:00:00Z", |text| {
                Timestamp::from_wire(text, strict)
            }),
        }
    }

    /// Reads a calendar date.
    pub fn date(&mut self) -> Date {
        match self.scalar() {
            Some(Scalar::Date(date)) => date,
            scalar => self.parsed(scalar, "a date such as 2020-01-31", |text| {
                text.parse().ok()
            }),
        }
    }

    /// Reads a string and turns it into something else.
    fn parsed<T: Default>(
        &mut self,
        scalar: Option<Scalar<'static>>,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        let start = self.reader.pos;
        let text = match scalar {
            None => self.reader.string(what),
            Some(Scalar::Text(text)) => Some(text),
            Some(other) => return self.mismatch(what, &other),
        };
        let Some(text) = text else {
            return T::default();
        };
        parse(&text).unwrap_or_else(|| {
            self.reader.pos = start;
            self.reader
                .fail(format_args!("expected {what}, found {:?}", excerpt(&text)));
            T::default()
        })
    }

    /// Latches an error about what the source holds.
    #[cold]
    fn refuse(&mut self, message: impl Into<String>) {
        self.latch(Err(DecodeError::new(message, None)));
    }

    /// What the source holds; `None` if the decoder reads JSON, or failed.
    fn scalar(&mut self) -> Option<Scalar<'static>> {
        let source = self.source.as_mut()?;
        let scalar = source.scalar().map(Scalar::into_owned);
        Some(scalar.unwrap_or_else(|error| {
            self.latch(Err(error));
            Scalar::Blank
        }))
    }

    /// A source holds something else; a blank fits everywhere.
    fn mismatch<T: Default>(&mut self, what: &str, found: &Scalar<'_>) -> T {
        if !matches!(found, Scalar::Blank) {
            self.refuse(format!("expected {what}, found {}", found.kind()));
        }
        T::default()
    }
}

/// The start of a text, for a message.
fn excerpt(text: &str) -> &str {
    text.char_indices()
        .nth(40)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

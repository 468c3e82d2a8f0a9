//! Values without parts: from JSON text straight away, from a source by converting what it holds.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{DecodeError, Scalar};
use super::Decoder;
use crate::runtime::{Bytes, Date, Timestamp};

const BOOLEAN: &str = "a boolean";
const INTEGER: &str = "an integer";
const NUMBER: &str = "a number";
const STRING: &str = "a string";
const BASE64: &str = "base64 with padding";
const TIME: &str = "a time such as 2020-01-31T12:00:00Z";
const DATE: &str = "a date such as 2020-01-31";

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
        match self.scalar(BOOLEAN) {
            None => self.reader.boolean(),
            Some(Scalar::Bool(value)) => value,
            Some(other) => self.mismatch(BOOLEAN, &other),
        }
    }

    /// Reads an integer within limits.
    pub fn integer(&mut self, min: i128, max: i128) -> i128 {
        match self.scalar(INTEGER) {
            None => self.reader.integer(min, max),
            Some(Scalar::Int(value)) if (min..=max).contains(&value) => value,
            Some(Scalar::Int(value)) => {
                self.refuse(format!("{value} is not within {min} and {max}"));
                0
            }
            Some(other) => self.mismatch(INTEGER, &other),
        }
    }

    /// Reads a 64-bit floating-point number.
    pub fn float(&mut self) -> f64 {
        match self.scalar(NUMBER) {
            None => self.reader.float(),
            Some(Scalar::Float(value)) if value.is_finite() => value,
            Some(Scalar::Single(value)) if value.is_finite() => value.into(),
            Some(Scalar::Int(value)) => value as f64,
            Some(other) => self.mismatch(NUMBER, &other),
        }
    }

    /// Reads a 32-bit floating-point number.
    pub fn single(&mut self) -> f32 {
        match self.scalar(NUMBER) {
            None => self.reader.single(),
            Some(Scalar::Single(value)) if value.is_finite() => value,
            Some(Scalar::Float(value)) if (value as f32).is_finite() => value as f32,
            Some(Scalar::Int(value)) => value as f32,
            Some(other) => self.mismatch(NUMBER, &other),
        }
    }

    /// Reads a string.
    pub fn string(&mut self, into: &mut String) {
        match self.scalar(STRING) {
            None => self.reader.string_into(into),
            Some(Scalar::Text(text)) => *into = text.into_owned(),
            Some(other) => *into = self.mismatch(STRING, &other),
        }
    }

    /// Reads bytes, which are base64 with padding in JSON.
    pub fn bytes(&mut self) -> Bytes {
        let parse = |text: &str| STANDARD.decode(text).ok().map(Bytes::from);
        match self.scalar(BASE64) {
            None => self.reader.parsed(BASE64, parse),
            Some(Scalar::Bytes(bytes)) => bytes,
            Some(other) => self.converted(&other, BASE64, parse),
        }
    }

    /// Reads a point in time.
    pub fn timestamp(&mut self) -> Timestamp {
        let strict = self.strict;
        let parse = |text: &str| Timestamp::from_wire(text, strict);
        match self.scalar(TIME) {
            None => self.reader.parsed(TIME, parse),
            Some(Scalar::Timestamp(time)) => time,
            Some(other) => self.converted(&other, TIME, parse),
        }
    }

    /// Reads a calendar date.
    pub fn date(&mut self) -> Date {
        let parse = |text: &str| text.parse().ok();
        match self.scalar(DATE) {
            None => self.reader.parsed(DATE, parse),
            Some(Scalar::Date(date)) => date,
            Some(other) => self.converted(&other, DATE, parse),
        }
    }

    /// What the source holds; `None` if the decoder reads JSON.
    #[inline]
    fn scalar(&mut self, what: &str) -> Option<Scalar<'static>> {
        if self.source.is_none() {
            None
        } else {
            self.source_scalar(what)
        }
    }

    #[inline(never)]
    fn source_scalar(&mut self, what: &str) -> Option<Scalar<'static>> {
        let scalar = self.source.as_mut()?.scalar().map(Scalar::into_owned);
        Some(scalar.unwrap_or_else(|found| {
            self.refuse(format!("expected {what}, found {found}"));
            Scalar::Blank
        }))
    }

    /// Turns a string of a source into something else.
    fn converted<T: Default>(
        &mut self,
        scalar: &Scalar<'_>,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        let parsed = match scalar {
            Scalar::Text(text) => parse(text),
            _ => None,
        };
        parsed.unwrap_or_else(|| self.mismatch(what, scalar))
    }

    /// The source holds something else; a blank fits everywhere.
    #[cold]
    fn mismatch<T: Default>(&mut self, what: &str, found: &Scalar<'_>) -> T {
        if !matches!(found, Scalar::Blank) {
            self.refuse(format!("expected {what}, found {}", found.kind()));
        }
        T::default()
    }

    /// Latches an error about what the source holds.
    #[cold]
    fn refuse(&mut self, message: impl Into<String>) {
        self.latch(Err(DecodeError::new(message, None)));
    }
}

//! Values without parts: from JSON text straight away, from a source by converting what it holds.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{DecodeError, Scalar};
use super::Decoder;
use crate::runtime::{Bytes, Date, Timestamp};

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
        if self.source.is_none() {
            return self.reader.boolean();
        }
        let found = match self.scalar() {
            Ok(Scalar::Bool(value)) => return value,
            other => found(other),
        };
        self.misfit("a boolean", found);
        false
    }

    /// Reads an integer within limits.
    pub fn integer(&mut self, min: i128, max: i128) -> i128 {
        if self.source.is_none() {
            return self.reader.integer(min, max);
        }
        let found = match self.scalar() {
            Ok(Scalar::Int(value)) if value >= min && value <= max => return value,
            Ok(Scalar::Int(value)) => {
                self.refuse(format!("{value} is not within {min} and {max}"));
                return 0;
            }
            other => found(other),
        };
        self.misfit("an integer", found);
        0
    }

    /// Reads a 64-bit floating-point number.
    pub fn float(&mut self) -> f64 {
        if self.source.is_none() {
            return self.reader.float();
        }
        let found = match self.scalar() {
            Ok(Scalar::Float(value)) if value.is_finite() => return value,
            Ok(Scalar::Single(value)) if value.is_finite() => return value.into(),
            Ok(Scalar::Int(value)) => return value as f64,
            other => found(other),
        };
        self.misfit("a finite number", found);
        0.0
    }

    /// Reads a 32-bit floating-point number.
    pub fn single(&mut self) -> f32 {
        if self.source.is_none() {
            return self.reader.single();
        }
        let found = match self.scalar() {
            Ok(Scalar::Single(value)) if value.is_finite() => return value,
            Ok(Scalar::Float(value)) if (value as f32).is_finite() => return value as f32,
            Ok(Scalar::Int(value)) => return value as f32,
            other => found(other),
        };
        self.misfit("a finite 32-bit number", found);
        0.0
    }

    /// Reads a string.
    pub fn string(&mut self, into: &mut String) {
        if self.source.is_none() {
            return self.reader.string_into(into);
        }
        into.clear();
        let found = match self.scalar() {
            Ok(Scalar::Text(text)) => {
                *into = text.into_owned();
                return;
            }
            other => found(other),
        };
        self.misfit("a string", found);
    }

    /// Reads bytes, which are base64 with padding in JSON.
    pub fn bytes(&mut self) -> Bytes {
        let parse = |text: &str| STANDARD.decode(text).ok().map(Bytes::from);
        if self.source.is_none() {
            return self.reader.parsed(BASE64, parse);
        }
        let found = match self.scalar() {
            Ok(Scalar::Bytes(bytes)) => return bytes,
            Ok(Scalar::Text(text)) => match parse(&text) {
                Some(bytes) => return bytes,
                None => Some("another string"),
            },
            other => found(other),
        };
        self.misfit(BASE64, found);
        Bytes::default()
    }

    /// Reads a point in time.
    pub fn timestamp(&mut self) -> Timestamp {
        let strict = self.strict;
        let parse = |text: &str| Timestamp::from_wire(text, strict);
        if self.source.is_none() {
            return self.reader.parsed(TIME, parse);
        }
        let found = match self.scalar() {
            Ok(Scalar::Timestamp(time)) => return time,
            Ok(Scalar::Text(text)) => match parse(&text) {
                Some(time) => return time,
                None => Some("another string"),
            },
            other => found(other),
        };
        self.misfit(TIME, found);
        Timestamp::default()
    }

    /// Reads a calendar date.
    pub fn date(&mut self) -> Date {
        let parse = |text: &str| text.parse().ok();
        if self.source.is_none() {
            return self.reader.parsed(DATE, parse);
        }
        let found = match self.scalar() {
            Ok(Scalar::Date(date)) => return date,
            Ok(Scalar::Text(text)) => match parse(&text) {
                Some(date) => return date,
                None => Some("another string"),
            },
            other => found(other),
        };
        self.misfit(DATE, found);
        Date::default()
    }

    /// What the source holds; what it is instead, if it is no scalar.
    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str> {
        match &mut self.source {
            Some(source) => source.scalar(),
            None => Ok(Scalar::Blank),
        }
    }

    /// Latches an error, if the source holds something else than it should.
    fn misfit(&mut self, what: &str, found: Option<&str>) {
        if let Some(found) = found {
            self.refuse(format!("expected {what}, found {found}"));
        }
    }

    /// Latches an error about what the source holds.
    #[cold]
    fn refuse(&mut self, message: impl Into<String>) {
        self.latch(Err(DecodeError::new(message, None)));
    }
}

/// What came instead of what was expected; nothing for a blank, which fits everywhere.
fn found(scalar: Result<Scalar<'_>, &'static str>) -> Option<&'static str> {
    match scalar {
        Ok(Scalar::Blank) => None,
        Ok(other) => Some(other.kind()),
        Err(found) => Some(found),
    }
}

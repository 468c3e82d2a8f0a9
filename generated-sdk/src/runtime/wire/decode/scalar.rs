//! Values without parts: from JSON text straight away, from a source by converting what it holds.

use std::mem::take;

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
        let mut value = false;
        self.take("a boolean", &mut |scalar| match scalar {
            Scalar::Bool(bool) => Ok(value = *bool),
            other => Err(other.kind()),
        });
        value
    }

    /// Reads an integer within limits.
    pub fn integer(&mut self, min: i128, max: i128) -> i128 {
        if self.source.is_none() {
            return self.reader.integer(min, max);
        }
        let mut value = 0;
        self.take("an integer", &mut |scalar| match scalar {
            Scalar::Int(int) => Ok(value = *int),
            other => Err(other.kind()),
        });
        // A blank is 0 even where 0 is out of range.
        if value != 0 && (value < min || value > max) {
            self.refuse(format!("{value} is not within {min} and {max}"));
        }
        value
    }

    /// Reads a 64-bit floating-point number.
    pub fn float(&mut self) -> f64 {
        if self.source.is_none() {
            return self.reader.float();
        }
        let mut value = 0.0;
        self.take("a finite number", &mut |scalar| match scalar {
            Scalar::Float(float) if float.is_finite() => Ok(value = *float),
            Scalar::Single(single) if single.is_finite() => Ok(value = (*single).into()),
            Scalar::Int(int) => Ok(value = *int as f64),
            other => Err(other.kind()),
        });
        value
    }

    /// Reads a 32-bit floating-point number.
    pub fn single(&mut self) -> f32 {
        if self.source.is_none() {
            return self.reader.single();
        }
        let mut value = 0.0;
        self.take("a finite 32-bit number", &mut |scalar| match scalar {
            Scalar::Single(single) if single.is_finite() => Ok(value = *single),
            Scalar::Float(float) if (*float as f32).is_finite() => Ok(value = *float as f32),
            Scalar::Int(int) => Ok(value = *int as f32),
            other => Err(other.kind()),
        });
        value
    }

    /// Reads a string.
    pub fn string(&mut self, into: &mut String) {
        if self.source.is_none() {
            return self.reader.string_into(into);
        }
        into.clear();
        self.take("a string", &mut |scalar| match scalar {
            Scalar::Text(text) => Ok(*into = take(text).into_owned()),
            other => Err(other.kind()),
        });
    }

    /// Reads bytes, which are base64 with padding in JSON.
    pub fn bytes(&mut self) -> Bytes {
        let parse = |text: &str| STANDARD.decode(text).ok().map(Bytes::from);
        if self.source.is_none() {
            return self.reader.parsed(BASE64, parse);
        }
        let mut value = Bytes::default();
        self.take(BASE64, &mut |scalar| match scalar {
            Scalar::Bytes(bytes) => Ok(value = take(bytes)),
            Scalar::Text(text) => match parse(text) {
                Some(bytes) => Ok(value = bytes),
                None => Err("another string"),
            },
            other => Err(other.kind()),
        });
        value
    }

    /// Reads a point in time.
    pub fn timestamp(&mut self) -> Timestamp {
        let strict = self.strict;
        let parse = |text: &str| Timestamp::from_wire(text, strict);
        if self.source.is_none() {
            return self.reader.parsed(TIME, parse);
        }
        let mut value = Timestamp::default();
        self.take(TIME, &mut |scalar| match scalar {
            Scalar::Timestamp(time) => Ok(value = *time),
            Scalar::Text(text) => match parse(text) {
                Some(time) => Ok(value = time),
                None => Err("another string"),
            },
            other => Err(other.kind()),
        });
        value
    }

    /// Reads a calendar date.
    pub fn date(&mut self) -> Date {
        let parse = |text: &str| text.parse().ok();
        if self.source.is_none() {
            return self.reader.parsed(DATE, parse);
        }
        let mut value = Date::default();
        self.take(DATE, &mut |scalar| match scalar {
            Scalar::Date(date) => Ok(value = *date),
            Scalar::Text(text) => match parse(text) {
                Some(date) => Ok(value = date),
                None => Err("another string"),
            },
            other => Err(other.kind()),
        });
        value
    }

    /// Hands over what the source holds, unless that is a blank, which fits everywhere. What does not fit is named.
    fn take(
        &mut self,
        what: &str,
        keep: &mut dyn FnMut(&mut Scalar<'_>) -> Result<(), &'static str>,
    ) {
        let kept = match self.source.as_mut().map(|source| source.scalar()) {
            None | Some(Ok(Scalar::Blank)) => Ok(()),
            Some(Ok(mut scalar)) => keep(&mut scalar),
            Some(Err(found)) => Err(found),
        };
        if let Err(found) = kept {
            self.refuse(format!("expected {what}, found {found}"));
        }
    }

    /// Latches an error about what the source holds.
    #[cold]
    fn refuse(&mut self, message: impl Into<String>) {
        self.latch(Err(DecodeError::new(message, None)));
    }
}

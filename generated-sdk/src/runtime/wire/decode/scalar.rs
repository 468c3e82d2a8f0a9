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
        self.take("a boolean", |scalar| match scalar {
            Scalar::Bool(value) => Ok(value),
            other => Err(other.kind()),
        })
    }

    /// Reads an integer within limits.
    pub fn integer(&mut self, min: i128, max: i128) -> i128 {
        if self.source.is_none() {
            return self.reader.integer(min, max);
        }
        let value = self.take("an integer", |scalar| match scalar {
            Scalar::Int(value) => Ok(value),
            other => Err(other.kind()),
        });
        // A blank is 0 even where 0 is out of range.
        if value != 0 && !(min..=max).contains(&value) {
            self.refuse(format!("{value} is not within {min} and {max}"));
        }
        value
    }

    /// Reads a 64-bit floating-point number.
    pub fn float(&mut self) -> f64 {
        if self.source.is_none() {
            return self.reader.float();
        }
        self.take("a finite number", |scalar| match scalar {
            Scalar::Float(value) if value.is_finite() => Ok(value),
            Scalar::Single(value) if value.is_finite() => Ok(value.into()),
            Scalar::Int(value) => Ok(value as f64),
            other => Err(other.kind()),
        })
    }

    /// Reads a 32-bit floating-point number.
    pub fn single(&mut self) -> f32 {
        if self.source.is_none() {
            return self.reader.single();
        }
        self.take("a finite 32-bit number", |scalar| match scalar {
            Scalar::Single(value) if value.is_finite() => Ok(value),
            Scalar::Float(value) if (value as f32).is_finite() => Ok(value as f32),
            Scalar::Int(value) => Ok(value as f32),
            other => Err(other.kind()),
        })
    }

    /// Reads a string.
    pub fn string(&mut self, into: &mut String) {
        if self.source.is_none() {
            return self.reader.string_into(into);
        }
        *into = self.take("a string", |scalar| match scalar {
            Scalar::Text(text) => Ok(text.into_owned()),
            other => Err(other.kind()),
        });
    }

    /// Reads bytes, which are base64 with padding in JSON.
    pub fn bytes(&mut self) -> Bytes {
        let parse = |text: &str| STANDARD.decode(text).ok().map(Bytes::from);
        if self.source.is_none() {
            return self.reader.parsed(BASE64, parse);
        }
        self.take(BASE64, |scalar| match scalar {
            Scalar::Bytes(bytes) => Ok(bytes),
            Scalar::Text(text) => parse(&text).ok_or("another string"),
            other => Err(other.kind()),
        })
    }

    /// Reads a point in time.
    pub fn timestamp(&mut self) -> Timestamp {
        let strict = self.strict;
        let parse = |text: &str| Timestamp::from_wire(text, strict);
        if self.source.is_none() {
            return self.reader.parsed(TIME, parse);
        }
        self.take(TIME, |scalar| match scalar {
            Scalar::Timestamp(time) => Ok(time),
            Scalar::Text(text) => parse(&text).ok_or("another string"),
            other => Err(other.kind()),
        })
    }

    /// Reads a calendar date.
    pub fn date(&mut self) -> Date {
        let parse = |text: &str| text.parse().ok();
        if self.source.is_none() {
            return self.reader.parsed(DATE, parse);
        }
        self.take(DATE, |scalar| match scalar {
            Scalar::Date(date) => Ok(date),
            Scalar::Text(text) => parse(&text).ok_or("another string"),
            other => Err(other.kind()),
        })
    }

    /// Converts what the source holds. A blank fits everywhere; what does not fit is named.
    fn take<T: Default>(
        &mut self,
        what: &str,
        convert: impl FnOnce(Scalar<'_>) -> Result<T, &'static str>,
    ) -> T {
        let converted = match self.source.as_mut().map(|source| source.scalar()) {
            None | Some(Ok(Scalar::Blank)) => Ok(T::default()),
            Some(Ok(scalar)) => convert(scalar),
            Some(Err(found)) => Err(found),
        };
        converted.unwrap_or_else(|found| {
            self.refuse(format!("expected {what}, found {found}"));
            T::default()
        })
    }

    /// Latches an error about what the source holds.
    #[cold]
    fn refuse(&mut self, message: impl Into<String>) {
        self.latch(Err(DecodeError::new(message, None)));
    }
}

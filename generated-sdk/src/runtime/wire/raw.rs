//! JSON of any type, kept as its text: for calls without types.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{Blank, DecodeError, Decoder, Encoder, Wire, from_str};

/// One JSON value of any type, as text.
///
/// Its `Debug` tells the length only: a value may hold what belongs to the user.
///
/// ```
/// use generated_sdk::json::RawJson;
///
/// let value: RawJson = r#" {"path": ""} "#.parse()?;
/// assert_eq!(value.as_str(), r#"{"path": ""}"#);
/// assert!("{path}".parse::<RawJson>().is_err());
/// # Ok::<(), generated_sdk::json::DecodeError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RawJson(Cow<'static, str>);

impl RawJson {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value as one of a type.
    pub fn decode<T: Wire + Blank>(&self) -> Result<T, DecodeError> {
        from_str(self.as_str())
    }
}

impl FromStr for RawJson {
    type Err = DecodeError;

    /// Takes the text of one JSON value.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        from_str(text)
    }
}

impl Default for RawJson {
    /// `null`
    fn default() -> Self {
        Self::BLANK
    }
}

impl Blank for RawJson {
    const BLANK: Self = Self(Cow::Borrowed("null"));
}

impl Wire for RawJson {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.raw(self.as_str());
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        self.0 = inp.raw().into();
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.as_str().len())
    }
}

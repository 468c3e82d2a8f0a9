//! What can go wrong between a client and the service.
//!
//! In: [`Fault`]s from rules, or their text from a file, a command line or a request header. The text is the name and
//! then its settings, such as `rate-limited header=2 body=json`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A fault. What it says of the request tells whether the route did its work.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// `expired-token`: status 401 with `expired_access_token`; not done.
    ExpiredToken,
    /// `rate-limited [header=SECONDS] [body=json|bare|text|html|none] [wait=SECONDS]`: status 429; not done.
    RateLimited {
        /// The header `Retry-After`, in seconds, if there is one.
        header: Option<u64>,
        /// The form of the body.
        body: RateBody,
        /// What a JSON body says under `retry_after`.
        wait: u64,
    },
    /// `status CODE [retry-after=SECONDS]`: this status with a text; not done.
    Status {
        /// Such as 500 or 503.
        code: u16,
        /// The header `Retry-After`, in seconds, if there is one.
        retry_after: Option<u64>,
    },
    /// `status-after CODE`: this status with a text, although the route did its work.
    StatusAfter {
        /// Such as 500 or 502.
        code: u16,
    },
    /// `reset-before`: the connection is reset; not done.
    ResetBefore,
    /// `reset-after`, or `lost-answer`: the route does its work, but the connection is reset instead of its answer.
    ResetAfter,
    /// `truncated [keep=BYTES]`: done; the connection ends within the body of the answer.
    Truncated {
        /// How much of the body arrives; half of it if nothing is said.
        keep: Option<usize>,
    },
    /// `slow [pieces=COUNT] [pause=MILLISECONDS]`: done; the body of the answer comes in pieces.
    Slow {
        /// How many pieces there are.
        pieces: usize,
        /// How long it takes from one to the next.
        pause: Duration,
    },
    /// `wrong-length [by=BYTES]`: done; `Content-Length` is off by this, negative for too short.
    WrongLength {
        /// The difference.
        by: i64,
    },
    /// `cursor-reset`: all cursors that were given out are void before the call.
    CursorReset,
}

/// What the body of a 429 looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateBody {
    /// JSON with `retry_after`.
    Json,
    /// JSON without `retry_after`.
    Bare,
    /// A plain text.
    Text,
    /// A page.
    Html,
    /// Nothing.
    None,
}

/// A text that names no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultError(String);

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}

impl Fault {
    /// A 429 with both the header and the field in its body.
    pub fn rate_limited(seconds: u64) -> Self {
        Self::RateLimited {
            header: Some(seconds),
            body: RateBody::Json,
            wait: seconds,
        }
    }

    /// A status with a text.
    pub fn status(code: u16) -> Self {
        Self::Status {
            code,
            retry_after: None,
        }
    }

    /// Whether the route does its work, so that a repetition is a second call.
    pub fn is_done(&self) -> bool {
        match self {
            Self::ExpiredToken
            | Self::RateLimited { .. }
            | Self::Status { .. }
            | Self::ResetBefore => false,
            Self::StatusAfter { .. }
            | Self::ResetAfter
            | Self::Truncated { .. }
            | Self::Slow { .. }
            | Self::WrongLength { .. }
            | Self::CursorReset => true,
        }
    }

    /// The name without the settings.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ExpiredToken => "expired-token",
            Self::RateLimited { .. } => "rate-limited",
            Self::Status { .. } => "status",
            Self::StatusAfter { .. } => "status-after",
            Self::ResetBefore => "reset-before",
            Self::ResetAfter => "reset-after",
            Self::Truncated { .. } => "truncated",
            Self::Slow { .. } => "slow",
            Self::WrongLength { .. } => "wrong-length",
            Self::CursorReset => "cursor-reset",
        }
    }
}

const NAMES: &str = "expired-token, rate-limited, status, status-after, reset-before, reset-after, lost-answer, \
                     truncated, slow, wrong-length, cursor-reset";

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let mut settings = Settings::new(text, words)?;
        let fault = match name {
            "expired-token" => Self::ExpiredToken,
            "rate-limited" => Self::RateLimited {
                header: settings.number("header")?,
                body: rate_body(settings.take("body").unwrap_or("json"))?,
                wait: settings.number("wait")?.unwrap_or(1),
            },
            "status" => Self::Status {
                code: settings.code()?,
                retry_after: settings.number("retry-after")?,
            },
            "status-after" => Self::StatusAfter {
                code: settings.code()?,
            },
            "reset-before" => Self::ResetBefore,
            "reset-after" | "lost-answer" => Self::ResetAfter,
            "truncated" => Self::Truncated {
                keep: settings.number("keep")?,
            },
            "slow" => Self::Slow {
                pieces: settings.number("pieces")?.unwrap_or(10),
                pause: Duration::from_millis(settings.number("pause")?.unwrap_or(20)),
            },
            "wrong-length" => Self::WrongLength {
                by: settings.number("by")?.unwrap_or(1),
            },
            "cursor-reset" => Self::CursorReset,
            _ => {
                let problem = format!("there is no fault {name:?}; there are {NAMES}");
                return Err(FaultError(problem));
            }
        };
        settings.finish()?;
        Ok(fault)
    }
}

fn rate_body(text: &str) -> Result<RateBody, FaultError> {
    match text {
        "json" => Ok(RateBody::Json),
        "bare" => Ok(RateBody::Bare),
        "text" => Ok(RateBody::Text),
        "html" => Ok(RateBody::Html),
        "none" => Ok(RateBody::None),
        _ => Err(FaultError(format!(
            "there is no body {text:?} of a 429; there are json, bare, text, html, none"
        ))),
    }
}

/// Words after the name of a fault: `name=value`, or one value alone.
struct Settings<'a> {
    text: &'a str,
    pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> Settings<'a> {
    fn new(text: &'a str, words: impl Iterator<Item = &'a str>) -> Result<Self, FaultError> {
        let pairs = words.map(|word| word.split_once('=').unwrap_or(("", word)));
        Ok(Self {
            text,
            pairs: pairs.collect(),
        })
    }

    fn take(&mut self, name: &str) -> Option<&'a str> {
        let at = self.pairs.iter().position(|(other, _)| *other == name)?;
        Some(self.pairs.remove(at).1)
    }

    fn number<N: FromStr>(&mut self, name: &str) -> Result<Option<N>, FaultError> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let number = value.parse().map_err(|_| {
            FaultError(format!(
                "{value:?} in {:?} is not the number it should be",
                self.text
            ))
        });
        number.map(Some)
    }

    /// A status that an answer can have.
    fn code(&mut self) -> Result<u16, FaultError> {
        let code = self.number("")?.filter(|code| (200..600).contains(code));
        code.ok_or_else(|| FaultError(format!("{:?} needs a status, such as 503", self.text)))
    }

    fn finish(self) -> Result<(), FaultError> {
        match self.pairs.first() {
            None => Ok(()),
            Some((name, value)) => Err(FaultError(format!(
                "{:?} has a setting {name:?} ({value:?}) that its fault does not know",
                self.text
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, RateBody};

    #[test]
    fn texts_name_faults() {
        let parsed = "rate-limited body=text".parse();
        assert_eq!(
            parsed,
            Ok(Fault::RateLimited {
                header: None,
                body: RateBody::Text,
                wait: 1
            })
        );
        assert_eq!("status 503".parse(), Ok(Fault::status(503)));
        assert_eq!("lost-answer".parse(), Ok(Fault::ResetAfter));
        assert_eq!(
            "wrong-length by=-3".parse(),
            Ok(Fault::WrongLength { by: -3 })
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "",
            "nap",
            "status",
            "status 99",
            "status abc",
            "truncated keep=x",
            "slow speed=1",
            "reset-after 5",
            "rate-limited body=xml",
        ] {
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(!error.is_empty(), "{text}");
        }
    }
}

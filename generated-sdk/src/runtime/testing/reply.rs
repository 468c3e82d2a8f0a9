//! One answer that was set beforehand.

use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::runtime::headers;
use crate::runtime::transport::{
    BoxError, Response, ResponseBody, TransportError, TransportErrorKind,
};
use crate::runtime::wire::{RawJson, Wire, header_safe, to_string};

/// What a call is answered with.
#[derive(Debug, Clone)]
pub struct Reply {
    fate: Fate,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// How an exchange goes on.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Answered,
    /// The body ends with an error.
    BrokenOff,
    Failed(TransportErrorKind),
    Silent,
}

/// What becomes of a request.
pub(super) enum Outcome {
    Answer(Response),
    Fault(TransportError),
    Silence,
}

impl Reply {
    fn new(fate: Fate, status: StatusCode, body: Bytes) -> Self {
        Self {
            fate,
            status,
            headers: HeaderMap::new(),
            body,
        }
    }

    /// A result as JSON text. It is sent as it is, so that tests can send what is not JSON, too.
    pub fn json(text: impl Into<String>) -> Self {
        let reply = Self::new(Fate::Answered, StatusCode::OK, text.into().into());
        reply.header("content-type", "application/json")
    }

    /// A result.
    pub fn result(value: &dyn Wire) -> Self {
        Self::json(to_string(value))
    }

    /// The result of a download as JSON text, and its content.
    pub fn download(result: &str, content: impl Into<Bytes>) -> Self {
        let reply = Self::new(Fate::Answered, StatusCode::OK, content.into());
        let in_header = result.parse::<RawJson>().map(|json| header_safe(&json));
        let result = in_header.unwrap_or_else(|_| result.to_owned());
        reply.header(headers::API_RESULT.as_str(), &result)
    }

    /// An error that the route declares, as JSON text: what stands in the member `error` of the answer.
    pub fn refused(error: &str) -> Self {
        Self::status(
            409,
            format!(r#"{{"error_summary":"canned/.","error":{error}}}"#),
        )
    }

    /// Any status with any body. What is no status counts as 500.
    pub fn status(code: u16, body: impl Into<Bytes>) -> Self {
        let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Fate::Answered, status, body.into())
    }

    /// No answer: the connection fails.
    pub fn fault(kind: TransportErrorKind) -> Self {
        Self::new(Fate::Failed(kind), StatusCode::OK, Bytes::new())
    }

    /// No answer, ever.
    pub fn silence() -> Self {
        Self::new(Fate::Silent, StatusCode::OK, Bytes::new())
    }

    /// The same answer with a header. What no header can carry is left out.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.append(name, value);
        }
        self
    }

    /// The same answer, but the connection breaks off at the end of its body.
    pub fn broken_off(mut self) -> Self {
        self.fate = Fate::BrokenOff;
        self
    }

    pub(super) fn into_outcome(self) -> Outcome {
        let body = match self.fate {
            Fate::Answered => ResponseBody::from_bytes(self.body),
            Fate::BrokenOff => {
                let end = Err(BoxError::from("the canned answer ends here"));
                ResponseBody::from_stream(stream::iter([Ok(self.body), end]))
            }
            Fate::Failed(kind) => {
                return Outcome::Fault(TransportError::new(kind, "the canned answer is a fault"));
            }
            Fate::Silent => return Outcome::Silence,
        };
        Outcome::Answer(Response {
            status: self.status,
            headers: self.headers,
            body,
        })
    }
}

//! From the answer of the server to the result of a call: the only step that knows the type of the result.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode, header};

use crate::runtime::download::{Download, DownloadBody};
use crate::runtime::error::{Failure, Reply};
use crate::runtime::headers;
use crate::runtime::route::Route;
use crate::runtime::wire::json::read_slice;
use crate::runtime::wire::{Blank, DecodeError, Wire, from_slice};

/// An answer that says that a call succeeded.
#[derive(Debug)]
pub struct Answer {
    pub(super) route: &'static Route,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) content: Content,
}

/// The body of an [`Answer`].
#[derive(Debug)]
pub(super) enum Content {
    Json(Bytes),
    Stream(DownloadBody),
}

impl Answer {
    pub(super) fn header(&self, name: &HeaderName) -> Option<String> {
        Some(String::from_utf8_lossy(self.headers.get(name)?.as_bytes()).into_owned())
    }

    /// Fills the result from the body.
    fn read(&self, result: &mut dyn Wire) -> Result<(), Box<Failure>> {
        let Content::Json(json) = &self.content else {
            return Err(self.unexpected("the route answers with content: make it a download"));
        };
        let text = if json.is_empty() { NOTHING } else { json };
        read_slice(text, result).map_err(|error| self.undecodable(json, error))
    }

    #[cold]
    fn undecodable(&self, json: &[u8], error: DecodeError) -> Box<Failure> {
        let start = json.get(..Reply::RAW_LIMIT).unwrap_or(json);
        let raw = String::from_utf8_lossy(start).into_owned();
        let reply = Reply::new(self.route, self.status, &self.headers, raw);
        Failure::undecodable(reply, error)
    }

    /// The body, when it is text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Json(json) => std::str::from_utf8(json).ok(),
            Content::Stream(_) => None,
        }
    }

    #[cold]
    pub(crate) fn unexpected(&self, message: &'static str) -> Box<Failure> {
        let reply = Reply::new(self.route, self.status, &self.headers, String::new());
        Failure::unexpected(reply, message)
    }
}

/// What a call can give: any type that can be decoded, or a [`Download`] of one.
pub trait Output: Sized {
    /// Takes the result out of the answer.
    #[doc(hidden)]
    fn from_answer(answer: Box<Answer>) -> Result<Self, Box<Failure>>;
}

impl<T: Wire + Blank> Output for T {
    fn from_answer(answer: Box<Answer>) -> Result<Self, Box<Failure>> {
        let mut result = T::fresh();
        answer.read(&mut result)?;
        Ok(result)
    }
}

impl<T: Wire + Blank> Output for Download<T> {
    fn from_answer(answer: Box<Answer>) -> Result<Self, Box<Failure>> {
        let Some(result) = answer.headers.get(&headers::API_RESULT) else {
            return Err(answer.unexpected("the answer lacks the header Dropbox-API-Result"));
        };
        let result = from_slice(result.as_bytes())
            .map_err(|error| answer.undecodable(result.as_bytes(), error))?;
        let content_type = answer.header(&header::CONTENT_TYPE);
        let etag = answer.header(&header::ETAG);
        let request_id = answer.header(&headers::REQUEST_ID);
        match answer.content {
            Content::Stream(body) => Ok(Download {
                result,
                content_length: body.length(),
                body,
                content_type,
                etag,
                request_id,
            }),
            Content::Json(_) => {
                Err(answer.unexpected("the route answers without content: it is no download"))
            }
        }
    }
}

/// What an empty body means: routes without a result answer so.
const NOTHING: &[u8] = b"null";

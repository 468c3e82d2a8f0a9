//! What a call would send, to be looked at.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};

use super::Pending;
use super::request::Argument;
use crate::runtime::error::Failure;

/// A request as it would be sent; the credential is replaced by `***`.
#[derive(Clone)]
#[non_exhaustive]
pub struct RequestPreview {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The headers. The argument of uploads and downloads is among them.
    pub headers: HeaderMap,
    /// The body; nothing when it comes from a file or a stream.
    pub body: Option<Bytes>,
}

impl fmt::Debug for RequestPreview {
    /// Tells the size of the body only, which may hold secrets of the user.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestPreview")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers)
            .field("body_length", &self.body.as_ref().map(Bytes::len))
            .finish()
    }
}

pub(super) fn preview(call: &Pending) -> Result<RequestPreview, Box<Failure>> {
    let argument = call.prepare()?;
    let authorization = call
        .is_authorized()
        .then(|| HeaderValue::from_static("***"));
    let headers = call.headers(&argument, authorization)?;
    let body = match (argument, &call.body) {
        (Argument::Json(json), _) => Some(json),
        (Argument::Header(_), None) => Some(Bytes::new()),
        (Argument::Header(_), Some(body)) => body.as_bytes().cloned(),
    };
    Ok(RequestPreview {
        method: Method::POST,
        url: call.url(),
        headers,
        body,
    })
}

//! What a call would send, to be looked at.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};

use super::Pending;
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
    let prepared = call.prepare()?;
    let mut headers = prepared.headers;
    if call.authorization()?.is_some() {
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("***"));
    }
    let body = match &call.body {
        Some(body) => body.as_bytes().cloned(),
        None => Some(prepared.json.unwrap_or_default()),
    };
    Ok(RequestPreview {
        method: Method::POST,
        url: prepared.url,
        headers,
        body,
    })
}

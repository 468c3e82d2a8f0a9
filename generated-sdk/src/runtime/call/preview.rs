//! What a call would send, to be looked at.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};

use super::Pending;
use super::request::Argument;
use crate::runtime::body::UploadBody;
use crate::runtime::content_hash::ContentHash;
use crate::runtime::error::Failure;

/// A request as it would be sent; the credential is replaced by `***`.
#[derive(Clone)]
#[non_exhaustive]
pub struct RequestPreview {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The headers. The argument of uploads and downloads is among them; the hash of content that is not in memory is
    /// computed when the call is made, and missing here.
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
    call.check()?;
    let content = call.body.as_ref().map(UploadBody::as_bytes);
    let hash = match &content {
        Some(Some(bytes)) if call.takes_content_hash() => Some(ContentHash::of(bytes)),
        _ => None,
    };
    let argument = call.encode(hash)?;
    let authorization = call
        .is_authorized()
        .then(|| HeaderValue::from_static("***"));
    let headers = call.headers(&argument, authorization)?;
    let body = match argument {
        Argument::Json(json) => Some(json),
        Argument::Header(_) => content.unwrap_or(Some(Bytes::new())),
    };
    Ok(RequestPreview {
        method: call.settings.method(),
        url: call.url(),
        headers,
        body,
    })
}

//! What a client sent.

use std::future::poll_fn;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;

use crate::runtime::headers;
use crate::runtime::transport::{Body, Request, TransportError, TransportErrorKind};

/// One request. Unlike everything else in this crate, its `Debug` shows secrets: tests are there to look.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Sent {
    /// The whole URL.
    pub url: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, to its end.
    pub body: Bytes,
}

impl Sent {
    /// Reads the request to its end. What comes to light is an error of the content, not of the network.
    pub(super) async fn receive(request: Request) -> Result<Self, TransportError> {
        let mut body = BytesMut::new();
        match request.body {
            Body::Empty => {}
            Body::Bytes(bytes) => body.extend_from_slice(&bytes),
            Body::Stream(mut stream, _) => {
                while let Some(piece) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
                    let unread =
                        |error| TransportError::new(TransportErrorKind::Interrupted, error);
                    body.extend_from_slice(&piece.map_err(unread)?);
                }
            }
        }
        Ok(Self {
            url: request.url,
            headers: request.headers,
            body: body.freeze(),
        })
    }

    /// The path of the URL, such as `/2/files/list_folder`.
    pub fn path(&self) -> &str {
        let (_, rest) = self.url.split_once("://").unwrap_or_default();
        let path = rest.find('/').and_then(|start| rest.get(start..));
        path.map_or("/", |path| path.split('?').next().unwrap_or_default())
    }

    /// A header as text; nothing where it is missing.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The argument as JSON text, wherever it travelled. Text that is not UTF-8 has none.
    pub fn argument(&self) -> &str {
        match self.header(headers::API_ARG.as_str()) {
            Some(argument) => argument,
            None => std::str::from_utf8(&self.body).unwrap_or_default(),
        }
    }
}

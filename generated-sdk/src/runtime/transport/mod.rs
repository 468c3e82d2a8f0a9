//! The seam between the SDK and an HTTP stack: a [`Request`] goes in, a [`Response`] with a streamed body comes out.
//!
//! A [`Transport`] does nothing but HTTP: it follows no redirects, repeats nothing and adds no credentials. It may let
//! the server compress an answer unless the request says `Accept-Encoding: identity`, if it undoes that and leaves out
//! the length that was announced.

#[cfg(feature = "transport-reqwest")]
mod reqwest;
#[cfg(feature = "transport-reqwest")]
mod unavailable;

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Method, StatusCode};

#[cfg(feature = "transport-reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "transport-reqwest")]
pub(crate) use self::unavailable::Unavailable;

/// A future whose type is not named.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An error of any type.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A stream of content whose type is not named.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// Something that sends HTTP requests.
pub trait Transport: Send + Sync + fmt::Debug {
    /// Sends the request and waits for the head of the answer.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>>;
}

/// An HTTP request, ready to be sent.
pub struct Request {
    /// The method, `POST` for every call of the API.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The headers; values that must not be logged are marked as sensitive.
    pub headers: HeaderMap,
    /// The content.
    pub body: Body,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}

/// The content of a request.
pub enum Body {
    /// Nothing.
    Empty,
    /// Content in memory.
    Bytes(Bytes),
    /// Content that is made while it is sent, and its length if that is known.
    Stream(ByteStream, Option<u64>),
}

impl Body {
    /// Whether it is known that there is no content.
    pub fn is_empty(&self) -> bool {
        self.length() == Some(0)
    }

    /// The size of the content, if that is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Body::Empty => Some(0),
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::Stream(_, length) => *length,
        }
    }
}

impl fmt::Debug for Body {
    /// Tells sizes only: content belongs to the user and may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::Empty => f.write_str("Empty"),
            Body::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Body::Stream(_, Some(length)) => write!(f, "Stream({length} bytes)"),
            Body::Stream(_, None) => f.write_str("Stream(of unknown length)"),
        }
    }
}

/// The answer to a [`Request`].
#[derive(Debug)]
pub struct Response {
    /// The status code.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The content, as it arrives.
    pub body: ResponseBody,
}

/// The content of an answer: a stream that ends early only with an error.
pub struct ResponseBody(ByteStream);

impl ResponseBody {
    /// A body that is produced by a stream.
    pub fn from_stream(
        stream: impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static,
    ) -> Self {
        Self(Box::pin(stream))
    }

    /// A body that is there already.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self::from_stream(Once(Some(bytes.into())))
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}

/// A stream of one piece.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Why a transport has no answer to give.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// How far a request got before its transport failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: the server has seen nothing of the request.
    Connect,
    /// The transport gave up waiting.
    Timeout,
    /// The exchange broke off: the server may have acted on the request.
    Interrupted,
}

impl TransportError {
    /// Records what went wrong and how far the request got.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// How far the request got.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the server",
            TransportErrorKind::Timeout => "the server did not answer in time",
            TransportErrorKind::Interrupted => "the connection broke off",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

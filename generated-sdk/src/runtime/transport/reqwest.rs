//! The default [`Transport`]: reqwest over rustls with the *ring* provider and the certificate store of the platform.
//!
//! In: requests of the SDK. Out: what the server answers.

mod tls;

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use http_body::{Body as _, Frame, SizeHint};

use super::{
    Body, BoxError, BoxFuture, ByteStream, Request, Response, ResponseBody, Transport,
    TransportError, TransportErrorKind,
};

/// HTTP/1.1 and HTTP/2 with connections that are kept and shared by everything that shares the transport.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Sets up the HTTP stack. Proxies come from the environment.
    pub fn new(connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        Self::build(default_builder(tls::shared(), connect_timeout)?)
    }

    /// Sets up the HTTP stack and lets the caller change it: proxies, the size of the pool, local addresses. Redirects
    /// and a read timeout do not belong there: the SDK keeps track of time itself and knows of no redirects.
    pub fn customized(
        connect_timeout: Option<Duration>,
        customize: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Self, TransportError> {
        Self::build(customize(default_builder(tls::shared(), connect_timeout)?))
    }

    /// Sets up the HTTP stack so that it trusts the certificates in a PEM text, too, such as that of a company whose
    /// proxy looks into TLS.
    #[cfg(not(target_os = "android"))]
    pub fn with_roots(
        pem: &[u8],
        connect_timeout: Option<Duration>,
    ) -> Result<Self, TransportError> {
        Self::build(default_builder(tls::with_roots(pem), connect_timeout)?)
    }

    fn build(builder: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        match builder.build() {
            Ok(client) => Ok(Self { client }),
            Err(error) => Err(convert_error(error)),
        }
    }
}

/// An HTTP client of one's own, as it is. It must not follow redirects, which would carry what a call holds to other
/// hosts, and must not decompress what it receives.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

fn default_builder(
    tls: Result<rustls::ClientConfig, String>,
    connect_timeout: Option<Duration>,
) -> Result<reqwest::ClientBuilder, TransportError> {
    let tls = tls.map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false);
    if let Some(limit) = connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    Ok(without_compression(builder))
}

/// Other crates may switch features of reqwest on; what it does for this one follows from the features of this one.
/// Requests that ask for something themselves, as downloads ask for content as it is, are left alone by reqwest.
fn without_compression(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let builder = builder.no_brotli().no_deflate().no_zstd();
    if cfg!(feature = "gzip") {
        builder
    } else {
        builder.no_gzip()
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let mut headers = request.headers;
            if request.body.is_empty() && request.method == Method::POST {
                // It is left out otherwise, and some servers and proxies insist on it.
                headers.insert(CONTENT_LENGTH, HeaderValue::from(0));
            }
            let url = reqwest::Url::parse(&request.url)
                .map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
            let mut sent = reqwest::Request::new(request.method, url);
            *sent.headers_mut() = headers;
            *sent.body_mut() = Some(convert_body(request.body));
            let response = self.client.execute(sent).await.map_err(convert_error)?;
            let (head, body) = http::Response::from(response).into_parts();
            let body = ResponseBody::from_stream(Received(body));
            Ok(Response {
                status: head.status,
                headers: head.headers,
                body,
            })
        })
    }
}

/// Says how far the request got. The URL is left out of the message: the caller names the route.
fn convert_error(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, error.without_url())
}

fn convert_body(body: Body) -> reqwest::Body {
    match body {
        Body::Empty => reqwest::Body::default(),
        Body::Bytes(bytes) => bytes.into(),
        Body::Stream(stream, length) => reqwest::Body::wrap(Sent {
            stream: Mutex::new(stream),
            remaining: length,
        }),
    }
}

/// Content on its way out. The mutex is never locked; it makes the stream `Sync`, which reqwest asks for.
struct Sent {
    stream: Mutex<ByteStream>,
    remaining: Option<u64>,
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let stream = self
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let piece = ready!(stream.as_mut().poll_next(cx));
        if let (Some(remaining), Some(Ok(bytes))) = (&mut self.remaining, &piece) {
            *remaining = remaining.saturating_sub(bytes.len() as u64);
        }
        Poll::Ready(piece.map(|bytes| bytes.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Content on its way in.
struct Received(reqwest::Body);

impl Stream for Received {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.0).poll_frame(cx)) {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => return Poll::Ready(Some(Err(error.without_url().into()))),
                None => return Poll::Ready(None),
            };
            // Frames that are not data are trailers, which the API does not use.
            if let Ok(bytes) = frame.into_data() {
                return Poll::Ready(Some(Ok(bytes)));
            }
        }
    }
}

//! Content on its way out: an [`UploadBody`] is opened once per attempt, which a one-time source allows only once.

#[cfg(feature = "transport-reqwest")]
mod file;
mod progress;

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::transport::{Body, BoxError, ByteStream};

pub(crate) use self::progress::Progress;

/// The size of the pieces in which content is handed over.
const PIECE: usize = 256 * 1024;

/// The content of an upload.
pub struct UploadBody(Source);

enum Source {
    Bytes(Bytes),
    #[cfg(feature = "transport-reqwest")]
    File(file::Source),
    Stream(ByteStream, Option<u64>),
    /// A one-time source that was used.
    Spent,
}

impl UploadBody {
    /// Content that is made while it is sent. With a length the server knows what to expect, and the upload fails when
    /// another number of bytes comes. A stream can be read only once, so that the call cannot be repeated.
    pub fn from_stream<S, B, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self(Source::Stream(
            Box::pin(Converted(Box::pin(stream))),
            length,
        ))
    }

    /// Whether the content can be sent again when an attempt fails.
    pub fn is_replayable(&self) -> bool {
        match &self.0 {
            Source::Bytes(_) => true,
            #[cfg(feature = "transport-reqwest")]
            Source::File(source) => source.is_replayable(),
            Source::Stream(..) | Source::Spent => false,
        }
    }

    /// The content, when it is in memory.
    pub(crate) fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Source::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The content for one attempt.
    pub(crate) async fn open(&mut self) -> io::Result<Body> {
        match std::mem::replace(&mut self.0, Source::Spent) {
            Source::Bytes(bytes) => {
                self.0 = Source::Bytes(bytes.clone());
                Ok(Body::Bytes(bytes))
            }
            #[cfg(feature = "transport-reqwest")]
            Source::File(source) => {
                let (body, again) = source.open().await?;
                self.0 = again.map_or(Source::Spent, Source::File);
                Ok(body)
            }
            Source::Stream(stream, length) => Ok(Body::Stream(stream, length)),
            Source::Spent => Err(io::Error::other(
                "the content can be read only once, and was",
            )),
        }
    }
}

impl fmt::Debug for UploadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Bytes(bytes) => write!(f, "UploadBody({} bytes)", bytes.len()),
            #[cfg(feature = "transport-reqwest")]
            Source::File(source) => write!(f, "UploadBody({source:?})"),
            Source::Stream(_, Some(length)) => write!(f, "UploadBody(stream of {length} bytes)"),
            Source::Stream(_, None) => f.write_str("UploadBody(stream)"),
            Source::Spent => f.write_str("UploadBody(spent)"),
        }
    }
}

macro_rules! from_memory {
    ($($type:ty),+) => {
        $(impl From<$type> for UploadBody {
            fn from(content: $type) -> Self {
                Self(Source::Bytes(content.into()))
            }
        })+
    };
}

from_memory!(Bytes, Vec<u8>, &'static [u8], String, &'static str);

/// A stream of any items as a stream of bytes.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(item.map(|piece| piece.map(Into::into).map_err(Into::into)))
    }
}

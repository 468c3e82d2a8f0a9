//! Content on its way out: an [`UploadBody`] is opened once per attempt, which a one-time source allows only once.

#[cfg(feature = "transport-reqwest")]
mod file;
mod part;
mod progress;
#[cfg(feature = "transport-reqwest")]
mod reader;

use std::fmt;
use std::io;
use std::ops::RangeBounds;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use self::part::Part;
use super::content_hash::ContentHash;
use super::transport::{Body, BoxError, ByteStream};

pub(crate) use self::progress::Progress;

/// The size of the pieces in which content is handed over.
const PIECE: usize = 256 * 1024;

/// The content of an upload.
///
/// | made from | its length is known | it can be sent again |
/// |---|---|---|
/// | `Bytes`, `Vec<u8>`, `String`, static slices | yes | yes |
/// | [`from_path`](Self::from_path) | yes, unless it is a pipe or a device | likewise |
/// | an open file | likewise | likewise, from where it stood |
/// | [`from_reader`](Self::from_reader), [`from_stream`](Self::from_stream) | if it is given | no |
///
/// What can be sent again is sent with its [`ContentHash`] where the route takes one, and is repeated after failures
/// that pass. One call takes up to 150 MiB; larger files go up in upload sessions.
pub struct UploadBody {
    source: Source,
    part: Part,
}

enum Source {
    Bytes(Bytes),
    #[cfg(feature = "transport-reqwest")]
    File(file::Source),
    #[cfg(feature = "transport-reqwest")]
    Async(Box<tokio::fs::File>),
    Stream(ByteStream, Option<u64>),
    /// A one-time source that was used.
    Spent,
}

impl UploadBody {
    /// Content that is made while it is sent. With a length in bytes the server knows what to expect, and the upload
    /// fails when another number of bytes comes. A stream can be read only once, so that the call cannot be repeated.
    pub fn from_stream<S, B, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        let stream = Box::pin(Converted(Box::pin(stream)));
        Self::new(Source::Stream(stream, length))
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            part: Part::default(),
        }
    }

    /// Only these bytes of what is in memory or in a file, counted from 0, or from where an open file stands. The call
    /// fails when they are not all there, and when the content is a stream or comes from a reader.
    pub fn range(mut self, range: impl RangeBounds<u64>) -> Self {
        self.part = Part::new(range.start_bound().cloned(), range.end_bound().cloned());
        self
    }

    /// Whether the content can be sent again when an attempt fails. What is at a path, or in a file of tokio, is looked
    /// at only when the call is made; if it turns out to be a pipe or a device, it is sent once.
    pub fn is_replayable(&self) -> bool {
        match &self.source {
            Source::Bytes(_) => true,
            #[cfg(feature = "transport-reqwest")]
            Source::File(source) => source.is_replayable(),
            #[cfg(feature = "transport-reqwest")]
            Source::Async(_) => true,
            Source::Stream(..) | Source::Spent => false,
        }
    }

    /// The content, when it is in memory.
    pub(crate) fn as_bytes(&self) -> Option<Bytes> {
        match &self.source {
            Source::Bytes(bytes) => self.part.slice(bytes).ok(),
            _ => None,
        }
    }

    /// The hash of the content, if it can be read for it and once more afterwards.
    pub(crate) async fn content_hash(&mut self) -> io::Result<Option<ContentHash>> {
        match &self.source {
            Source::Bytes(bytes) => {
                let bytes = self.part.slice(bytes)?;
                #[cfg(feature = "transport-reqwest")]
                if bytes.len() > PIECE {
                    // It must not hold up other work.
                    return super::offload::offload(move || Ok(Some(ContentHash::of(bytes)))).await;
                }
                Ok(Some(ContentHash::of(bytes)))
            }
            #[cfg(feature = "transport-reqwest")]
            Source::File(source) => source.content_hash(self.part).await,
            _ => Ok(None),
        }
    }

    /// The content for one attempt.
    pub(crate) async fn open(&mut self) -> io::Result<Body> {
        match &self.source {
            Source::Bytes(bytes) => self.part.slice(bytes).map(Body::Bytes),
            #[cfg(feature = "transport-reqwest")]
            Source::File(source) => {
                let content = source.open(self.part).await?;
                if !content.is_replayable() {
                    self.source = Source::Spent;
                }
                Ok(content.into_body())
            }
            _ => self.spend(),
        }
    }

    /// Finds out what an asynchronous file is, which has to be done before its content is asked for.
    pub(crate) async fn settle(&mut self) {
        #[cfg(feature = "transport-reqwest")]
        while let Source::Async(file) = &mut self.source {
            file::settle(file).await;
            if let Source::Async(file) = std::mem::replace(&mut self.source, Source::Spent) {
                self.source = match file::Source::settled(*file) {
                    Ok(file) => Source::File(file),
                    Err(busy) => Source::Async(Box::new(busy)),
                };
            }
        }
    }

    /// The content of a source that can be read only once.
    fn spend(&mut self) -> io::Result<Body> {
        self.part.check_whole()?;
        match std::mem::replace(&mut self.source, Source::Spent) {
            Source::Stream(stream, length) => Ok(Body::Stream(stream, length)),
            _ => Err(io::Error::other(
                "the content can be read only once, and was",
            )),
        }
    }
}

impl fmt::Debug for UploadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Bytes(bytes) => write!(f, "UploadBody({} bytes", bytes.len()),
            #[cfg(feature = "transport-reqwest")]
            Source::File(source) => write!(f, "UploadBody({source:?}"),
            #[cfg(feature = "transport-reqwest")]
            Source::Async(_) => f.write_str("UploadBody(open file"),
            Source::Stream(_, Some(length)) => write!(f, "UploadBody(stream of {length} bytes"),
            Source::Stream(_, None) => f.write_str("UploadBody(stream"),
            Source::Spent => f.write_str("UploadBody(spent"),
        }?;
        write!(f, "{:?})", self.part)
    }
}

macro_rules! from_memory {
    ($($type:ty),+) => {
        $(impl From<$type> for UploadBody {
            fn from(content: $type) -> Self {
                Self::new(Source::Bytes(content.into()))
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

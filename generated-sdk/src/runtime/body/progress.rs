//! Watches content on its way out: a slow upload is told from one that stands still, a broken source from a broken
//! connection, and content from what was announced.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::PIECE;
use crate::runtime::transport::{Body, BoxError, ByteStream};

/// How an upload gets on. Content that is sent at once is not watched.
#[derive(Debug, Default)]
pub(crate) struct Progress(Option<Arc<Counters>>);

#[derive(Debug, Default)]
struct Counters {
    pieces: AtomicU64,
    failed: AtomicBool,
}

impl Progress {
    /// How often content was handed over.
    pub(crate) fn count(&self) -> u64 {
        match &self.0 {
            Some(counters) => counters.pieces.load(Ordering::Relaxed),
            None => 0,
        }
    }

    /// Whether the content could not be read.
    pub(crate) fn has_failed(&self) -> bool {
        self.0
            .as_ref()
            .is_some_and(|counters| counters.failed.load(Ordering::Relaxed))
    }

    /// The same body, watched. What is in memory is cut into pieces, as it would otherwise count once.
    pub(crate) fn watch(&mut self, body: Body) -> Body {
        match body {
            Body::Bytes(bytes) if bytes.len() > PIECE => {
                let length = bytes.len() as u64;
                self.watch_stream(Box::pin(Pieces(bytes)), Some(length))
            }
            Body::Stream(stream, length) => self.watch_stream(stream, length),
            small => small,
        }
    }

    fn watch_stream(&mut self, stream: ByteStream, length: Option<u64>) -> Body {
        let counters = self.0.insert(Arc::new(Counters::default())).clone();
        Body::Stream(
            Box::pin(Watched {
                stream,
                counters,
                sent: 0,
                length,
            }),
            length,
        )
    }
}

/// Content in memory, piece by piece.
struct Pieces(Bytes);

impl Stream for Pieces {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let size = self.0.len().min(PIECE);
        Poll::Ready((size > 0).then(|| Ok(self.0.split_to(size))))
    }
}

struct Watched {
    stream: ByteStream,
    counters: Arc<Counters>,
    sent: u64,
    length: Option<u64>,
}

impl Watched {
    /// What goes out in place of the item: an error, when the content is not as long as was announced.
    fn check(&mut self, item: Option<Result<Bytes, BoxError>>) -> Option<Result<Bytes, BoxError>> {
        let ended = item.is_none();
        if let Some(Ok(piece)) = &item {
            self.sent += piece.len() as u64;
        }
        match self.length {
            Some(length) if self.sent > length || (ended && self.sent < length) => {
                let message = format!("{} bytes came and {length} were announced", self.sent);
                Some(Err(
                    io::Error::new(io::ErrorKind::InvalidData, message).into()
                ))
            }
            _ => item,
        }
    }
}

impl Stream for Watched {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.stream.as_mut().poll_next(cx));
        let item = self.check(item);
        self.counters.pieces.fetch_add(1, Ordering::Relaxed);
        if matches!(item, Some(Err(_))) {
            self.counters.failed.store(true, Ordering::Relaxed);
        }
        Poll::Ready(item)
    }
}

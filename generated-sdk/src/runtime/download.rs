//! Content on its way in: a [`DownloadBody`] hands out what the transport delivers, watches over the time between and
//! holds the whole against what was announced.

mod announced;
#[cfg(feature = "transport-reqwest")]
mod file;
#[cfg(feature = "transport-reqwest")]
mod reader;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::client::Core;
use super::content_hash::ContentHash;
use super::error::Failure;
use super::route::Route;
use super::transport::{BoxFuture, ResponseBody};

pub(crate) use self::announced::Announced;
#[cfg(feature = "transport-reqwest")]
pub use self::reader::AsyncDownloadReader;

/// The answer to a download: the result, and the content that is still on its way.
#[derive(Debug)]
#[non_exhaustive]
pub struct Download<T> {
    /// What the service says of the content.
    pub result: T,
    /// The content. Dropping it ends the transfer.
    pub body: DownloadBody,
    /// How many bytes of content were announced.
    pub content_length: Option<u64>,
    /// The media type of the content.
    pub content_type: Option<String>,
    /// The entity tag, which names this version of the content.
    pub etag: Option<String>,
    /// The id of the call, which the support of Dropbox asks for.
    pub request_id: Option<String>,
}

/// The content of a download as a stream of pieces. An early end is an error, never just an end.
pub struct DownloadBody {
    /// Nothing is left here after the end or an error.
    content: Option<ResponseBody>,
    announced: Announced,
    received: u64,
    pub(super) core: Arc<Core>,
    route: &'static Route,
    limit: Option<Duration>,
    /// When the wait for the next piece began, while there is one.
    since: Option<Duration>,
    alarm: Option<Alarm>,
}

/// Rings when nothing has come for too long. It serves many waits: setting one for each costs more than all else that
/// is done with a piece.
struct Alarm {
    ring: BoxFuture<'static, ()>,
    /// Whether something has come since it was set.
    is_outdated: bool,
}

/// Why [`DownloadBody::collect`] stopped.
pub(crate) enum End {
    Complete,
    TooLong,
    Failed(Box<Failure>),
}

impl DownloadBody {
    pub(crate) fn new(
        content: ResponseBody,
        announced: Announced,
        core: Arc<Core>,
        route: &'static Route,
        limit: Option<Duration>,
    ) -> Self {
        Self {
            content: Some(content),
            announced,
            received: 0,
            core,
            route,
            limit,
            since: None,
            alarm: None,
        }
    }

    /// How many bytes were announced.
    pub(crate) fn length(&self) -> Option<u64> {
        self.announced.length
    }

    /// The hash that all of the content together must have, for those who read it themselves. It is known where
    /// [`Route::content_hash`] says so and no range was asked for.
    pub fn content_hash(&self) -> Option<ContentHash> {
        self.announced.hash
    }

    /// The next piece, or nothing at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Box<Failure>> {
        std::future::poll_fn(|cx| self.poll_piece(cx))
            .await
            .transpose()
    }

    /// All that is left of the content, which must not be longer than `limit` bytes.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, Box<Failure>> {
        let (bytes, end) = self.collect(limit).await;
        match end {
            End::Complete => Ok(bytes),
            End::TooLong => Err(Failure::too_long(self.route, limit)),
            End::Failed(failure) => Err(failure),
        }
    }

    /// All that is left of the content, however long.
    pub(crate) fn all(self) -> impl Future<Output = Result<Bytes, Box<Failure>>> {
        self.bytes(usize::MAX)
    }

    /// Up to `limit` bytes, and why there are no more.
    pub(crate) async fn collect(&mut self, limit: usize) -> (Bytes, End) {
        let mut all = Gathered::default();
        let end = loop {
            let room = limit - all.len();
            match self.chunk().await {
                Ok(Some(mut piece)) if piece.len() > room => {
                    piece.truncate(room);
                    all.add(piece);
                    break End::TooLong;
                }
                Ok(Some(piece)) => all.add(piece),
                Ok(None) => break End::Complete,
                Err(failure) => break End::Failed(failure),
            }
        };
        (all.into_bytes(), end)
    }

    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Box<Failure>>>> {
        let Some(content) = &mut self.content else {
            return Poll::Ready(None);
        };
        let piece = match Pin::new(content).poll_next(cx) {
            Poll::Ready(Some(Ok(piece))) => Some(self.count(piece)),
            Poll::Ready(Some(Err(error))) => Some(Err(Failure::cut_off(self.route, error))),
            Poll::Ready(None) => self.announced.shortfall(self.route, self.received).map(Err),
            Poll::Pending => Some(Err(ready!(self.poll_alarm(cx)))),
        };
        self.since = None;
        match (&piece, &mut self.alarm) {
            (Some(Ok(_)), Some(alarm)) => alarm.is_outdated = true,
            (Some(Ok(_)), None) => {}
            _ => (self.content, self.alarm) = (None, None),
        }
        Poll::Ready(piece)
    }

    /// The piece, unless it is more than was announced.
    fn count(&mut self, piece: Bytes) -> Result<Bytes, Box<Failure>> {
        self.received = self.received.saturating_add(piece.len() as u64);
        let excess = self.announced.excess(self.route, self.received);
        match excess {
            Some(failure) => Err(failure),
            None => Ok(piece),
        }
    }

    /// Fires when nothing has come for too long.
    fn poll_alarm(&mut self, cx: &mut Context<'_>) -> Poll<Box<Failure>> {
        let Some(limit) = self.limit else {
            return Poll::Pending;
        };
        let clock = &self.core.clock;
        let since = match self.since {
            Some(since) => since,
            None => *self.since.insert(clock.elapsed()),
        };
        let alarm = match &mut self.alarm {
            Some(alarm) => alarm,
            None => self.alarm.insert(Alarm {
                ring: clock.sleep(limit),
                is_outdated: false,
            }),
        };
        ready!(alarm.ring.as_mut().poll(cx));
        if alarm.is_outdated {
            let waited = clock.elapsed().saturating_sub(since);
            alarm.ring = clock.sleep(limit.saturating_sub(waited));
            alarm.is_outdated = false;
            ready!(alarm.ring.as_mut().poll(cx));
        }
        Poll::Ready(Failure::timeout(self.route, limit))
    }
}

/// Pieces put together. A single one, as most answers are, is not copied.
#[derive(Default)]
struct Gathered {
    first: Bytes,
    all: BytesMut,
}

impl Gathered {
    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    fn add(&mut self, piece: Bytes) {
        if self.len() == 0 {
            self.first = piece;
            return;
        }
        self.all.extend_from_slice(&std::mem::take(&mut self.first));
        self.all.extend_from_slice(&piece);
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.freeze()
        }
    }
}

impl Stream for DownloadBody {
    type Item = Result<Bytes, Box<Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(cx)
    }
}

impl fmt::Debug for DownloadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DownloadBody({})", self.route)
    }
}

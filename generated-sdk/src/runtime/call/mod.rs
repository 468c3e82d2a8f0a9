//! One call of one route, from its argument to its result. What depends on types is a few lines here; everything
//! else is [`exchange`], which is compiled once.

mod answer;
mod details;
mod exchange;
mod hashing;
mod preview;
mod raw;
mod request;
mod root;
mod seen;
mod settings;

use std::fmt;
use std::marker::PhantomData;
use std::ops::RangeBounds;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::body::UploadBody;
use super::client::{Client, PathRoot};
use super::download::Download;
use super::error::{Error, Failure};
use super::retry::RetryPolicy;
use super::route::Route;
use super::transport::BoxFuture;
use super::wire::{Blank, Wire};

pub use self::answer::Output;
pub use self::details::Detailed;
use self::exchange::start;
pub(crate) use self::exchange::{Outcome, send, sort};
pub use self::preview::RequestPreview;
use self::settings::Settings;

/// A call that was described and not made yet: nothing happens before `.await`.
///
/// `T` is what it gives, `E` the error that the route declares. Settings made here hold for this call alone.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T, E> {
    pending: Box<Pending>,
    answer: PhantomData<fn() -> (T, E)>,
}

/// A call without its types.
pub(crate) struct Pending {
    client: Client,
    route: &'static Route,
    arg: Box<dyn Wire>,
    body: Option<UploadBody>,
    settings: Settings,
}

impl Pending {
    /// How long to wait while nothing moves.
    fn read_timeout(&self) -> Option<Duration> {
        let config = &self.client.core.config;
        self.settings
            .read_timeout
            .or(config.read_timeout(self.route))
    }

    /// How long an attempt may take.
    fn attempt_timeout(&self) -> Option<Duration> {
        let config = &self.client.core.config;
        self.settings
            .attempt_timeout
            .or(config.attempt_timeout(self.route))
    }

    #[inline(never)]
    fn new(
        client: &Client,
        route: &'static Route,
        arg: Box<dyn Wire>,
        body: Option<UploadBody>,
    ) -> Box<Self> {
        Box::new(Self {
            client: client.clone(),
            route,
            arg,
            body,
            settings: Settings::default(),
        })
    }
}

impl<T, E> Call<T, E> {
    /// A call whose argument and result are JSON bodies.
    pub fn rpc<A: Wire + 'static>(client: &Client, route: &'static Route, arg: A) -> Self {
        Self::new(client, route, Box::new(arg), None)
    }

    /// A call that sends content; its argument is a header.
    pub fn upload<A: Wire + 'static>(
        client: &Client,
        route: &'static Route,
        arg: A,
        body: UploadBody,
    ) -> Self {
        Self::new(client, route, Box::new(arg), Some(body))
    }

    fn new(
        client: &Client,
        route: &'static Route,
        arg: Box<dyn Wire>,
        body: Option<UploadBody>,
    ) -> Self {
        Self {
            pending: Pending::new(client, route, arg, body),
            answer: PhantomData,
        }
    }

    /// How long the call may take until its result is there, instead of
    /// [`ClientBuilder::total_timeout`](super::ClientBuilder::total_timeout), which says what is counted.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.pending.settings.timeout = Some(limit);
        self
    }

    /// How long each attempt may take, instead of
    /// [`ClientBuilder::attempt_timeout`](super::ClientBuilder::attempt_timeout); it holds for any call, also for those
    /// that upload or wait.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.pending.settings.attempt_timeout = Some(limit);
        self
    }

    /// How long to wait while nothing moves, instead of
    /// [`ClientBuilder::read_timeout`](super::ClientBuilder::read_timeout); it holds for any call, also for those that
    /// wait, and for the content of a download.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.pending.settings.read_timeout = Some(limit);
        self
    }

    /// Whether the hash of the content is sent along, instead of what
    /// [`ClientBuilder::content_hash`](super::ClientBuilder::content_hash) says.
    pub fn content_hash(mut self, send: bool) -> Self {
        self.pending.settings.content_hash = Some(send);
        self
    }

    /// How the call is repeated when it fails in a way that passes, instead of the policy of the client.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.pending.settings.retry = Some(policy);
        self
    }

    /// Adds a header. Those that the client manages are refused when the call is made.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.pending.settings.header(name, value);
        self
    }

    /// The namespace that paths are relative to, instead of that of the client.
    pub fn path_root(mut self, root: PathRoot) -> Self {
        self.pending.settings.path_root = Some(root.to_header());
        self
    }

    /// Gives the status and the id of the request beside the result.
    pub fn with_details(self) -> Call<Detailed<T>, E> {
        Call {
            pending: self.pending,
            answer: PhantomData,
        }
    }

    /// What would be sent, with the credential left out.
    pub fn to_request(&self) -> Result<RequestPreview, Box<Failure>> {
        preview::preview(&self.pending)
    }
}

impl<R, E> Call<Download<R>, E> {
    /// A call that receives content; argument and result are headers.
    pub fn download<A: Wire + 'static>(client: &Client, route: &'static Route, arg: A) -> Self {
        Self::new(client, route, Box::new(arg), None)
    }

    /// Asks for these bytes of the content only, counted from 0: `0..1024`, `1024..`, `..=99`.
    pub fn range(mut self, range: impl RangeBounds<u64>) -> Self {
        self.pending
            .settings
            .range(range.start_bound().cloned(), range.end_bound().cloned());
        self
    }

    /// Asks for the last bytes of the content only, as many as `count`.
    pub fn last_bytes(mut self, count: u64) -> Self {
        self.pending.settings.last_bytes(count);
        self
    }

    /// Asks for the content only if it is not the one with this tag, which [`Download::etag`] of an earlier answer was. If
    /// it still is, the call fails with [`FailureKind::NotModified`](crate::FailureKind::NotModified), and nothing is
    /// transferred. The request goes by `GET` (RFC 9110, section 13.1.2).
    pub fn if_none_match(mut self, tag: &str) -> Self {
        self.pending.settings.if_none_match(tag);
        self
    }
}

impl<T: Output, E: Wire + Blank> IntoFuture for Call<T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = CallFuture<T, E>;

    fn into_future(self) -> CallFuture<T, E> {
        CallFuture {
            exchange: start(self.pending),
            answer: PhantomData,
        }
    }
}

#[cfg(feature = "blocking")]
impl<T: Output, E: Wire + Blank> Call<T, E> {
    /// Makes the call and waits for it, on a thread of the client. Works within an asynchronous runtime as well, whose
    /// thread it holds up meanwhile.
    pub fn send_blocking(self) -> Result<T, Error<E>> {
        finish(exchange::exchange_blocking(self.pending))
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({})", self.pending.route)
    }
}

/// A call that is being made. Dropping it ends the call.
#[must_use = "a future does nothing until it is awaited"]
pub struct CallFuture<T, E> {
    exchange: BoxFuture<'static, Outcome>,
    answer: PhantomData<fn() -> (T, E)>,
}

impl<T: Output, E: Wire + Blank> Future for CallFuture<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.exchange.as_mut().poll(cx).map(finish)
    }
}

impl<T, E> fmt::Debug for CallFuture<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallFuture")
    }
}

/// Gives the outcome its types.
fn finish<T: Output, E: Wire + Blank>(outcome: Outcome) -> Result<T, Error<E>> {
    match outcome {
        Outcome::Answered(answer) => T::from_answer(answer).map_err(Error::Failed),
        Outcome::Refused(reply) => Err(Error::refused(reply)),
        Outcome::Failed(failure) => Err(Error::Failed(failure)),
    }
}

//! Seeing what a client does: [`Hooks`] are told of attempts, retries, new tokens and the ends of calls.
//!
//! In: the steps of each call. Out: events for the application's metrics and, with the feature `tracing`, spans. No event
//! holds a credential, an argument, a result or content.

#[cfg_attr(not(feature = "tracing"), path = "untraced.rs")]
mod trace;
mod watch;

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::auth::CredentialError;
use super::error::FailureKind;
use super::route::Route;

pub(crate) use self::trace::refreshed;
pub(crate) use self::watch::Watch;

/// Is told what a client does, to count and to measure; set by
/// [`ClientBuilder::hooks`](super::ClientBuilder::hooks). Every method does nothing unless it is written.
///
/// The methods are called in between the steps of calls and hold them up: they must not block.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use generated_sdk::runtime::hooks::{Ended, Hooks, Retry};
///
/// #[derive(Debug, Default)]
/// struct Metrics {
///     calls: AtomicU64,
///     retries: AtomicU64,
/// }
///
/// impl Hooks for Metrics {
///     fn on_retry(&self, _: &Retry) {
///         self.retries.fetch_add(1, Ordering::Relaxed);
///     }
///
///     fn on_call_end(&self, _: &Ended<'_>) {
///         self.calls.fetch_add(1, Ordering::Relaxed);
///     }
/// }
/// ```
pub trait Hooks: Send + Sync + fmt::Debug {
    /// A call is about to be sent, for the first time or again.
    fn on_attempt_start(&self, attempt: &Started) {
        let _ = attempt;
    }

    /// An attempt came to an end. Each one that started ends, even when its call is dropped.
    fn on_attempt_end(&self, attempt: &Ended<'_>) {
        let _ = attempt;
    }

    /// A call will be made again, after a pause.
    fn on_retry(&self, retry: &Retry) {
        let _ = retry;
    }

    /// A new token was asked for, once for all calls that wait for it.
    fn on_refresh(&self, refresh: &Refreshed<'_>) {
        let _ = refresh;
    }

    /// A call came to an end, whether it was sent or not.
    fn on_call_end(&self, call: &Ended<'_>) {
        let _ = call;
    }
}

/// An attempt begins.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Started {
    /// Which call it is, counted by the client and all that were derived from it.
    pub call: u64,
    /// The route that is called.
    pub route: &'static Route,
    /// Which attempt of the call it is, from 1.
    pub attempt: u32,
}

/// The end of an attempt or of a call. What is told of the answer is, for a call, that of its last attempt.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Ended<'a> {
    /// Which call it is, counted by the client and all that were derived from it.
    pub call: u64,
    /// The route that was called.
    pub route: &'static Route,
    /// Which attempt it was, from 1; for a call how many there were, 0 when nothing was sent.
    pub attempt: u32,
    /// How it ended.
    pub ending: Ending,
    /// The status of the answer, if there was one.
    pub status: Option<StatusCode>,
    /// The id that the server gave the request, which the support of Dropbox asks for.
    pub request_id: Option<&'a str>,
    /// The tags of the error, such as `path/not_found`; empty where there are none.
    pub tag_path: &'a str,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// How long it took; for a call with all pauses.
    pub duration: Duration,
    /// The size of the body that was sent, where it is known beforehand.
    pub bytes_out: Option<u64>,
    /// The size of the body that came back, as far as it was read: nothing for content, which is read later.
    pub bytes_in: Option<u64>,
}

/// How an attempt or a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ending {
    /// The server gave a result. It is decoded afterwards.
    Succeeded,
    /// The server gave an error that the route declares.
    Refused,
    /// It failed otherwise.
    Failed(FailureKind),
    /// The call was dropped, or its time was up, before there was an answer.
    Dropped,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Succeeded => f.write_str("succeeded"),
            Self::Refused => f.write_str("refused"),
            Self::Failed(kind) => write!(f, "failed: {kind:?}"),
            Self::Dropped => f.write_str("dropped"),
        }
    }
}

/// A call will be made again.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Retry {
    /// Which call it is, counted by the client and all that were derived from it.
    pub call: u64,
    /// The route that was called.
    pub route: &'static Route,
    /// Which attempt failed, from 1.
    pub attempt: u32,
    /// How it failed.
    pub ending: Ending,
    /// How long until the next attempt; no time at all when only the token has to be replaced.
    pub pause: Duration,
}

/// A new token was asked for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Refreshed<'a> {
    /// How long it took, with retries.
    pub duration: Duration,
    /// Why there is none, if there is none.
    pub error: Option<&'a CredentialError>,
}

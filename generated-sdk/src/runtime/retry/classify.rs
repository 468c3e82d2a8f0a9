//! What the end of an attempt means for the next one. Knows nothing of time, of chance or of the policy.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::budget::Cost;
use crate::runtime::error::{Failure, FailureKind, Reply};
use crate::runtime::route::Route;

/// What to do after an attempt that failed. Where several judge it, one that forbids outweighs all that ask for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Make the call again.
    Retry,
    /// On no account make the call again.
    Forbid,
    /// Leave it to others; if nobody asks for a retry, there is none.
    NoOpinion,
}

/// An attempt that failed, for those who judge it.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    route: &'static Route,
    number: u32,
    trouble: Trouble<'a>,
}

/// How an attempt failed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trouble<'a> {
    /// With an error that the route declares.
    Refused(&'a Reply),
    /// Otherwise.
    Failed(&'a Failure),
}

impl Trouble<'_> {
    /// Whether a new token would help.
    pub(crate) fn is_expired_token(&self) -> bool {
        matches!(self, Self::Failed(failure) if failure.is_expired_token())
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(reply) => reply.retry_after,
            // What the specification gives as the default of the wait.
            Self::Failed(failure) if failure.kind() == FailureKind::RateLimited => {
                failure.retry_after().or(Some(Duration::from_secs(1)))
            }
            Self::Failed(failure) => failure.retry_after(),
        }
    }
}

impl<'a> Attempt<'a> {
    pub(super) fn new(route: &'static Route, number: u32, trouble: Trouble<'a>) -> Self {
        Self {
            route,
            number,
            trouble,
        }
    }

    /// The route that was called.
    pub fn route(&self) -> &'static Route {
        self.route
    }

    /// Which attempt of the call it was, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The status that the server answered with, if it did.
    pub fn status(&self) -> Option<StatusCode> {
        match self.trouble {
            Trouble::Refused(_) => Some(StatusCode::CONFLICT),
            Trouble::Failed(failure) => failure.status(),
        }
    }

    /// What kind of trouble it was; nothing for an error that the route declares.
    pub fn kind(&self) -> Option<FailureKind> {
        match self.trouble {
            Trouble::Refused(_) => None,
            Trouble::Failed(failure) => Some(failure.kind()),
        }
    }

    /// The tags of the error from the outside in, such as `path/not_found`; empty when the server gave none.
    pub fn tag_path(&self) -> &'a str {
        match self.trouble {
            Trouble::Refused(reply) => &reply.tag_path,
            Trouble::Failed(failure) => failure.tag_path(),
        }
    }

    /// Whether the server may have acted on the call: it saw some of it, and did not say that it refused it.
    pub fn may_have_worked(&self) -> bool {
        match self.trouble {
            Trouble::Refused(_) => false,
            Trouble::Failed(failure) => failure.may_have_worked(),
        }
    }

    pub(super) fn cost(&self) -> Cost {
        match (self.trouble, self.kind()) {
            (Trouble::Refused(_), _) | (_, Some(FailureKind::RateLimited)) => Cost::Throttled,
            _ => Cost::Failed,
        }
    }

    /// What the SDK itself thinks of it: trouble that passes is worth another attempt, if a call that worked after all
    /// may be made twice.
    pub(super) fn verdict(&self) -> Verdict {
        let passes = match self.trouble {
            Trouble::Refused(reply) => reply.is_busy(),
            Trouble::Failed(failure) => failure.is_retryable(),
        };
        if passes && (!self.may_have_worked() || self.route.repeat.is_harmless()) {
            Verdict::Retry
        } else {
            Verdict::NoOpinion
        }
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("route", &format_args!("{}", self.route))
            .field("number", &self.number)
            .field("status", &self.status())
            .field("kind", &self.kind())
            .field("tag_path", &self.tag_path())
            .finish()
    }
}

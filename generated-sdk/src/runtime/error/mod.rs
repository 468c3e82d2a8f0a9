//! Why a call gave no result. Declared errors of a route are [`ApiError`]s, everything else is a [`Failure`]; both keep
//! what the server said.

mod api;
mod failure;
mod message;
mod reply;
mod retry_after;

use std::error::Error as StdError;
use std::fmt;

use super::auth::CredentialErrorKind;
use super::wire::{Blank, Wire};

pub use self::api::ApiError;
pub use self::failure::{Failure, FailureKind};
pub(crate) use self::reply::Reply;
use self::reply::reply_accessors;

/// The error of a call of a route that declares the errors `E`.
#[non_exhaustive]
pub enum Error<E> {
    /// The route refused the call in the way it declares.
    Api(Box<ApiError<E>>),
    /// Anything else went wrong.
    Failed(Box<Failure>),
}

// Results are moved around a lot; the error must not make them larger than a pointer and a tag.
const _: () = assert!(size_of::<Error<()>>() == 16 && size_of::<Error<[u64; 64]>>() == 16);

impl<E> Error<E> {
    /// The declared error, for matching.
    pub fn api(&self) -> Option<&E> {
        match self {
            Error::Api(refusal) => Some(&refusal.error),
            Error::Failed(_) => None,
        }
    }

    /// What went wrong, when it is not a declared error.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Error::Api(_) => None,
            Error::Failed(failure) => Some(failure),
        }
    }

    fn reply(&self) -> Option<&Reply> {
        match self {
            Error::Api(refusal) => refusal.reply(),
            Error::Failed(failure) => failure.reply(),
        }
    }

    reply_accessors!();

    /// Whether the same call may succeed later without anything being changed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Error::Api(refusal) => refusal.is_retryable(),
            Error::Failed(failure) => failure.is_retryable(),
        }
    }

    /// Whether the access token is too old, so that a new one would help.
    pub fn is_auth_expired(&self) -> bool {
        self.failure().is_some_and(Failure::is_expired_token)
    }

    /// Whether the person has to authorize the app again: the token is not accepted and will not be.
    pub fn is_reauth_needed(&self) -> bool {
        self.failure().is_some_and(|failure| match failure.kind() {
            FailureKind::Auth => matches!(
                failure.tag_path(),
                "" | "invalid_access_token" | "missing_scope"
            ),
            FailureKind::Credential => {
                failure.credential_error() == Some(CredentialErrorKind::Reauthorize)
            }
            _ => false,
        })
    }

    /// Whether the call was about something that is not there.
    pub fn is_not_found(&self) -> bool {
        self.has_tag("not_found")
    }

    /// Whether something else is in the way, such as a file with the same name.
    pub fn is_conflict(&self) -> bool {
        self.has_tag("conflict")
    }

    /// Whether the content that [`Call::if_none_match`](crate::Call::if_none_match) asks for is still the one with that tag.
    pub fn is_not_modified(&self) -> bool {
        self.failure()
            .is_some_and(|failure| failure.kind() == FailureKind::NotModified)
    }

    fn has_tag(&self, tag: &str) -> bool {
        matches!(self, Error::Api(_)) && self.tag_path().split('/').any(|step| step == tag)
    }
}

impl<E: Wire + Blank> Error<E> {
    /// The error of an answer that says that the route refused the call.
    pub(crate) fn refused(reply: Box<Reply>) -> Self {
        let mut error = E::fresh();
        match reply.read_error(&mut error) {
            Ok(()) => Error::Api(Box::new(ApiError { error, reply })),
            Err(source) => Error::Failed(Failure::undecodable(reply, source)),
        }
    }
}

impl<E> From<Box<Failure>> for Error<E> {
    fn from(failure: Box<Failure>) -> Self {
        Error::Failed(failure)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Api(refusal) => refusal.fmt(f),
            Error::Failed(failure) => failure.fmt(f),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Api(refusal) => refusal.fmt(f),
            Error::Failed(failure) => failure.fmt(f),
        }
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Error::Api(_) => None,
            Error::Failed(failure) => failure.source(),
        }
    }
}

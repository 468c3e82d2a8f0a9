//! Everything that can go wrong with a call, except for the errors that its route declares.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use http::StatusCode;

use super::message::{failure_line, hint};
use super::reply::{Reply, reply_accessors};
use crate::runtime::auth::{CredentialError, CredentialErrorKind, blackened};
use crate::runtime::route::{Route, Style};
use crate::runtime::transport::{BoxError, TransportError, TransportErrorKind};
use crate::runtime::wire::{DecodeError, ValidationError};

/// A call that failed.
#[derive(Debug)]
pub struct Failure {
    pub(super) kind: FailureKind,
    pub(super) route: &'static Route,
    pub(super) message: String,
    pub(super) reply: Option<Box<Reply>>,
    source: Option<BoxError>,
}

/// What kind of trouble a [`Failure`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The server does not accept the credential (401).
    Auth,
    /// The account or the team may not do this (403).
    Access,
    /// There were too many calls (429).
    RateLimited,
    /// The path root does not fit the account (422).
    PathRoot,
    /// The server does not understand the request (400).
    BadInput,
    /// The server has trouble of its own (5xx).
    Server,
    /// The connection failed.
    Transport,
    /// A limit of time was reached.
    Timeout,
    /// The answer is not what the specification says.
    Decode,
    /// The call was not sent, or not to its end, because of its argument, its content or its settings.
    InvalidArgument,
    /// The call was not sent because the credential does not go with it.
    Credential,
    /// The content of a download cannot be written to its file.
    File,
    /// The content of a download is still the one that the caller has
    /// ([`Call::if_none_match`](crate::Call::if_none_match), 304).
    NotModified,
    /// The server answered in a way that nothing is known of.
    Unexpected,
}

impl Failure {
    /// What kind of trouble it is.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// The route that was called.
    pub fn route(&self) -> &'static Route {
        self.route
    }

    pub(super) fn reply(&self) -> Option<&Reply> {
        self.reply.as_deref()
    }

    reply_accessors!();

    /// The scope that the access token lacks, when that is the reason.
    pub fn required_scope(&self) -> Option<String> {
        self.reply()?.detail("required_scope")
    }

    /// The id of the root that the user has now, when the path root of the call is out of date.
    pub fn root_namespace_id(&self) -> Option<String> {
        self.reply()?.detail("root_namespace_id")
    }

    /// Whether the same call may succeed later without anything being changed. Whether it is safe to repeat it is
    /// another question: the server may have acted on it.
    pub fn is_retryable(&self) -> bool {
        use FailureKind::{RateLimited, Server, Timeout, Transport};
        matches!(self.kind, RateLimited | Server | Timeout | Transport)
            || self.credential_error() == Some(CredentialErrorKind::Unavailable)
    }

    /// Why there is no token to make the call with, when that is the reason.
    pub fn credential_error(&self) -> Option<CredentialErrorKind> {
        self.cause::<CredentialError>().map(CredentialError::kind)
    }

    /// Whether the access token is too old, so that a new one would help.
    pub(crate) fn is_expired_token(&self) -> bool {
        self.kind == FailureKind::Auth && self.tag_path() == "expired_access_token"
    }

    /// Whether the server may have acted on the call: it saw some of it, and did not say that it refused it.
    pub(crate) fn may_have_worked(&self) -> bool {
        match self.kind {
            FailureKind::Transport | FailureKind::Timeout => {
                let reached = |error: &TransportError| error.kind() != TransportErrorKind::Connect;
                self.cause().is_none_or(reached)
            }
            // An overloaded server turns calls away before it looks at them.
            FailureKind::Server => self.status() != Some(StatusCode::SERVICE_UNAVAILABLE),
            FailureKind::Decode | FailureKind::Unexpected => true,
            _ => false,
        }
    }

    fn cause<T: Error + 'static>(&self) -> Option<&T> {
        self.source.as_ref()?.downcast_ref()
    }

    /// Takes secrets out that the server may have repeated.
    pub(crate) fn redact(&mut self, secrets: &[String]) {
        for secret in secrets {
            if secret.is_empty() {
                continue;
            }
            self.message = blackened(&self.message, secret);
            if let Some(reply) = &mut self.reply {
                reply.redact(secret);
            }
        }
    }

    #[cold]
    fn new(kind: FailureKind, route: &'static Route, message: impl Into<String>) -> Self {
        Self {
            kind,
            route,
            message: message.into(),
            reply: None,
            source: None,
        }
    }

    fn caused(mut self, source: BoxError) -> Box<Self> {
        self.source = Some(source);
        Box::new(self)
    }

    fn answered(mut self, reply: Box<Reply>) -> Self {
        self.reply = Some(reply);
        self
    }

    /// The answer is an error that no route declares.
    #[cold]
    pub(crate) fn replied(reply: Box<Reply>) -> Box<Self> {
        let kind = match reply.status {
            StatusCode::BAD_REQUEST => FailureKind::BadInput,
            StatusCode::UNAUTHORIZED => FailureKind::Auth,
            StatusCode::FORBIDDEN => FailureKind::Access,
            StatusCode::UNPROCESSABLE_ENTITY => FailureKind::PathRoot,
            StatusCode::TOO_MANY_REQUESTS => FailureKind::RateLimited,
            StatusCode::NOT_MODIFIED if reply.route.style == Style::Download => {
                FailureKind::NotModified
            }
            status if status.is_server_error() => FailureKind::Server,
            _ => FailureKind::Unexpected,
        };
        let message = hint(kind, &reply);
        Box::new(Self::new(kind, reply.route, message).answered(reply))
    }

    /// An answer that looks like a declared error, but is about the credential.
    #[cold]
    pub(crate) fn hidden_auth(reply: Box<Reply>) -> Box<Self> {
        let message = hint(FailureKind::Auth, &reply);
        Box::new(Self::new(FailureKind::Auth, reply.route, message).answered(reply))
    }

    #[cold]
    pub(crate) fn unexpected(reply: Box<Reply>, message: &str) -> Box<Self> {
        Box::new(Self::new(FailureKind::Unexpected, reply.route, message).answered(reply))
    }

    /// The JSON of the answer is not of the type that the route declares; for a conflict without JSON, nobody can say
    /// what the error is.
    #[cold]
    pub(crate) fn undecodable(reply: Box<Reply>, error: DecodeError) -> Box<Self> {
        if reply.status == StatusCode::CONFLICT && reply.error_json().is_none() {
            return Self::replied(reply);
        }
        Self::new(
            FailureKind::Decode,
            reply.route,
            "the answer cannot be decoded",
        )
        .answered(reply)
        .caused(error.into())
    }

    #[cold]
    pub(crate) fn transport(route: &'static Route, error: TransportError) -> Box<Self> {
        let kind = match error.kind() {
            TransportErrorKind::Timeout => FailureKind::Timeout,
            TransportErrorKind::Connect | TransportErrorKind::Interrupted => FailureKind::Transport,
        };
        Self::new(kind, route, error.to_string()).caused(error.into())
    }

    #[cfg(feature = "blocking")]
    #[cold]
    pub(crate) fn no_thread(route: &'static Route, error: io::Error) -> Box<Self> {
        Self::new(
            FailureKind::Transport,
            route,
            "there is no thread for blocking calls",
        )
        .caused(error.into())
    }

    #[cold]
    pub(crate) fn cut_off(route: &'static Route, error: BoxError) -> Box<Self> {
        Self::new(
            FailureKind::Transport,
            route,
            "the answer broke off before its end",
        )
        .caused(error)
    }

    /// What came is not what was announced.
    #[cold]
    pub(crate) fn corrupt(route: &'static Route, message: impl Into<String>) -> Box<Self> {
        Box::new(Self::new(FailureKind::Transport, route, message))
    }

    #[cfg(feature = "transport-reqwest")]
    #[cold]
    pub(crate) fn unwritable(route: &'static Route, error: io::Error) -> Box<Self> {
        let message = "the content cannot be written to its file";
        Self::new(FailureKind::File, route, message).caused(error.into())
    }

    #[cold]
    pub(crate) fn timeout(route: &'static Route, limit: Duration) -> Box<Self> {
        Box::new(Self::new(
            FailureKind::Timeout,
            route,
            format!("no answer within {limit:?}"),
        ))
    }

    #[cold]
    pub(crate) fn too_long(route: &'static Route, limit: usize) -> Box<Self> {
        Box::new(Self::new(
            FailureKind::Unexpected,
            route,
            format!("the content is longer than {limit} bytes"),
        ))
    }

    #[cold]
    pub(crate) fn invalid(route: &'static Route, error: ValidationError) -> Box<Self> {
        let message = format!("the argument breaks a rule of the specification: {error}");
        Self::new(FailureKind::InvalidArgument, route, message).caused(error.into())
    }

    #[cold]
    pub(crate) fn invalid_argument(route: &'static Route, message: impl Into<String>) -> Box<Self> {
        Box::new(Self::new(FailureKind::InvalidArgument, route, message))
    }

    #[cold]
    pub(crate) fn unreadable(route: &'static Route, error: impl Into<BoxError>) -> Box<Self> {
        Self::new(
            FailureKind::InvalidArgument,
            route,
            "the content to upload cannot be read",
        )
        .caused(error.into())
    }

    /// There is no token to make the call with.
    #[cold]
    pub(crate) fn no_credential(route: &'static Route, error: CredentialError) -> Box<Self> {
        Self::new(FailureKind::Credential, route, error.to_string()).caused(error.into())
    }

    #[cold]
    pub(crate) fn credential(route: &'static Route, message: impl Into<String>) -> Box<Self> {
        Box::new(Self::new(FailureKind::Credential, route, message))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        failure_line(self, f)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

impl From<Box<Failure>> for io::Error {
    /// Lets the content of a download be read by what expects the errors of files.
    fn from(failure: Box<Failure>) -> Self {
        let kind = match failure.kind {
            FailureKind::Timeout => io::ErrorKind::TimedOut,
            FailureKind::Transport => io::ErrorKind::ConnectionAborted,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, failure)
    }
}

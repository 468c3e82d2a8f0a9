//! What the token endpoint refuses, and what keeps a program from asking it.

use std::error::Error;
use std::fmt;

use crate::runtime::auth::{CredentialError, CredentialErrorKind};
use crate::runtime::error::{Failure, FailureKind};

/// The token endpoint gave no tokens.
#[derive(Debug)]
pub struct OAuthError {
    kind: OAuthErrorKind,
    failure: Box<Failure>,
}

/// What kind of trouble an [`OAuthError`] is: the errors of RFC 6749, section 5.2, and what is beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuthErrorKind {
    /// The code or the refresh token does not work, or not any more: the person has to authorize the app again.
    InvalidGrant,
    /// The key or the secret of the app is wrong.
    InvalidClient,
    /// Something is missing in the request, or does not fit the authorization.
    InvalidRequest,
    /// The app may not ask in this way.
    UnauthorizedClient,
    /// The server does not know this way to ask.
    UnsupportedGrantType,
    /// A scope is not known, or was not granted.
    InvalidScope,
    /// The server could not be reached or has trouble of its own, which passes.
    Unavailable,
    /// Anything else.
    Other,
}

impl OAuthError {
    pub(super) fn new(failure: Box<Failure>) -> Self {
        // The server may go on with words after the name.
        let name = failure.tag_path().split(':').next().unwrap_or_default();
        let kind = match name {
            "invalid_grant" => OAuthErrorKind::InvalidGrant,
            "invalid_client" => OAuthErrorKind::InvalidClient,
            "invalid_request" => OAuthErrorKind::InvalidRequest,
            "unauthorized_client" => OAuthErrorKind::UnauthorizedClient,
            "unsupported_grant_type" => OAuthErrorKind::UnsupportedGrantType,
            "invalid_scope" => OAuthErrorKind::InvalidScope,
            _ if failure.is_retryable() => OAuthErrorKind::Unavailable,
            _ => OAuthErrorKind::Other,
        };
        Self { kind, failure }
    }

    /// What kind of trouble it is.
    pub fn kind(&self) -> OAuthErrorKind {
        self.kind
    }

    /// What the server says of it in words; empty when it says nothing.
    pub fn description(&self) -> &str {
        self.failure.summary()
    }

    /// How the call went wrong, with the status and the body of the answer.
    pub fn failure(&self) -> &Failure {
        &self.failure
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hint = match self.kind {
            OAuthErrorKind::InvalidGrant => {
                "access has ended or the code was used, authorize the app again"
            }
            OAuthErrorKind::InvalidClient => "the key or the secret of the app is wrong",
            _ => return self.failure.fmt(f),
        };
        match self.description() {
            "" => f.write_str(hint),
            said => write!(f, "{hint}: {said}"),
        }
    }
}

impl Error for OAuthError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.failure)
    }
}

impl From<OAuthError> for CredentialError {
    fn from(error: OAuthError) -> Self {
        let kind = match (error.kind, error.failure.kind()) {
            (OAuthErrorKind::InvalidGrant, _) => CredentialErrorKind::Reauthorize,
            (OAuthErrorKind::Unavailable, _) | (_, FailureKind::Decode) => {
                CredentialErrorKind::Unavailable
            }
            _ => CredentialErrorKind::Rejected,
        };
        let message = format!("no access token could be got: {error}");
        CredentialError::caused_by(kind, message, error)
    }
}

/// The operating system has no random numbers to give, without which nothing here is safe.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoRandomness(pub(super) getrandom::Error);

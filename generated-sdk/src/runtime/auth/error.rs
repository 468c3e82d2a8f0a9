//! Why there is no credential for a call. One failure answers all calls that waited, so that it can be cloned.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::runtime::transport::BoxError;

/// A credential could not be obtained.
#[derive(Clone)]
pub struct CredentialError(Arc<Inner>);

struct Inner {
    kind: CredentialErrorKind,
    message: String,
    source: Option<BoxError>,
}

/// What a [`CredentialError`] asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialErrorKind {
    /// Access has ended: the user or the team has to authorize the app again.
    Reauthorize,
    /// The server does not accept what the app says of itself, such as its key or its secret.
    Rejected,
    /// The server could not be asked, or could not answer: trouble that passes.
    Unavailable,
    /// The credential was revoked by this program.
    Revoked,
}

impl CredentialError {
    /// For a [`TokenProvider`](super::TokenProvider) that has no token to give.
    pub fn new(kind: CredentialErrorKind, message: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            kind,
            message: message.into(),
            source: None,
        }))
    }

    /// The same with what it came from.
    pub fn caused_by(
        kind: CredentialErrorKind,
        message: impl Into<String>,
        source: impl Into<BoxError>,
    ) -> Self {
        let source = Some(source.into());
        Self(Arc::new(Inner {
            kind,
            message: message.into(),
            source,
        }))
    }

    pub(super) fn revoked() -> Self {
        Self::new(
            CredentialErrorKind::Revoked,
            "the credential was revoked, authorize the app again",
        )
    }

    pub(super) fn unsendable() -> Self {
        let message = "the credential has characters that no header can carry";
        Self::new(CredentialErrorKind::Rejected, message)
    }

    /// What it asks for.
    pub fn kind(&self) -> CredentialErrorKind {
        self.0.kind
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialError")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for CredentialError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}

//! Failures that are no error of a route, but have a type in the specification all the same.

use crate::json::{self, Blank, Wire};
use crate::runtime::{Failure, FailureKind};

/// The error of an answer as its type. Answers without one, such as a page of a proxy, have none.
fn typed<T: Wire + Blank>(failure: &Failure, kind: FailureKind) -> Option<T> {
    if failure.kind() != kind {
        return None;
    }
    json::from_str(failure.error_json()?).ok()
}

#[cfg(feature = "auth")]
impl Failure {
    /// Why the credential was not accepted (401).
    pub fn auth_error(&self) -> Option<crate::auth::AuthError> {
        typed(self, FailureKind::Auth)
    }

    /// Why the account or the team may not do this (403).
    pub fn access_error(&self) -> Option<crate::auth::AccessError> {
        typed(self, FailureKind::Access)
    }

    /// Which limit was reached (429).
    pub fn rate_limit_error(&self) -> Option<crate::auth::RateLimitError> {
        typed(self, FailureKind::RateLimited)
    }
}

#[cfg(feature = "common")]
impl Failure {
    /// Why the path root cannot be used (422).
    pub fn path_root_error(&self) -> Option<crate::common::PathRootError> {
        typed(self, FailureKind::PathRoot)
    }
}

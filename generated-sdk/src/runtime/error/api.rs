//! The errors that a route declares.

use std::error::Error;
use std::fmt;

use super::message::api_line;
use super::reply::{Reply, reply_accessors};

/// The server refused a call with an error that the route declares.
#[non_exhaustive]
pub struct ApiError<E> {
    /// The error, of the type that the route declares.
    pub error: E,
    pub(super) reply: Box<Reply>,
}

impl<E> ApiError<E> {
    pub(super) fn reply(&self) -> Option<&Reply> {
        Some(&self.reply)
    }

    reply_accessors!();

    /// Whether the same call may succeed later without anything being changed.
    pub fn is_retryable(&self) -> bool {
        self.reply.is_busy()
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("error", &self.error)
            .field("reply", &self.reply)
            .finish()
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        api_line(&self.reply, f)
    }
}

impl<E: fmt::Debug> Error for ApiError<E> {}

//! Stands in where the HTTP stack could not be set up, so that making a client with defaults cannot fail.

use std::error::Error;

use super::{BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind};

/// A transport that sends nothing and says why.
#[derive(Debug)]
pub(crate) struct Unavailable(String);

impl Unavailable {
    pub(crate) fn new(error: &TransportError) -> Self {
        let cause = error
            .source()
            .map(|source| format!(": {source}"))
            .unwrap_or_default();
        Self(format!("the HTTP stack could not be set up{cause}"))
    }
}

impl Transport for Unavailable {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let error = TransportError::new(TransportErrorKind::Connect, self.0.clone());
        Box::pin(std::future::ready(Err(error)))
    }
}

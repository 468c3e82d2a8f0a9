//! Spans and events of `tracing`: a span `dropbox.call` per call, a child `dropbox.attempt` per attempt.

use tracing::field::{Empty, debug, display};
use tracing::instrument::{Instrument, Instrumented};
use tracing::{debug_span, info, info_span, warn};

use super::{Ended, Refreshed, Retry};
use crate::runtime::route::Route;

/// What subscribers filter by, wherever the modules are.
const TARGET: &str = "generated_sdk";

/// A call or an attempt, as subscribers see it.
#[derive(Debug, Clone)]
pub(crate) struct Span(tracing::Span);

impl Span {
    pub(super) fn of_call(call: u64, route: &'static Route) -> Self {
        Self(info_span!(
            target: TARGET,
            "dropbox.call",
            call,
            route = display(route),
            attempts = Empty,
            ending = Empty,
            status = Empty,
            request_id = Empty,
            tag_path = Empty,
            retry_after = Empty,
            bytes_out = Empty,
            bytes_in = Empty,
        ))
    }

    pub(super) fn of_attempt(&self, attempt: u32) -> Self {
        Self(debug_span!(
            target: TARGET,
            parent: &self.0,
            "dropbox.attempt",
            attempt,
            ending = Empty,
            status = Empty,
            request_id = Empty,
            tag_path = Empty,
            retry_after = Empty,
            bytes_out = Empty,
            bytes_in = Empty,
        ))
    }

    /// Whether somebody looks at it.
    pub(super) fn is_seen(&self) -> bool {
        !self.0.is_disabled()
    }

    /// The work, with everything that it logs within the span.
    pub(crate) fn cover<F: Future>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.clone())
    }

    /// Fills in what is known in the end.
    pub(super) fn ended(&self, end: &Ended<'_>) {
        self.0.record("attempts", end.attempt);
        self.0.record("ending", display(end.ending));
        self.0
            .record("status", end.status.map(|code| code.as_u16()));
        self.0.record("request_id", end.request_id);
        if !end.tag_path.is_empty() {
            self.0.record("tag_path", end.tag_path);
        }
        self.0.record("retry_after", end.retry_after.map(debug));
        self.0.record("bytes_out", end.bytes_out);
        self.0.record("bytes_in", end.bytes_in);
    }

    pub(super) fn retry(&self, retry: &Retry) {
        info!(
            target: TARGET,
            parent: &self.0,
            attempt = retry.attempt,
            ending = display(retry.ending),
            pause = debug(retry.pause),
            "the call is made again"
        );
    }
}

/// A new token came, or none.
pub(crate) fn refreshed(refresh: &Refreshed<'_>) {
    let duration = debug(refresh.duration);
    match refresh.error {
        None => info!(target: TARGET, duration, "there is a new token"),
        Some(error) => {
            warn!(target: TARGET, duration, error = display(error), "there is no new token");
        }
    }
}

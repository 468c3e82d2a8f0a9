//! Watches one call: told of its steps by [`exchange`](crate::runtime::call), it tells the hooks and the spans.

use std::sync::Arc;
use std::time::Duration;

use super::trace::Span;
use super::{Ended, Ending, Hooks, Retry, Started};
use crate::runtime::call::Outcome;
use crate::runtime::client::Core;
use crate::runtime::route::Route;
use crate::runtime::transport::Body;

/// One call, from its start to its end. Dropping it before the end is an end, too.
pub(crate) struct Watch {
    core: Arc<Core>,
    call: u64,
    route: &'static Route,
    span: Span,
    begun: Duration,
    /// How many attempts have begun.
    attempts: u32,
    /// The attempt that is being made.
    attempt: Option<Attempt>,
    bytes_out: Option<u64>,
    over: bool,
}

struct Attempt {
    span: Span,
    begun: Duration,
}

impl Watch {
    pub(crate) fn new(core: &Arc<Core>, route: &'static Route) -> Self {
        let call = core.next_call();
        let mut watch = Self {
            core: core.clone(),
            call,
            route,
            span: Span::of_call(call, route),
            begun: Duration::ZERO,
            attempts: 0,
            attempt: None,
            bytes_out: None,
            over: false,
        };
        watch.begun = watch.time();
        watch
    }

    /// What everything that the call logs is put down to.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// An attempt begins, and everything that it logs is put down to its span.
    pub(crate) fn begin_attempt(&mut self) -> Span {
        self.attempts += 1;
        self.bytes_out = None;
        let span = self.span.of_attempt(self.attempts);
        let begun = self.time();
        self.attempt = Some(Attempt {
            span: span.clone(),
            begun,
        });
        if let Some(hooks) = self.hooks() {
            hooks.on_attempt_start(&Started {
                call: self.call,
                route: self.route,
                attempt: self.attempts,
            });
        }
        span
    }

    /// This is what is sent.
    pub(crate) fn sending(&mut self, body: &Body) {
        self.bytes_out = body.length();
    }

    /// The attempt is over.
    pub(crate) fn end_attempt(&mut self, outcome: Option<&Outcome>) {
        let Some(Attempt { span, begun }) = self.attempt.take() else {
            return;
        };
        if !self.is_seen() {
            return;
        }
        let end = self.ended(outcome, begun);
        span.ended(&end);
        if let Some(hooks) = self.hooks() {
            hooks.on_attempt_end(&end);
        }
    }

    /// There will be another attempt.
    pub(crate) fn retry(&self, outcome: &Outcome, pause: Duration) {
        let retry = Retry {
            call: self.call,
            route: self.route,
            attempt: self.attempts,
            ending: outcome.ending(),
            pause,
        };
        self.span.retry(&retry);
        if let Some(hooks) = self.hooks() {
            hooks.on_retry(&retry);
        }
    }

    /// The call is over.
    pub(crate) fn end_call(mut self, outcome: &Outcome) {
        self.finish(Some(outcome));
    }

    fn finish(&mut self, outcome: Option<&Outcome>) {
        if std::mem::replace(&mut self.over, true) {
            return;
        }
        // One that is still being made was cut short by a limit of time, or dropped.
        self.end_attempt(None);
        if !self.is_seen() {
            return;
        }
        let end = self.ended(outcome, self.begun);
        self.span.ended(&end);
        if let Some(hooks) = self.hooks() {
            hooks.on_call_end(&end);
        }
    }

    fn ended<'a>(&self, outcome: Option<&'a Outcome>, begun: Duration) -> Ended<'a> {
        Ended {
            call: self.call,
            route: self.route,
            attempt: self.attempts,
            ending: match outcome {
                Some(outcome) => outcome.ending(),
                None => Ending::Dropped,
            },
            status: outcome.and_then(Outcome::status),
            request_id: outcome.and_then(Outcome::request_id),
            tag_path: outcome.map(Outcome::tag_path).unwrap_or_default(),
            retry_after: outcome.and_then(Outcome::retry_after),
            duration: self.time().saturating_sub(begun),
            bytes_out: self.bytes_out,
            bytes_in: outcome.and_then(Outcome::length),
        }
    }

    fn hooks(&self) -> Option<&dyn Hooks> {
        self.core.config.hooks.as_deref()
    }

    /// Whether anybody wants to know. If not, nothing is measured.
    fn is_seen(&self) -> bool {
        self.hooks().is_some() || self.span.is_seen()
    }

    fn time(&self) -> Duration {
        match self.is_seen() {
            true => self.core.clock.elapsed(),
            false => Duration::ZERO,
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.finish(None);
    }
}

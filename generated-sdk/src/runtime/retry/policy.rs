//! What a client repeats: settings with defaults that suit the service.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::backoff::full_jitter;
use super::{Attempt, Verdict};

/// How calls are repeated that failed in a way that passes.
///
/// The pauses grow from up to half a second to up to 30 seconds. A server that names a time is obeyed, up to two
/// minutes; if it wants more, the error is returned at once with the time in it. All calls of a client share a budget,
/// so that a service that is down is not stormed. A call is repeated only if no harm can come of it: either the server
/// did not act on it, or doing it twice is the same as doing it once.
#[derive(Clone)]
pub struct RetryPolicy {
    pub(super) max_attempts: u32,
    base: Duration,
    cap: Duration,
    max_server_wait: Duration,
    classifier: Option<Arc<Classifier>>,
}

type Classifier = dyn Fn(&Attempt<'_>) -> Verdict + Send + Sync;

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 5,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
            max_server_wait: Duration::from_secs(120),
            classifier: None,
        }
    }
}

impl RetryPolicy {
    /// Makes every call once.
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// How often a call is made in all; 5 times at first. 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The longest pause before the first retry, which doubles for each further one, and the longest of all; half a
    /// second and 30 seconds at first. Each pause is anything between nothing and its limit.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.base = first;
        self.cap = longest;
        self
    }

    /// The longest time that a server may ask to wait; two minutes at first.
    pub fn max_server_wait(mut self, longest: Duration) -> Self {
        self.max_server_wait = longest;
        self
    }

    /// Judges failed attempts beside the SDK: it may ask for retries that the SDK would not make, and forbid others.
    pub fn classifier(
        mut self,
        classifier: impl Fn(&Attempt<'_>) -> Verdict + Send + Sync + 'static,
    ) -> Self {
        self.classifier = Some(Arc::new(classifier));
        self
    }

    pub(super) fn allows(&self, attempt: &Attempt<'_>) -> bool {
        let own = attempt.verdict();
        let theirs = match &self.classifier {
            Some(judge) => judge(attempt),
            None => Verdict::NoOpinion,
        };
        match (own, theirs) {
            (Verdict::Forbid, _) | (_, Verdict::Forbid) => false,
            (own, theirs) => own == Verdict::Retry || theirs == Verdict::Retry,
        }
    }

    /// The pause before a retry; nothing when the server wants too long a one.
    pub(super) fn pause(
        &self,
        retry: u32,
        wait: Option<Duration>,
        random: u64,
    ) -> Option<Duration> {
        let jitter = full_jitter(self.base, self.cap, retry, random);
        match wait {
            None => Some(jitter),
            Some(wait) => (wait <= self.max_server_wait).then(|| wait.saturating_add(jitter)),
        }
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_attempts", &self.max_attempts)
            .field("base", &self.base)
            .field("cap", &self.cap)
            .field("max_server_wait", &self.max_server_wait)
            .field("classifier", &self.classifier.is_some())
            .finish()
    }
}

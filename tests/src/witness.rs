//! Takes down everything that a client tells of itself: what its hooks are told, and spans and events of `tracing`.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex, PoisonError};

use generated_sdk::runtime::hooks::{Ended, Hooks, Refreshed, Retry, Started};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// Lines in the order in which things happened. Clones write to the same ones.
#[derive(Debug, Clone, Default)]
pub struct Witness(Arc<Mutex<Notes>>);

#[derive(Debug, Default)]
struct Notes {
    lines: Vec<String>,
    spans: u64,
}

impl Witness {
    /// What was taken down so far.
    pub fn lines(&self) -> Vec<String> {
        self.with(|notes| notes.lines.clone())
    }

    /// Takes down all spans and events of this thread, of any level and from any crate, until the guard is dropped.
    pub fn listen(&self) -> DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    /// Takes down a line of a test's own.
    pub fn note(&self, line: String) {
        self.with(|notes| notes.lines.push(line));
    }

    fn with<T>(&self, act: impl FnOnce(&mut Notes) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Hooks for Witness {
    fn on_attempt_start(&self, attempt: &Started) {
        self.note(format!("{attempt:?}"));
    }

    fn on_attempt_end(&self, attempt: &Ended<'_>) {
        self.note(format!("attempt {attempt:?}"));
    }

    fn on_retry(&self, retry: &Retry) {
        self.note(format!("{retry:?}"));
    }

    fn on_refresh(&self, refresh: &Refreshed<'_>) {
        self.note(format!("{refresh:?}"));
    }

    fn on_call_end(&self, call: &Ended<'_>) {
        self.note(format!("call {call:?}"));
    }
}

impl Subscriber for Witness {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let number = self.with(|notes| {
            notes.spans += 1;
            notes.spans
        });
        let parent = span.parent().map_or(0, Id::into_u64);
        let mut line = format!("span {number} in {parent}: {}", span.metadata().name());
        span.record(&mut Fields(&mut line));
        self.note(line);
        Id::from_u64(number)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut line = format!("span {}:", span.into_u64());
        values.record(&mut Fields(&mut line));
        self.note(line);
    }

    fn event(&self, event: &Event<'_>) {
        let parent = event.parent().map_or(0, Id::into_u64);
        let mut line = format!("event in {parent}: {}", event.metadata().level());
        event.record(&mut Fields(&mut line));
        self.note(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Appends the values of fields to a line.
struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").expect("strings take everything");
    }
}

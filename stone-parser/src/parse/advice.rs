//! Words for common mistakes.
//!
//! In: a line that does not fit its rule. Out: a better message than the list of what was expected, and help.

use super::errors::{Misfit, is_reserved};

/// What can be said about a mistake beyond what was expected.
#[derive(Default)]
pub(super) struct Advice {
    pub message: Option<&'static str>,
    pub help: Option<&'static str>,
}

pub(super) fn advise(misfit: &Misfit<'_>) -> Advice {
    let _ = (is_reserved(misfit.found), misfit.rule, misfit.text);
    Advice::default()
}

/// The word that `head` may be a slip of.
pub(super) fn similar(_head: &str, _words: &[&'static str]) -> Option<&'static str> {
    None
}

//! Regular expressions of constraints, compiled when they are first needed and kept.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use regex_lite::Regex;

/// `None` stands for a pattern that does not compile.
static COMPILED: RwLock<BTreeMap<&str, Option<Regex>>> = RwLock::new(BTreeMap::new());

/// Whether a text matches. A pattern that does not compile matches everything: what it means is for the server to say.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

fn compiled(pattern: &'static str) -> Option<Regex> {
    let known = COMPILED
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(pattern)
        .cloned();
    known.unwrap_or_else(|| {
        let regex = Regex::new(pattern).ok();
        COMPILED
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(pattern, regex.clone());
        regex
    })
}

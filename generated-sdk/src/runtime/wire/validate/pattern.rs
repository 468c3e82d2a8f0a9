//! Regular expressions of constraints, compiled when they are first needed and kept.

use std::sync::{PoisonError, RwLock};

use regex_lite::Regex;

/// The patterns met so far, of which the API has a few dozen. They are kept for ever, as a clone of an expression would
/// not share the memory that it searches with. `None` stands for one that does not compile.
static COMPILED: RwLock<Vec<(&str, Option<&Regex>)>> = RwLock::new(Vec::new());

/// Whether a text has no line break and one of the beginnings.
pub(super) fn begins(starts: &[&str], text: &str) -> bool {
    for start in starts {
        if text.starts_with(start) {
            return !text.as_bytes().contains(&b'\n');
        }
    }
    false
}

/// Whether a text matches. A pattern that does not compile matches everything: what it means is for the server to say.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

fn compiled(pattern: &'static str) -> Option<&'static Regex> {
    known(pattern).unwrap_or_else(|| {
        let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        let regex = Regex::new(pattern).ok();
        let regex = regex.map(|regex| &*Box::leak(Box::new(regex)));
        compiled.push((pattern, regex));
        regex
    })
}

fn known(pattern: &str) -> Option<Option<&'static Regex>> {
    let compiled = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
    for (known, regex) in &*compiled {
        if *known == pattern {
            return Some(*regex);
        }
    }
    None
}

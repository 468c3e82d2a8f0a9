//! Whether texts fit the types of a spec: what those who check values need beside the IR.
//!
//! In: patterns and timestamp formats as they stand in the IR, and texts. Out: yes or no.

use std::fmt;

use regex::Regex;

use crate::lower::{patterns, timestamp};

/// The pattern of a string type, which whole values are held against.
pub struct Pattern(Regex);

impl Pattern {
    /// Nothing for a pattern that uses what only Python's engine has, such as look-around.
    pub fn new(pattern: &str) -> Option<Self> {
        patterns::whole(pattern).map(Self)
    }

    /// Whether all of the text matches.
    pub fn fits(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The pattern in the dialect of the crate `regex`, anchored on both sides.
    pub fn as_regex(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({})", self.0)
    }
}

/// Whether a text fits a timestamp format, as Python's `strptime` reads it.
pub fn timestamp_fits(format: &str, text: &str) -> bool {
    timestamp::matches(format, text)
}

#[cfg(test)]
mod tests {
    use super::{Pattern, timestamp_fits};

    #[test]
    fn whole_texts_fit() {
        let pattern = Pattern::new("|/.*|id:.*").expect("the pattern can be matched");
        assert!(pattern.fits("") && pattern.fits("/a") && pattern.fits("id:7"));
        assert!(!pattern.fits("a") && !pattern.fits("/a\nb"));
        assert!(Pattern::new("(?=a)").is_none());
    }

    #[test]
    fn timestamps_fit_their_format() {
        assert!(timestamp_fits("%Y-%m-%d", "2026-01-31"));
        assert!(!timestamp_fits("%Y-%m-%d", "2026-02-31"));
    }
}

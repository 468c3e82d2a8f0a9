//! Patterns: regular expressions in the dialect of Python's `re`.
//!
//! In: a pattern and a text. Out: whether the text's beginning matches, or whether the pattern is one at all. What
//! differs from the dialect of the `regex` crate is translated; what that crate cannot do (look-around,
//! back-references) is taken on trust.

use std::cell::RefCell;
use std::collections::HashMap;
use std::iter::Peekable;
use std::str::Chars;

use regex::Regex;

/// Compiled patterns, each compiled once.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    compiled: RefCell<HashMap<String, Compiled>>,
}

#[derive(Debug, Clone)]
enum Compiled {
    Regex(Regex),
    /// Valid in Python, but nothing that can be matched here.
    Unsupported,
    /// What is wrong.
    Invalid(String),
}

impl Patterns {
    /// Whether the pattern matches at the start of the text. Says yes if that cannot be found out.
    pub(super) fn matches(&self, pattern: &str, text: &str) -> bool {
        match self.compile(pattern) {
            Compiled::Regex(regex) => regex.is_match(text),
            Compiled::Unsupported | Compiled::Invalid(_) => true,
        }
    }

    /// Whether the pattern matches all of the text. Says yes if that cannot be found out.
    pub(crate) fn matches_whole(&self, pattern: &str, text: &str) -> bool {
        match self.compile(pattern) {
            Compiled::Regex(regex) => {
                let first = regex.find(text);
                first.is_some_and(|found| found.end() == text.len()) || is_whole(pattern, text)
            }
            Compiled::Unsupported | Compiled::Invalid(_) => true,
        }
    }

    /// What is wrong with the pattern, if anything is.
    pub(super) fn problem(&self, pattern: &str) -> Option<String> {
        match self.compile(pattern) {
            Compiled::Invalid(problem) => Some(problem),
            Compiled::Regex(_) | Compiled::Unsupported => None,
        }
    }

    fn compile(&self, pattern: &str) -> Compiled {
        let mut compiled = self.compiled.borrow_mut();
        if let Some(known) = compiled.get(pattern) {
            return known.clone();
        }
        let new = compile(pattern);
        compiled.insert(pattern.to_owned(), new.clone());
        new
    }
}

fn compile(pattern: &str) -> Compiled {
    let Some(translated) = Translator::new(pattern).pattern() else {
        return Compiled::Unsupported;
    };
    // Python anchors patterns at the start only.
    match Regex::new(&format!(r"\A(?:{translated})")) {
        Ok(regex) => Compiled::Regex(regex),
        Err(regex::Error::Syntax(_)) => Compiled::Invalid(problem(&translated)),
        Err(_) => Compiled::Unsupported,
    }
}

/// Whether another way to match the pattern than the first reaches the end of the text.
fn is_whole(pattern: &str, text: &str) -> bool {
    whole(pattern).is_none_or(|whole| whole.is_match(text))
}

/// The pattern anchored on both sides; nothing if it cannot be matched here.
pub(crate) fn whole(pattern: &str) -> Option<Regex> {
    let translated = Translator::new(pattern).pattern()?;
    Regex::new(&format!(r"\A(?:{translated})\z")).ok()
}

/// The last line of the crate's message, which says what is wrong; those before draw the pattern.
fn problem(pattern: &str) -> String {
    let message = Regex::new(pattern)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    let line = message.lines().last().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// Rewrites a pattern from Python's dialect.
struct Translator<'p> {
    rest: Peekable<Chars<'p>>,
    out: String,
}

impl<'p> Translator<'p> {
    fn new(pattern: &'p str) -> Self {
        Self {
            rest: pattern.chars().peekable(),
            out: String::with_capacity(pattern.len()),
        }
    }

    /// The whole pattern, or nothing if it uses what only Python has.
    fn pattern(mut self) -> Option<String> {
        while let Some(char) = self.rest.next() {
            match char {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                '{' => self.brace(),
                // Python's also matches before a final line break.
                '$' => self.out.push_str(r"(?:\z|\n\z)"),
                other => self.out.push(other),
            }
        }
        Some(self.out)
    }

    /// What follows a backslash, in and out of classes.
    fn escape(&mut self) -> Option<()> {
        match self.rest.next() {
            // Back-references.
            Some('1'..='9') => return None,
            Some('0') => self.out.push_str(r"\x00"),
            Some('Z') => self.out.push_str(r"\z"),
            Some(other) if other.is_ascii_alphanumeric() => self.out.extend(['\\', other]),
            Some(other) => self
                .out
                .push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
            None => self.out.push('\\'),
        }
        Some(())
    }

    /// A class in brackets, where only Python takes `[`, `&`, `~` and repeated `-` literally.
    fn class(&mut self) -> Option<()> {
        self.out.push('[');
        if let Some(caret) = self.rest.next_if_eq(&'^') {
            self.out.push(caret);
        }
        if self.rest.next_if_eq(&']').is_some() {
            self.out.push_str(r"\]");
        }
        while let Some(char) = self.rest.next() {
            match char {
                ']' => {
                    self.out.push(']');
                    return Some(());
                }
                '\\' if self.rest.next_if_eq(&'b').is_some() => self.out.push_str(r"\x08"),
                '\\' => self.escape()?,
                '[' | '&' | '~' => self.out.extend(['\\', char]),
                '-' if self.rest.peek() == Some(&'-') => self.out.push_str(r"\-"),
                other => self.out.push(other),
            }
        }
        Some(())
    }

    /// An opening parenthesis: comments vanish, look-around, conditions and back-references are Python's alone.
    fn group(&mut self) -> Option<()> {
        let mut ahead = self.rest.clone();
        match (ahead.next(), ahead.next(), ahead.next()) {
            (Some('?'), Some('=' | '!' | '('), _) | (Some('?'), Some('<'), Some('=' | '!')) => None,
            (Some('?'), Some('>'), _) | (Some('?'), Some('P'), Some('=')) => None,
            (Some('?'), Some('a' | 'L'), Some(')' | ':')) => None,
            (Some('?'), Some('#'), _) => {
                self.rest.find(|c| *c == ')');
                Some(())
            }
            _ => {
                self.out.push('(');
                Some(())
            }
        }
    }

    /// A brace repeats what is before it if it looks like `{2}`, `{2,}`, `{,5}` or `{2,5}`; else it is a character.
    fn brace(&mut self) {
        let inner: String = self
            .rest
            .clone()
            .take_while(|c| c.is_ascii_digit() || *c == ',')
            .collect();
        let closed = self.rest.clone().nth(inner.len()) == Some('}');
        let repeats = closed && inner.matches(',').count() < 2 && inner.contains(|c| c != ',');
        self.out.push_str(match (repeats, inner.starts_with(',')) {
            (false, _) => r"\{",
            (true, true) => "{0",
            (true, false) => "{",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Patterns;

    #[test]
    fn matches_at_the_start_only() {
        let patterns = Patterns::default();
        assert!(patterns.matches("a|ab", "abc"));
        assert!(!patterns.matches("b", "abc"));
    }

    #[test]
    fn translates_what_python_reads_otherwise() {
        let patterns = Patterns::default();
        for (pattern, text) in [
            (r"a\Z", "a"),
            (r"[[a]+\-$", "[a-"),
            ("a{,2}b$", "aab"),
            ("{x}", "{x}"),
            ("(?#note)a$", "a\n"),
            (r"[]\b~~&&--]+$", "]~&-"),
            (r"\<\'\ /\.", "<' /."),
            ("(?P<x>a)", "a"),
        ] {
            assert_eq!(patterns.problem(pattern), None, "{pattern}");
            assert!(patterns.matches(pattern, text), "{pattern} against {text}");
            assert!(
                !patterns.matches(pattern, "\u{0}"),
                "{pattern} matches too much"
            );
        }
    }

    #[test]
    fn trusts_what_only_python_can_match() {
        let patterns = Patterns::default();
        for pattern in [r"(?!x)y", r"(a)\1", "(?<=a)b", "(?P<x>a)(?P=x)"] {
            assert_eq!(patterns.problem(pattern), None, "{pattern}");
            assert!(patterns.matches(pattern, "none"), "{pattern}");
        }
    }

    #[test]
    fn names_what_is_broken() {
        let patterns = Patterns::default();
        for pattern in ["[a-z", "(a", "*", r"a\", "[z-a]"] {
            assert!(
                patterns
                    .problem(pattern)
                    .is_some_and(|problem| !problem.is_empty()),
                "{pattern}"
            );
        }
    }
}

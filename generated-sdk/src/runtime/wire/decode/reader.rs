//! The cursor over JSON text: white space, brackets, separators and keys, and the first error.

use std::borrow::Cow;
use std::fmt;

use super::super::DecodeError;

/// How deeply objects and lists may be nested.
const MAX_DEPTH: usize = 128;

/// A position in JSON text. The first error moves it to the end, so that everything after it finds nothing to read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) pos: usize,
    pub(super) depth: usize,
    pub(super) error: Option<DecodeError>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            pos: 0,
            depth: 0,
            error: None,
        }
    }

    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.pos..).unwrap_or_default()
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    #[inline]
    pub(super) fn white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.pos += 1;
        }
    }

    #[inline]
    pub(super) fn failed(&self) -> bool {
        self.error.is_some()
    }

    /// Latches an error at the current position, unless there is one already.
    #[cold]
    #[inline(never)]
    pub(super) fn fail(&mut self, message: fmt::Arguments<'_>) {
        if self.error.is_none() {
            self.error = Some(DecodeError::new(message.to_string(), Some(self.pos)));
        }
        self.pos = self.text.len();
    }

    /// Latches an error that says what should stand at the current position and what does.
    #[cold]
    #[inline(never)]
    pub(super) fn expected(&mut self, what: &str) {
        let found = match self.peek() {
            None => "the end of the input",
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(_) => {
                let found = self
                    .text
                    .get(self.pos..)
                    .and_then(|rest| rest.chars().next())
                    .unwrap_or_default();
                return self.fail(format_args!("expected {what}, found {found:?}"));
            }
        };
        self.fail(format_args!("expected {what}, found {found}"));
    }

    /// Reads a word such as `true`.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word.as_bytes());
        if found {
            self.pos += word.len();
        }
        found
    }

    /// Reads the opening bracket of an object or list.
    #[inline]
    pub(super) fn enter(&mut self, bracket: u8) -> bool {
        if self.peek() != Some(bracket) {
            self.expected(if bracket == b'{' {
                "an object"
            } else {
                "a list"
            });
            return false;
        }
        if self.depth == MAX_DEPTH {
            self.fail(format_args!("nested more than {MAX_DEPTH} levels deep"));
            return false;
        }
        self.pos += 1;
        self.depth += 1;
        true
    }

    /// Reads up to the next member of an object or list, or past its closing bracket.
    #[inline]
    pub(super) fn more(&mut self, first: bool, bracket: u8) -> bool {
        self.white_space();
        match self.peek() {
            Some(byte) if byte == bracket => {
                self.pos += 1;
                self.depth = self.depth.saturating_sub(1);
                return false;
            }
            Some(_) if first => {}
            Some(b',') => {
                self.pos += 1;
                self.white_space();
            }
            _ => {
                self.expected(if bracket == b'}' {
                    "`,` or `}`"
                } else {
                    "`,` or `]`"
                });
                return false;
            }
        }
        true
    }

    /// Reads a key and its colon.
    pub(super) fn key(&mut self) -> Option<Cow<'a, str>> {
        let key = self.string("a key")?;
        self.white_space();
        if self.peek() != Some(b':') {
            self.expected("`:`");
            return None;
        }
        self.pos += 1;
        self.white_space();
        Some(key)
    }

    /// Makes sure that nothing but white space follows.
    pub(super) fn end(&mut self) {
        self.white_space();
        if self.pos < self.text.len() {
            self.expected("the end of the input");
        }
    }
}

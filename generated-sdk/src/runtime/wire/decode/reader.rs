//! The cursor over JSON text: white space, brackets, separators and keys, and the first error.

use std::borrow::Cow;
use std::fmt;

use super::super::DecodeError;
use super::super::scan::same;

/// How deeply objects and lists may be nested.
const MAX_DEPTH: usize = 128;

/// A position in JSON text. The first error moves it to the end, so that everything after it finds nothing to read.
pub(in super::super) struct Reader<'a> {
    text: &'a str,
    /// How much has been read.
    at: usize,
    depth: usize,
    pub(in super::super) error: Option<DecodeError>,
}

/// A place to come back to.
#[derive(Clone, Copy)]
pub(in super::super) struct Mark {
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(in super::super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            error: None,
        }
    }

    /// What has not been read yet.
    #[inline]
    pub(in super::super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(in super::super) fn depth(&self) -> usize {
        self.depth
    }

    #[inline]
    pub(in super::super) fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            depth: self.depth,
        }
    }

    /// Goes back to a mark, unless there is an error.
    pub(in super::super) fn go_back(&mut self, mark: Mark) {
        if !self.failed() {
            (self.at, self.depth) = (mark.at, mark.depth);
        }
    }

    /// The text from a mark to here.
    #[inline]
    pub(in super::super) fn since(&self, mark: Mark) -> &'a str {
        self.text.get(mark.at..self.at).unwrap_or_default()
    }

    /// How much has been read.
    #[inline]
    pub(in super::super) fn offset(&self) -> usize {
        self.at
    }

    #[inline]
    pub(in super::super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over bytes that have been looked at.
    #[inline]
    pub(in super::super) fn advance(&mut self, count: usize) {
        self.at += count;
    }

    #[inline]
    pub(in super::super) fn white_space(&mut self) {
        while let Some(byte) = self.peek()
            && byte <= b' '
            && matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
        {
            self.at += 1;
        }
    }

    #[inline]
    pub(in super::super) fn failed(&self) -> bool {
        self.error.is_some()
    }

    /// Latches an error at the current position, unless there is one already.
    #[cold]
    #[inline(never)]
    pub(in super::super) fn fail(&mut self, message: fmt::Arguments<'_>) {
        if self.error.is_none() {
            self.error = Some(DecodeError::new(message.to_string(), Some(self.offset())));
        }
        self.at = self.text.len();
    }

    /// Latches an error that says what should stand at the current position and what does.
    #[cold]
    #[inline(never)]
    pub(in super::super) fn expected(&mut self, what: &str) {
        let found = match self.peek() {
            None => "the end of the input",
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(_) => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let found = rest.chars().next().unwrap_or_default();
                return self.fail(format_args!("expected {what}, found {found:?}"));
            }
        };
        self.fail(format_args!("expected {what}, found {found}"));
    }

    /// Tells of the error that it is in the value of a key.
    #[cold]
    pub(in super::super) fn blame_key(&mut self, key: &str) {
        self.error = self.error.take().map(|error| error.within_key(key));
    }

    /// Tells of the error that it is in a list item.
    #[cold]
    pub(in super::super) fn blame_index(&mut self, index: usize) {
        self.error = self.error.take().map(|error| error.within_index(index));
    }

    /// Reads a word such as `true`, if it is there.
    #[inline]
    pub(in super::super) fn word(&mut self, word: &str) -> bool {
        let end = self.at + word.len();
        let head = self.text.as_bytes().get(self.at..end);
        let found = head.is_some_and(|head| same(head, word.as_bytes()));
        if found {
            self.at = end;
        }
        found
    }

    /// Reads one byte of punctuation, if it is there.
    #[inline]
    pub(in super::super) fn punctuation(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    /// Reads the opening bracket of an object or list.
    #[inline]
    pub(in super::super) fn enter(&mut self, bracket: u8) -> bool {
        if self.depth == MAX_DEPTH {
            self.fail(format_args!("nested more than {MAX_DEPTH} levels deep"));
        } else if self.punctuation(bracket) {
            self.depth += 1;
            return true;
        }
        self.expected(if bracket == b'{' {
            "an object"
        } else {
            "a list"
        });
        false
    }

    /// Reads up to the next member of an object or list, or past its closing bracket.
    #[inline]
    pub(in super::super) fn more(&mut self, first: bool, bracket: u8) -> bool {
        if !first && self.punctuation(b',') {
            self.white_space();
            return true;
        }
        self.more_or_end(first, bracket)
    }

    /// The same where there is no comma at once.
    fn more_or_end(&mut self, first: bool, bracket: u8) -> bool {
        self.white_space();
        if self.punctuation(bracket) {
            self.depth = self.depth.saturating_sub(1);
            return false;
        }
        if first && self.peek().is_some() {
            return true;
        }
        if self.punctuation(b',') {
            self.white_space();
            return true;
        }
        self.expected(if bracket == b'}' {
            "`,` or `}`"
        } else {
            "`,` or `]`"
        });
        false
    }

    /// Reads a key and its colon.
    pub(in super::super) fn key(&mut self) -> Option<Cow<'a, str>> {
        let key = self.string("a key")?;
        self.colon().then_some(key)
    }

    /// Reads the colon after a key.
    pub(in super::super) fn colon(&mut self) -> bool {
        self.white_space();
        let found = self.punctuation(b':');
        if !found {
            self.expected("`:`");
        }
        self.white_space();
        found
    }

    /// Makes sure that nothing but white space follows.
    pub(in super::super) fn end(&mut self) {
        self.white_space();
        if self.peek().is_some() {
            self.expected("the end of the input");
        }
    }
}

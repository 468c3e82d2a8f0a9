//! JSON strings: clean runs are borrowed or copied at once, escapes decoded.

use std::borrow::Cow;

use super::super::scan::clean_prefix;
use super::reader::Reader;

impl<'a> Reader<'a> {
    /// Reads a string; `what` names what is expected, for the error.
    #[inline]
    pub(super) fn string(&mut self, what: &str) -> Option<Cow<'a, str>> {
        if self.peek() != Some(b'"') {
            self.expected(what);
            return None;
        }
        self.pos += 1;
        let run = self.clean_run();
        if self.peek() == Some(b'"') {
            self.pos += 1;
            return Some(Cow::Borrowed(run));
        }
        self.escaped(run).map(Cow::Owned)
    }

    /// Reads up to the next quote, backslash or control character.
    #[inline]
    fn clean_run(&mut self) -> &'a str {
        let end = self.pos + clean_prefix(self.rest());
        let run = self.text.get(self.pos..end).unwrap_or_default();
        self.pos = end;
        run
    }

    /// Reads the rest of a string that is not all clean.
    #[cold]
    fn escaped(&mut self, start: &str) -> Option<String> {
        let mut text = start.to_owned();
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return self.bad("control characters must be escaped in strings"),
                None => return self.bad("the string has no end"),
            }
            text.push_str(self.clean_run());
        }
        self.pos += 1;
        Some(text)
    }

    /// Reads one escape sequence.
    fn escape(&mut self) -> Option<char> {
        self.pos += 1;
        let letter = self.peek();
        self.pos += 1;
        Some(match letter {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return self.bad_escape(),
        })
    }

    fn unicode_escape(&mut self) -> Option<char> {
        let first = self.code_unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).or_else(|| self.bad("a surrogate stands alone"));
        }
        if !self.word("\\u") {
            return self.bad("a surrogate stands alone");
        }
        let second = self.code_unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            return self.bad("a surrogate stands alone");
        }
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    /// Reads the four digits of `\uXXXX`.
    pub(super) fn code_unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.pos..self.pos + 4);
        let hex = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let Some(unit) = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()) else {
            return self.bad_escape();
        };
        self.pos += 4;
        Some(unit)
    }

    /// Reads a string without building it.
    pub(super) fn skip_string(&mut self) -> Option<()> {
        self.pos += 1;
        loop {
            self.clean_run();
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.skip_escape()?,
                Some(_) => return self.bad("control characters must be escaped in strings"),
                None => return self.bad("the string has no end"),
            }
        }
        self.pos += 1;
        Some(())
    }

    fn skip_escape(&mut self) -> Option<()> {
        self.pos += 1;
        let letter = self.peek();
        self.pos += 1;
        match letter {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Some(()),
            Some(b'u') => self.code_unit().map(|_| ()),
            _ => self.bad_escape(),
        }
    }

    fn bad_escape<T>(&mut self) -> Option<T> {
        self.bad("not an escape sequence of JSON")
    }

    #[cold]
    fn bad<T>(&mut self, message: &str) -> Option<T> {
        self.fail(format_args!("{message}"));
        None
    }
}

//! JSON strings: clean runs are borrowed or copied at once, escapes decoded.

use std::borrow::Cow;

use super::super::scan::clean_prefix;
use super::reader::Reader;

const CONTROL: &str = "control characters must be escaped in strings";
const NO_END: &str = "the string has no end";

impl<'a> Reader<'a> {
    /// Reads a string; `what` names what is expected, for the error.
    pub(in super::super) fn string(&mut self, what: &str) -> Option<Cow<'a, str>> {
        match self.clean_string(what)? {
            (run, true) => Some(Cow::Borrowed(run)),
            (run, false) => self.escaped(run).map(Cow::Owned),
        }
    }

    /// Reads a string into a place of its own.
    pub(in super::super) fn string_into(&mut self, into: &mut String) {
        match self.clean_string("a string") {
            Some((run, true)) => *into = run.to_owned(),
            Some((run, false)) => *into = self.escaped(run).unwrap_or_default(),
            None => {}
        }
    }

    /// Reads a string and turns it into something else.
    pub(in super::super) fn parsed<T: Default>(
        &mut self,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        let start = self.mark();
        let Some(text) = self.string(what) else {
            return T::default();
        };
        match parse(&text) {
            Some(value) => value,
            None => {
                self.go_back(start);
                self.misread(what, &text);
                T::default()
            }
        }
    }

    #[cold]
    fn misread(&mut self, what: &str, text: &str) {
        self.fail(format_args!("expected {what}, found {:?}", excerpt(text)));
    }

    /// Reads a string to its end, or to the first byte that is not clean; tells which.
    #[inline(always)]
    fn clean_string(&mut self, what: &str) -> Option<(&'a str, bool)> {
        if !self.punctuation(b'"') {
            self.expected(what);
            return None;
        }
        let run = self.clean_run();
        Some((run, self.punctuation(b'"')))
    }

    /// Reads up to the next quote, backslash or control character.
    #[inline(always)]
    fn clean_run(&mut self) -> &'a str {
        let start = self.mark();
        self.advance(clean_prefix(self.rest()));
        self.since(start)
    }

    /// Reads the rest of a string that is not all clean.
    #[cold]
    fn escaped(&mut self, start: &str) -> Option<String> {
        let mut text = start.to_owned();
        while !self.punctuation(b'"') {
            text.push(self.escape()?);
            text.push_str(self.clean_run());
        }
        Some(text)
    }

    /// Reads one escape sequence.
    fn escape(&mut self) -> Option<char> {
        Some(match self.escape_letter()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            plain => char::from(plain),
        })
    }

    /// Reads the backslash and the letter after it.
    fn escape_letter(&mut self) -> Option<u8> {
        match self.rest() {
            [
                b'\\',
                letter @ (b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' | b'u'),
                ..,
            ] => {
                self.advance(2);
                Some(*letter)
            }
            [b'\\', ..] => self.bad("not an escape sequence of JSON"),
            [] => self.bad(NO_END),
            _ => self.bad(CONTROL),
        }
    }

    fn unicode_escape(&mut self) -> Option<char> {
        let mut code = self.code_unit()?;
        if let 0xd800..0xdc00 = code
            && self.word("\\u")
        {
            // Anything but a second surrogate comes out as a code that is no character.
            let low = self.code_unit()?;
            code = match low {
                0xdc00..0xe000 => 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00),
                _ => code,
            };
        }
        match char::from_u32(code) {
            Some(char) => Some(char),
            None => self.bad("a surrogate stands alone"),
        }
    }

    /// Reads the four digits of `\uXXXX`.
    fn code_unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return self.bad("expected four hexadecimal digits");
            };
            unit = unit * 16 + digit;
            self.advance(1);
        }
        Some(unit)
    }

    /// Reads a string without building it. Surrogates need not come in pairs.
    pub(in super::super) fn skip_string(&mut self) -> Option<()> {
        match self.clean_string("a string")? {
            (_, true) => Some(()),
            (_, false) => self.skip_escaped(),
        }
    }

    #[cold]
    fn skip_escaped(&mut self) -> Option<()> {
        while !self.punctuation(b'"') {
            if self.escape_letter()? == b'u' {
                self.code_unit()?;
            }
            self.clean_run();
        }
        Some(())
    }

    #[cold]
    fn bad<T>(&mut self, message: &str) -> Option<T> {
        self.fail(format_args!("{message}"));
        None
    }
}

/// The start of a text, for a message.
fn excerpt(text: &str) -> &str {
    let end = text.char_indices().nth(40).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

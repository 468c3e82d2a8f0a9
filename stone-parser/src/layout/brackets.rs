//! The brackets that are open, and what that means for a line break.
//!
//! In: brackets as the scanner meets them. Out: whether the next physical line continues the logical one, and
//! diagnostics when it does so in the wrong place.

use super::chars::{end_of_token, skip_blanks};
use super::{LEVEL, MAX_DEPTH, columns};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// An open bracket.
#[derive(Debug, Clone, Copy)]
struct Bracket {
    byte: u8,
    offset: usize,
    /// A brace with a line break after it.
    spread: bool,
}

/// All open brackets of the current logical line.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    stack: Vec<Bracket>,
    /// How many of them are spread.
    spread: usize,
}

/// The line break under consideration: what is before it and after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Break<'a> {
    pub file: FileId,
    pub bytes: &'a [u8],
    /// Indentation of the logical line.
    pub base: usize,
    /// The last byte of the last token before it.
    pub last: u8,
    /// Where the first token after it begins.
    pub next: usize,
    /// Indentation of that token.
    pub indent: usize,
}

/// What a line break does.
pub(super) enum Verdict {
    /// The logical line goes on.
    Continue,
    /// It goes on, with a mistake.
    Misplaced(Diagnostic),
    /// A bracket was left open; the next line is a new one.
    End(Diagnostic),
}

impl Brackets {
    pub(super) fn is_empty(&self) -> bool {
        self.stack.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.stack.clear();
        self.spread = 0;
    }

    /// Opens a bracket; whether this is the first one too deep.
    pub(super) fn open(&mut self, byte: u8, offset: usize) -> bool {
        self.stack.push(Bracket {
            byte,
            offset,
            spread: false,
        });
        self.stack.len() == MAX_DEPTH + 1
    }

    /// Closes the innermost bracket, whatever its kind: a wrong kind is for the grammar to report.
    pub(super) fn close(&mut self) {
        let closed = self.stack.pop();
        self.spread -= usize::from(closed.is_some_and(|bracket| bracket.spread));
    }

    /// The diagnostic for a bracket that the file's end leaves open.
    pub(super) fn unclosed(&self, file: FileId) -> Option<Diagnostic> {
        self.stack.last().map(|bracket| bracket.never_closed(file))
    }

    /// Judges a line break inside brackets.
    pub(super) fn line_break(&mut self, at: Break<'_>) -> Verdict {
        match self.stack.last().map(|bracket| bracket.byte) {
            None => Verdict::Continue,
            Some(b'(') => self.in_parentheses(at),
            Some(b'[') => self.in_list(at),
            Some(_) => self.in_map(at),
        }
    }

    fn in_parentheses(&self, at: Break<'_>) -> Verdict {
        let expected = at.base + LEVEL;
        if at.indent == expected {
            return Verdict::Continue;
        }
        let message = format!("a continuation line is indented by {}", columns(at.indent));
        let diagnostic = at
            .diagnostic(Code::Continuation, message)
            .label(format!("expected {}", columns(expected)))
            .also(self.innermost(at.file), "because of this parenthesis");
        if at.indent > at.base || at.is_continuation() {
            Verdict::Misplaced(diagnostic.help(
                "all further lines inside parentheses, even `)` alone, are indented one level deeper than the declaration",
            ))
        } else {
            Verdict::End(diagnostic.help(
                "close the parenthesis, or indent this line one level deeper than the declaration",
            ))
        }
    }

    fn in_list(&self, at: Break<'_>) -> Verdict {
        let Some(bracket) = self.stack.last() else {
            return Verdict::Continue;
        };
        let diagnostic = bracket
            .diagnostic(at.file, "a list stands on one line")
            .label("the line ends before this list does")
            .help("write the whole list, up to `]`, on one line");
        if at.indent > at.base || at.closes() {
            Verdict::Misplaced(diagnostic)
        } else {
            Verdict::End(diagnostic)
        }
    }

    fn in_map(&mut self, at: Break<'_>) -> Verdict {
        if at.indent <= at.base && !at.closes() {
            return self
                .unclosed(at.file)
                .map_or(Verdict::Continue, Verdict::End);
        }
        if at.last == b'{' {
            self.spread_innermost();
        }
        let spread = self.stack.last().is_some_and(|bracket| bracket.spread);
        if !spread || !(matches!(at.last, b'{' | b',') || at.closes()) {
            return Verdict::Misplaced(at.misplaced_break());
        }
        let expected = at.base + LEVEL * (self.spread - usize::from(at.closes()));
        if at.indent == expected {
            Verdict::Continue
        } else {
            Verdict::Misplaced(at.misplaced_pair(expected))
        }
    }

    fn spread_innermost(&mut self) {
        if let Some(bracket) = self.stack.last_mut().filter(|bracket| !bracket.spread) {
            bracket.spread = true;
            self.spread += 1;
        }
    }

    fn innermost(&self, file: FileId) -> Span {
        let offset = self.stack.last().map_or(0, |bracket| bracket.offset);
        Span::new(file, offset, offset + 1)
    }
}

impl Bracket {
    fn diagnostic(self, file: FileId, message: &str) -> Diagnostic {
        Diagnostic::error(
            Code::Syntax,
            Span::new(file, self.offset, self.offset + 1),
            message,
        )
    }

    fn never_closed(self, file: FileId) -> Diagnostic {
        let closing = match self.byte {
            b'(' => ')',
            b'[' => ']',
            _ => '}',
        };
        self.diagnostic(
            file,
            &format!("this `{}` is never closed", char::from(self.byte)),
        )
        .label(format!("expected a `{closing}` for this"))
    }
}

impl Break<'_> {
    fn diagnostic(self, code: Code, message: String) -> Diagnostic {
        Diagnostic::error(
            code,
            Span::new(self.file, self.next, end_of_token(self.bytes, self.next)),
            message,
        )
    }

    fn closes(self) -> bool {
        matches!(self.bytes.get(self.next), Some(b'}' | b']' | b')'))
    }

    /// Whether the line after the break reads like the middle of an argument list rather than like a new line.
    fn is_continuation(self) -> bool {
        let end = end_of_token(self.bytes, self.next);
        let follower = self.bytes.get(skip_blanks(self.bytes, end));
        let string = self.bytes.get(self.next) == Some(&b'"');
        self.closes()
            || !string && matches!(follower, Some(b',' | b')' | b'(' | b'.' | b'?' | b'='))
    }

    fn misplaced_break(self) -> Diagnostic {
        self.diagnostic(
            Code::Syntax,
            "a line break cannot stand here in a map".to_owned(),
        )
        .label("this belongs on the line before")
        .help("a map is on one line, or its lines break after `{`, after commas and before `}`")
    }

    fn misplaced_pair(self, expected: usize) -> Diagnostic {
        let code = if self.indent.is_multiple_of(LEVEL) {
            Code::Syntax
        } else {
            Code::Indentation
        };
        self.diagnostic(
            code,
            format!("a line of a map is indented by {}", columns(self.indent)),
        )
        .label(format!("expected {}", columns(expected)))
        .help("pairs are one level deeper than the line with `{`; `}` is on the level of that line")
    }
}

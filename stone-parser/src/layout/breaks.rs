//! What a line break inside brackets means.
//!
//! In: the open brackets and what is around a line break. Out: whether the next physical line continues the logical
//! one, and diagnostics when it does so in the wrong place.

use super::brackets::{Bracket, Brackets};
use super::chars::{end_of_token, skip_blanks};
use super::{LEVEL, columns};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// A line break inside brackets: what is before it and after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Break<'a> {
    pub file: FileId,
    pub bytes: &'a [u8],
    /// Indentation of the logical line.
    pub base: usize,
    /// Where the last token before it ends.
    pub end: usize,
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

impl Break<'_> {
    /// Judges the break.
    pub fn judge(self, brackets: &mut Brackets) -> Verdict {
        match brackets.innermost() {
            None => Verdict::Continue,
            Some(bracket) if bracket.byte == b'(' => self.in_parentheses(bracket),
            Some(bracket) if bracket.byte == b'[' => self.in_list(bracket),
            Some(_) => self.in_map(brackets),
        }
    }

    fn in_parentheses(self, bracket: Bracket) -> Verdict {
        let expected = self.base + LEVEL;
        if self.indent == expected {
            return Verdict::Continue;
        }
        let message = format!(
            "a continuation line is indented by {}",
            columns(self.indent)
        );
        let diagnostic = Diagnostic::error(Code::Continuation, self.next_token(), message)
            .label(format!("expected {}", columns(expected)))
            .also(bracket.span(self.file), "because of this parenthesis");
        if self.indent > self.base || self.is_amid_arguments() {
            Verdict::Misplaced(diagnostic.help(
                "all further lines inside parentheses, even `)` alone, are indented one level deeper than the declaration",
            ))
        } else {
            Verdict::End(diagnostic.help(
                "close the parenthesis, or indent this line one level deeper than the declaration",
            ))
        }
    }

    fn in_list(self, bracket: Bracket) -> Verdict {
        let diagnostic = Diagnostic::error(
            Code::Syntax,
            bracket.span(self.file),
            "a list stands on one line",
        )
        .label("the line ends before this list does")
        .help("write the whole list, up to `]`, on one line");
        if self.is_amid_values() {
            Verdict::Misplaced(diagnostic)
        } else {
            Verdict::End(diagnostic)
        }
    }

    /// A map may have line breaks after commas; if it has one after `{`, it has one before `}`, and pairs are indented.
    fn in_map(self, brackets: &mut Brackets) -> Verdict {
        let (last, closes) = (self.last(), self.closes());
        if last == b'{' {
            brackets.spread_innermost();
        }
        let expected = self.base + LEVEL * brackets.spread().saturating_sub(usize::from(closes));
        let Some(bracket) = brackets.innermost() else {
            return Verdict::Continue;
        };
        let fits = match last {
            b'{' => !closes,
            b',' => true,
            _ => closes && bracket.spread,
        };
        match fits {
            true if self.indent == expected => Verdict::Continue,
            _ if !self.is_amid_values() => Verdict::End(self.unclosed(bracket)),
            true => Verdict::Misplaced(self.misplaced_pair(expected)),
            false => Verdict::Misplaced(self.misplaced_break(bracket)),
        }
    }

    fn last(self) -> u8 {
        self.end
            .checked_sub(1)
            .and_then(|last| self.bytes.get(last))
            .copied()
            .unwrap_or_default()
    }

    fn next_byte(self) -> u8 {
        self.bytes.get(self.next).copied().unwrap_or_default()
    }

    fn next_token(self) -> Span {
        Span::new(self.file, self.next, end_of_token(self.bytes, self.next))
    }

    fn closes(self) -> bool {
        matches!(self.next_byte(), b'}' | b']' | b')')
    }

    /// Whether the next line reads like the middle of an argument list rather than like a new line.
    fn is_amid_arguments(self) -> bool {
        let end = end_of_token(self.bytes, self.next);
        let follower = self.bytes.get(skip_blanks(self.bytes, end));
        let is_string = self.next_byte() == b'"';
        self.closes()
            || !is_string && matches!(follower, Some(b',' | b')' | b'(' | b'.' | b'?' | b'='))
    }

    /// Whether the next line reads like the middle of a list or map.
    fn is_amid_values(self) -> bool {
        let is_value = matches!(self.next_byte(), b'"' | b'[' | b'{' | b'-' | b'0'..=b'9');
        self.indent > self.base || self.closes() || self.indent == self.base && is_value
    }

    fn unclosed(self, bracket: Bracket) -> Diagnostic {
        if !bracket.spread {
            return bracket.never_closed(self.file);
        }
        Diagnostic::error(
            Code::Syntax,
            self.next_token(),
            "expected `}` or another pair",
        )
        .label("the map is still open here")
        .also(bracket.span(self.file), "the map begins here")
        .help("close the map with `}` on a line of its own")
    }

    fn misplaced_break(self, bracket: Bracket) -> Diagnostic {
        let complete = !matches!(self.last(), b'{' | b':');
        if self.last() == b'{' {
            return Diagnostic::error(
                Code::Syntax,
                self.next_token(),
                "a map without pairs is spread over lines",
            )
            .label("expected a pair")
            .help("an empty map is written `{}`");
        }
        if bracket.spread && complete {
            return Diagnostic::error(
                Code::Syntax,
                self.next_token(),
                "expected `,` or `}` after a pair of a map",
            )
            .label("a comma is missing before this");
        }
        let end = Span::new(self.file, self.end, self.end);
        Diagnostic::error(Code::Syntax, end, "a line break cannot stand here in a map")
            .label("the line ends too early")
            .help("a map is on one line, or its lines break after `{`, after commas and before `}`")
    }

    fn misplaced_pair(self, expected: usize) -> Diagnostic {
        let code = if self.indent.is_multiple_of(LEVEL) {
            Code::Syntax
        } else {
            Code::Indentation
        };
        let message = format!("a line of a map is indented by {}", columns(self.indent));
        Diagnostic::error(code, self.next_token(), message)
            .label(format!("expected {}", columns(expected)))
            .help("pairs are one level deeper than the line with `{`; `}` is on the level of that line")
    }
}

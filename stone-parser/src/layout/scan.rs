//! Cuts a file into logical lines.
//!
//! In: the text. Out: a [`Line`] for every logical line, not yet arranged, and diagnostics for what no token begins
//! with, for broken strings and for line breaks inside brackets. It goes over the text once and builds nothing else.

use super::brackets::Brackets;
use super::breaks::{Break, Verdict};
use super::strings::{self, Scanned};
use super::{Line, MAX_DEPTH, chars};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Scans a file.
pub(super) fn scan(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Vec<Line> {
    let mut scanner = Scanner {
        file,
        text,
        bytes: text.as_bytes(),
        diagnostics,
        at: 0,
        brackets: Brackets::default(),
        lines: Vec::new(),
        open: None,
        at_line_start: true,
        suspect: None,
    };
    scanner.run();
    scanner.lines
}

struct Scanner<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    diagnostics: &'a mut Diagnostics,
    at: usize,
    brackets: Brackets,
    lines: Vec<Line>,
    /// The logical line being read.
    open: Option<OpenLine>,
    /// Whether the physical line has had no token yet.
    at_line_start: bool,
    /// The first string that may have lacked its closing quote.
    suspect: Option<Span>,
}

#[derive(Debug, Clone, Copy)]
struct OpenLine {
    start: usize,
    /// The end of the first token.
    head: usize,
    /// The end of the last token so far.
    end: usize,
    indent: usize,
    broken: bool,
    /// Whether what follows is left out because it is too deep.
    cut: bool,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            self.physical_line();
            self.at = chars::skip_break(self.bytes, self.at);
        }
        if let Some(bracket) = self.brackets.innermost() {
            self.report(bracket.never_closed(self.file));
        }
        self.end_line();
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Reports what is wrong with the current logical line, unless it is known to be wrong.
    fn report(&mut self, diagnostic: Diagnostic) {
        match &mut self.open {
            Some(line) if line.broken => {}
            Some(line) => {
                line.broken = true;
                self.diagnostics.push(diagnostic);
            }
            None => self.diagnostics.push(diagnostic),
        }
    }

    /// Reads to the line break or the end of the file.
    fn physical_line(&mut self) {
        let start = self.at;
        self.at = chars::skip_blanks(self.bytes, start);
        if self
            .peek()
            .is_none_or(|byte| chars::is_break(byte) || byte == b'#')
        {
            self.at = chars::end_of_line(self.bytes, self.at);
            return;
        }
        self.at_line_start = true;
        self.first_token(self.at - start);
        while self.peek().is_some_and(|byte| !chars::is_break(byte)) {
            self.token();
        }
        self.brackets.let_go();
        if self.brackets.is_empty() {
            self.end_line();
        }
    }

    /// Decides whether the physical line that has its first token here begins a logical line or continues one.
    fn first_token(&mut self, indent: usize) {
        let Some(line) = self.open else {
            return self.begin_line(indent);
        };
        let (file, bytes, next) = (self.file, self.bytes, self.at);
        let at = Break {
            file,
            bytes,
            base: line.indent,
            end: line.end,
            next,
            indent,
        };
        match at.judge(&mut self.brackets) {
            Verdict::Continue => {}
            Verdict::Misplaced(diagnostic) => self.report(diagnostic),
            Verdict::End(diagnostic) => {
                self.report(diagnostic);
                self.end_line();
                self.begin_line(indent);
            }
        }
    }

    fn begin_line(&mut self, indent: usize) {
        let indent = if self.lines.is_empty() && self.is_unchecked() {
            0
        } else {
            indent
        };
        self.open = Some(OpenLine {
            start: self.at,
            head: self.at,
            end: self.at,
            indent,
            broken: false,
            cut: false,
        });
    }

    /// The first line with a token may be indented at will, unless the file begins with a blank line.
    fn is_unchecked(&self) -> bool {
        let first = self.bytes.get(chars::skip_blanks(self.bytes, 0));
        first.is_some_and(|byte| !chars::is_break(*byte))
    }

    fn end_line(&mut self) {
        self.brackets.clear();
        if let Some(OpenLine {
            start,
            head,
            end,
            indent,
            broken,
            ..
        }) = self.open.take().filter(|line| line.end > line.start)
        {
            let span = Span::new(self.file, start, end);
            let head = Span::new(self.file, start, head);
            self.lines.push(Line {
                span,
                head,
                indent,
                descendants: 0,
                broken,
            });
        }
    }

    /// Reads a token, blanks, a comment, or a character that is none of these.
    fn token(&mut self) {
        let Some(byte) = self.peek() else { return };
        let (bytes, start) = (self.bytes, self.at);
        match byte {
            b' ' | b'\t' => return self.at = chars::skip_blanks(bytes, start),
            b'#' => return self.at = chars::end_of_line(bytes, start),
            b'"' => self.string(),
            b'(' | b'[' | b'{' => self.open_bracket(byte),
            b')' | b']' | b'}' => self.close_bracket(byte),
            b'.' | b',' | b'=' | b':' | b'?' | b'@' => self.at += 1,
            b'/' => self.at = chars::end_of_path(bytes, start),
            b'-' | b'0'..=b'9' => self.at = chars::end_of_number(bytes, start),
            _ if chars::begins_word(byte) => self.at = chars::end_of_word(bytes, start),
            _ => {}
        }
        if self.at == start {
            return self.illegal();
        }
        self.at_line_start = false;
        self.extend_line(start);
    }

    /// Adds the token from `start` to here to the logical line.
    fn extend_line(&mut self, start: usize) {
        let Some(line) = self.open.as_mut().filter(|line| !line.cut) else {
            return;
        };
        if line.head == line.start {
            (line.start, line.head) = (start, self.at);
        }
        line.end = self.at;
    }

    fn open_bracket(&mut self, byte: u8) {
        let holds = byte == b'(' || self.is_before_value();
        if self.brackets.open(byte, self.at, holds) {
            let span = Span::new(self.file, self.at, self.at + 1);
            let message = format!("brackets nest more than {MAX_DEPTH} deep");
            self.report(Diagnostic::error(Code::TooDeep, span, message).label("one too many"));
            self.cut_line();
        }
        self.at += 1;
    }

    /// Whether a list or map may begin here: in the value of an example, which may begin on the line after the `=`.
    fn is_before_value(&self) -> bool {
        let line = self
            .open
            .filter(|line| line.end > line.start)
            .map(|line| line.end);
        let end = line.or(self.lines.last().map(|line| line.span.end as usize));
        let last = end.and_then(|end| self.bytes.get(end.checked_sub(1)?));
        matches!(last, Some(b'=' | b':' | b',' | b'[' | b'{'))
    }

    fn cut_line(&mut self) {
        if let Some(line) = &mut self.open {
            line.cut = true;
        }
    }

    /// Closes a bracket. The brace of a map over several lines stands at the beginning of its line.
    fn close_bracket(&mut self, byte: u8) {
        let spread = self
            .brackets
            .innermost()
            .is_some_and(|bracket| bracket.spread);
        if byte == b'}' && spread && !self.at_line_start {
            let span = Span::new(self.file, self.at, self.at + 1);
            let diagnostic =
                Diagnostic::error(Code::Syntax, span, "this `}` belongs on a line of its own");
            self.report(diagnostic.label("the map is spread over lines"));
        }
        self.brackets.close(byte);
        self.at += 1;
    }

    fn illegal(&mut self) {
        let end = chars::end_of_char(self.bytes, self.at);
        if !self.open.is_some_and(|line| line.broken) {
            let character = self
                .text
                .get(self.at..end)
                .and_then(|text| text.chars().next());
            let span = Span::new(self.file, self.at, end);
            self.report(chars::illegal(
                character.unwrap_or(char::REPLACEMENT_CHARACTER),
                span,
            ));
        }
        self.at = end;
    }

    fn string(&mut self) {
        let open = self.at;
        match strings::scan(self.bytes, open) {
            Scanned::Closed(end) => self.at = end,
            Scanned::BadEscape(end, backslash) => {
                self.report(strings::bad_escape(self.file, open, backslash));
                self.at = end;
            }
            Scanned::Unclosed => self.unclosed_string(open),
        }
        if self.suspect.is_none() && strings::is_suspect(self.bytes, open, self.at) {
            self.suspect = Some(Span::new(self.file, open, open + 1));
        }
    }

    /// Gives up the rest of the file, this line included, and what came after the string that may be to blame.
    fn unclosed_string(&mut self, open: usize) {
        self.diagnostics
            .push(strings::unclosed(self.file, open, self.suspect));
        self.brackets.clear();
        self.open = None;
        self.at = self.bytes.len();
        if let Some(suspect) = self.suspect {
            self.lines.retain(|line| line.span.end <= suspect.start);
        }
        if let Some(line) = self.lines.last_mut() {
            line.broken = true;
        }
    }
}

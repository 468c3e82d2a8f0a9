//! Canonical text: one way to write each spec.
//!
//! In: a file without syntax errors. Out: its text with the same tokens in the same order, in canonical layout.
//! The printer goes over the logical lines of `layout`, which hold every token, and over the gaps between them, which
//! hold nothing but comments and blank lines. So nothing can get lost, literals keep their spelling, and the AST is
//! spared what only a printer wants to know. `docs/formatting.md` states the rules.

mod docs;
mod gaps;
mod line;
mod tokens;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::{LEVEL, Line, chars, layout};
use crate::parse::parse_lines;
use crate::source::{FileId, SourceMap};

use gaps::Gap;
use tokens::{Token, tokens};

/// Columns that lines keep to where they can be broken.
const WIDTH: usize = 120;

/// The canonical text of a file: its IR is the same, and so are its comments.
///
/// ```
/// use stone_parser::source::SourceMap;
///
/// let mut sources = SourceMap::new();
/// let file = sources.add("a.stone", "namespace a\nalias  B=String( min_length = 1 )# short");
/// let text = stone_parser::format(&sources, file);
/// assert_eq!(text.as_deref(), Ok("namespace a\n\nalias B = String(min_length=1)  # short\n"));
/// ```
///
/// # Errors
///
/// A file with syntax errors has no canonical text; these errors are returned.
pub fn format(sources: &SourceMap, file: FileId) -> Result<String, Vec<Diagnostic>> {
    let text = &sources[file].text;
    let mut diagnostics = Diagnostics::default();
    let lines = layout(file, text, &mut diagnostics);
    parse_lines(file, text, &lines, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.into_sorted());
    }
    Ok(Printer::new(text).file(&lines))
}

/// A logical line in canonical text, on one line and without its comments.
pub(crate) fn signature(line: &str) -> String {
    let mut tokens = tokens(line);
    tokens.retain(|token| !token.is_comment());
    line::join(&tokens)
}

/// What blank lines and comments around a logical line depend on.
#[derive(Debug, Clone, Copy)]
struct Head<'s> {
    /// The first token.
    word: &'s str,
    /// The level of indentation.
    depth: usize,
}

struct Printer<'s> {
    text: &'s str,
    out: String,
}

impl<'s> Printer<'s> {
    fn new(text: &'s str) -> Self {
        let out = String::with_capacity(text.len());
        Self { text, out }
    }

    fn file(mut self, lines: &[Line]) -> String {
        let (mut end, mut above) = (0, None);
        let mut lines = lines.iter().peekable();
        while let Some(first) = lines.next() {
            let last = lines.next_if(|map| self.belongs_to(map, first));
            let head = self.head(first);
            self.gap(end, first.span.start, above, Some(head));
            let more = last.map(|map| tokens(self.slice(map)));
            let mut tokens = tokens(self.slice(first));
            tokens.extend(more.into_iter().flatten());
            self.line(&tokens, head.depth);
            end = last.unwrap_or(first).span.end;
            above = Some(head);
        }
        self.gap(end, self.text.len() as u32, above, None);
        self.out
    }

    fn slice(&self, line: &Line) -> &'s str {
        self.text.get(line.span.range()).unwrap_or_default()
    }

    fn head(&self, line: &Line) -> Head<'s> {
        Head {
            word: self.text.get(line.head.range()).unwrap_or_default(),
            depth: line.indent / LEVEL,
        }
    }

    /// Whether a logical line is the map of the field of an example above it. The two become one line, unless that
    /// would move a comment or the indentation of a string over several lines.
    fn belongs_to(&self, map: &Line, name: &Line) -> bool {
        let between = name.span.end as usize..map.span.start as usize;
        self.slice(name).ends_with('=')
            && name.descendants == 1
            && !self.text.get(between).unwrap_or_default().contains('#')
            && !tokens(self.slice(map)).iter().any(Token::spans_lines)
    }

    fn gap(&mut self, start: u32, end: u32, above: Option<Head<'_>>, below: Option<Head<'_>>) {
        let text = self.text.get(start as usize..end as usize);
        let gap = Gap::new(text.unwrap_or_default(), above.is_some());
        self.out += &gap.print(above, below);
    }

    fn line(&mut self, tokens: &[Token<'_>], depth: usize) {
        let text = match tokens {
            [string] if string.is_string() => docs::print(string.text, depth * LEVEL),
            _ => line::print(tokens, depth * LEVEL),
        };
        self.out.extend(std::iter::repeat_n(' ', depth * LEVEL));
        self.out += &text;
    }
}

/// The lines of a text without their breaks, which may be `\n`, `\r\n` or `\r`.
fn physical_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = chars::end_of_line(text.as_bytes(), 0);
        rest = text.get(chars::skip_break(text.as_bytes(), end)..);
        text.get(..end)
    })
}

//! Docstrings.
//!
//! In: a line that begins with a string. Out: its text, and diagnostics for a docstring that comes late or again.

use super::{Parser, text};
use crate::ast::Doc;
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::{Block, Line, chars};
use crate::source::Span;

impl<'s> Parser<'s> {
    /// Reads a docstring into `slot`, unless there is one. `late` names what it should have come before.
    pub(super) fn doc(
        &mut self,
        line: &Line,
        below: Block<'s>,
        slot: &mut Option<Doc>,
        late: Option<&str>,
    ) {
        self.refuse_body(below, "a docstring");
        let Some(doc) = self.doc_line(line) else {
            return;
        };
        let place = self.first_line(doc.span);
        if let Some(other) = late {
            let message = format!("docstrings come before {other}");
            self.report(Diagnostic::error(Code::Syntax, place, message).label("too late"));
        } else if let Some(first) = slot {
            let diagnostic = Diagnostic::error(
                Code::Syntax,
                place,
                "there is one docstring, this is the second",
            )
            .label("second docstring")
            .also(self.first_line(first.span), "first docstring")
            .help("a docstring may have several paragraphs, with blank lines between them");
            self.report(diagnostic);
        }
        slot.get_or_insert(doc);
    }

    /// The part of a docstring that is on its first line.
    fn first_line(&self, span: Span) -> Span {
        let end = chars::end_of_line(self.text.as_bytes(), span.start as usize);
        Span {
            end: span.end.min(end as u32),
            ..span
        }
    }

    /// Reads a docstring. If it is alone on its line, as it should be, `layout` has found its end already.
    fn doc_line(&mut self, line: &Line) -> Option<Doc> {
        if line.head == line.span && !line.broken {
            return Some(Doc {
                text: text::unquote(self.head(line), line.indent),
                span: line.span,
            });
        }
        let pair = self.line(Rule::doc, line)?.next()?;
        Some(Doc {
            text: text::unquote(pair.as_str(), line.indent),
            span: self.span(&pair),
        })
    }
}

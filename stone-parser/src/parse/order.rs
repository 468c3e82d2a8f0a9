//! Checks that bodies have in common: that they exist, or do not, and that nothing is repeated.
//!
//! In: lines and names. Out: diagnostics.

use std::collections::HashMap;

use super::Parser;
use crate::ast::Ident;
use crate::diagnostic::{Code, Diagnostic};
use crate::layout::{Block, Line};

impl<'s> Parser<'s> {
    /// Reports the header that was read last if it has no body. The place is where the body should have begun: the next line, if there is one.
    pub(super) fn need_body(&mut self, header: &Line, body: Block<'s>, needs: &str) {
        if body.first().is_some() || self.quiet {
            return;
        }
        let next = self
            .lines
            .partition_point(|line| line.span.start <= header.span.start);
        let message = format!("the body of this `{}` is missing", self.head(header));
        let diagnostic = match self.lines.get(next) {
            Some(line) => Diagnostic::error(Code::Syntax, line.head, "expected an indented line")
                .label("expected an indented line before this")
                .also(header.span, message),
            None => {
                Diagnostic::error(Code::Syntax, header.span, message).label("the file ends here")
            }
        };
        self.report(diagnostic.help(format!("below it, one level deeper, {needs}")));
    }

    /// Reports lines below a line that takes none.
    pub(super) fn refuse_body(&mut self, body: Block<'s>, owner: &str) {
        let Some(line) = body.first().filter(|line| !line.broken) else {
            return;
        };
        let message = format!("nothing can stand below {owner}");
        self.report(
            Diagnostic::error(Code::Syntax, line.head, message).label("unexpected indented line"),
        );
    }

    /// Reports each name that has been given before.
    pub(super) fn refuse_repetitions<'n>(
        &mut self,
        code: Code,
        noun: &str,
        names: impl Iterator<Item = &'n Ident>,
    ) {
        for diagnostic in repetitions(code, noun, names) {
            self.report(diagnostic);
        }
    }
}

/// A diagnostic for each name that has been given before.
pub(super) fn repetitions<'n>(
    code: Code,
    noun: &str,
    names: impl Iterator<Item = &'n Ident>,
) -> impl Iterator<Item = Diagnostic> {
    let mut seen = HashMap::new();
    names.filter_map(move |name| {
        let first = seen.insert(&name.text, name.span)?;
        let diagnostic = Diagnostic::error(
            code,
            name.span,
            format!("{noun} `{}` is given twice", name.text),
        )
        .label("given again here")
        .also(first, "given before");
        Some(diagnostic)
    })
}

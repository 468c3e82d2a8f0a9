//! Cuts a file into logical lines and arranges them by indentation.
//!
//! In: the text of a file. Out: [`Line`]s in source order, each knowing how many of its followers stand below it, and
//! diagnostics for illegal characters, indentation and line breaks. The grammar is spared all of that: it sees one
//! logical line at a time, with its strings closed and its brackets at a bounded depth.

mod brackets;
mod breaks;
pub(crate) mod chars;
mod scan;
mod strings;
#[cfg(test)]
mod tests;
mod tree;

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span};

/// How deep lines and brackets may nest.
pub(crate) const MAX_DEPTH: usize = 128;

/// Columns of one level of indentation.
pub(crate) const LEVEL: usize = 4;

/// A logical line: a physical one, or several that strings and brackets hold together.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// From its first to its last token.
    pub span: Span,
    /// Its first token.
    pub head: Span,
    /// Columns before its first token.
    pub indent: usize,
    /// How many of the lines after it stand below it, at any depth.
    pub descendants: usize,
    /// Whether it has a diagnostic already, so that another would only repeat it.
    pub broken: bool,
}

/// Lines that stand below one line, or all lines of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block<'a>(&'a [Line]);

impl<'a> Block<'a> {
    pub(crate) fn new(lines: &'a [Line]) -> Self {
        Self(lines)
    }

    pub(crate) fn first(self) -> Option<&'a Line> {
        self.0.first()
    }

    /// From the line above the block to the end of the block.
    pub(crate) fn extent(self, above: &Line) -> Span {
        self.0
            .last()
            .map_or(above.span, |last| above.span.to(last.span))
    }
}

/// Yields each line of a block with the block below it.
impl<'a> Iterator for Block<'a> {
    type Item = (&'a Line, Block<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (line, rest) = self.0.split_first()?;
        let (body, rest) = rest.split_at_checked(line.descendants)?;
        self.0 = rest;
        Some((line, Block(body)))
    }
}

/// Lays out one file.
pub(crate) fn layout(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Vec<Line> {
    let lines = scan::scan(file, text, diagnostics);
    tree::arrange(lines, diagnostics)
}

/// A number of columns in words.
fn columns(count: usize) -> String {
    if count == 1 {
        "1 column".to_owned()
    } else {
        format!("{count} columns")
    }
}

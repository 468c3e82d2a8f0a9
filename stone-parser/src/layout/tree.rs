//! Arranges logical lines by indentation.
//!
//! In: lines in source order. Out: the same lines, each with the number of lines that stand below it, and diagnostics
//! for indentation that is no multiple of four, that skips a level, or that is too deep.

use super::{LEVEL, Line, MAX_DEPTH, columns};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Arranges the lines of a file. Lines that are too deep are dropped.
pub(super) fn arrange(lines: Vec<Line>, diagnostics: &mut Diagnostics) -> Vec<Line> {
    let mut tree = Tree {
        lines: Vec::with_capacity(lines.len()),
        ancestors: Vec::new(),
        wrong: None,
        diagnostics,
    };
    let mut dropping = false;
    for line in lines {
        let meant = tree.meant(line.indent);
        tree.close_to(meant);
        let too_deep = tree.ancestors.len() >= MAX_DEPTH;
        if !too_deep {
            tree.add(line, meant);
        } else if !dropping {
            tree.too_deep(&line);
        }
        dropping = too_deep;
    }
    tree.close_to(0);
    tree.lines
}

struct Tree<'a> {
    lines: Vec<Line>,
    /// The lines around the next one, outermost first.
    ancestors: Vec<usize>,
    /// The wrong indentation of the block being read, so that it costs one diagnostic.
    wrong: Option<usize>,
    diagnostics: &'a mut Diagnostics,
}

impl Tree<'_> {
    /// The indentation that was meant. A wrong one that is a column off, or between two that are in use, is one of these.
    fn meant(&self, indent: usize) -> usize {
        let mut in_use = self
            .ancestors
            .iter()
            .filter_map(|index| self.lines.get(*index))
            .map(|line| line.indent);
        match indent % LEVEL {
            0 => indent,
            1 if indent > LEVEL => indent - 1,
            3 => indent + 1,
            _ => in_use.find(|used| *used >= indent).unwrap_or(indent),
        }
    }

    /// Ends the blocks of all lines that are not less indented than `indent`.
    fn close_to(&mut self, indent: usize) {
        let end = self.lines.len();
        while let Some(&index) = self.ancestors.last() {
            let Some(line) = self
                .lines
                .get_mut(index)
                .filter(|line| line.indent >= indent)
            else {
                break;
            };
            line.descendants = end - index - 1;
            self.ancestors.pop();
        }
    }

    fn add(&mut self, mut line: Line, meant: usize) {
        let in_wrong_block = self.wrong.is_some_and(|indent| line.indent >= indent);
        if !in_wrong_block {
            self.wrong = None;
            if let Some(diagnostic) = self.check(&line) {
                self.diagnostics.push(diagnostic);
                self.wrong = Some(line.indent);
                line.broken = true;
            }
        }
        line.indent = meant;
        self.ancestors.push(self.lines.len());
        self.lines.push(line);
    }

    fn check(&self, line: &Line) -> Option<Diagnostic> {
        let parent = self
            .ancestors
            .last()
            .and_then(|index| self.lines.get(*index));
        let expected = parent.map_or(0, |parent| parent.indent + LEVEL);
        let found = columns(line.indent);
        if !line.indent.is_multiple_of(LEVEL) {
            let message = format!("indentation of {found} is not a multiple of four");
            return Some(
                Diagnostic::error(Code::Indentation, line.head, message)
                    .label(format!("expected {}", columns(expected)))
                    .help("indent with four spaces for each level; a tab counts as one column"),
            );
        }
        (line.indent > expected).then(|| {
            let message = format!("this line is indented by {found} where {expected} are expected");
            Diagnostic::error(Code::Syntax, line.head, message).label("indented too far")
        })
    }

    fn too_deep(&mut self, line: &Line) {
        let message = format!("lines nest more than {MAX_DEPTH} deep");
        let diagnostic = Diagnostic::error(Code::TooDeep, line.head, message);
        self.diagnostics
            .push(diagnostic.label("this level is one too many"));
    }
}

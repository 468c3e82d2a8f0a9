//! Arranges logical lines by indentation.
//!
//! In: lines in source order. Out: the same lines, each with the number of lines that stand below it, and diagnostics
//! for indentation that is no multiple of four, that skips a level, or that is too deep.

use super::{LEVEL, Line, MAX_DEPTH};
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
        tree.close_to(level_meant(line.indent));
        let too_deep = tree.ancestors.len() >= MAX_DEPTH;
        if !too_deep {
            tree.add(line);
        } else if !dropping {
            tree.too_deep(&line);
        }
        dropping = too_deep;
    }
    tree.close_to(0);
    tree.lines
}

/// The indentation that was meant: a line that is one column off belongs to its neighbours.
fn level_meant(indent: usize) -> usize {
    match indent % LEVEL {
        3 => indent + 1,
        1 if indent > LEVEL => indent - 1,
        _ => indent,
    }
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

    fn add(&mut self, mut line: Line) {
        let in_wrong_block = self.wrong.is_some_and(|indent| line.indent >= indent);
        if !in_wrong_block {
            self.wrong = None;
            if let Some(diagnostic) = self.check(&line).filter(|_| !line.broken) {
                self.diagnostics.push(diagnostic);
                self.wrong = Some(line.indent);
                line.broken = true;
            }
        }
        line.indent = level_meant(line.indent);
        self.ancestors.push(self.lines.len());
        self.lines.push(line);
    }

    fn check(&self, line: &Line) -> Option<Diagnostic> {
        let parent = self
            .ancestors
            .last()
            .and_then(|index| self.lines.get(*index));
        let expected = parent.map_or(0, |parent| parent.indent + LEVEL);
        if !line.indent.is_multiple_of(LEVEL) {
            let message = format!(
                "indentation of {} columns is not a multiple of four",
                line.indent
            );
            return Some(
                Diagnostic::error(Code::Indentation, line.head, message)
                    .label(format!("expected {expected} columns"))
                    .help("indent with four spaces for each level; a tab counts as one column"),
            );
        }
        (line.indent > expected).then(|| {
            let message = format!(
                "this line is indented by {} columns where {expected} are expected",
                line.indent
            );
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

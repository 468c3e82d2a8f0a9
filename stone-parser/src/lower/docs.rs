//! Docstrings.
//!
//! In: the docstrings of the AST. Out: their unwrapped text.

use crate::ast;
use crate::ir;

/// The docstring with its text unwrapped and its references not yet looked at.
pub(super) fn doc(doc: &ast::Doc) -> ir::Doc {
    ir::Doc {
        text: unwrap(&doc.text),
        parts: Vec::new(),
    }
}

/// Joins the lines of each paragraph: a single line break becomes a blank, a run of n ≥ 2 becomes n - 1 of them.
pub(super) fn unwrap(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut breaks = 0;
    for line in raw.trim().split('\n').map(str::trim_end) {
        if !line.is_empty() {
            match breaks {
                0 => {}
                1 => text.push(' '),
                n => text.extend(std::iter::repeat_n('\n', n - 1)),
            }
            text.push_str(line);
            breaks = 0;
        }
        breaks += 1;
    }
    text
}

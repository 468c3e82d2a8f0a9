//! The brackets that are open in the current logical line.
//!
//! In: brackets as the scanner meets them. Out: which is the innermost, and whether they nest too deep.

use super::MAX_DEPTH;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// An open bracket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bracket {
    pub byte: u8,
    pub offset: usize,
    /// Whether it may have a line break inside.
    pub holds: bool,
    /// A brace with a line break after it.
    pub spread: bool,
}

/// All open brackets.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    stack: Vec<Bracket>,
    /// How many of them are spread.
    spread: usize,
    /// How many of them are `(`, `[` and `{`.
    kinds: [usize; 3],
}

impl Brackets {
    pub fn is_empty(&self) -> bool {
        self.stack.is_empty()
    }

    pub fn clear(&mut self) {
        self.stack.clear();
        self.spread = 0;
        self.kinds = [0; 3];
    }

    pub fn innermost(&self) -> Option<Bracket> {
        self.stack.last().copied()
    }

    /// How many maps over several lines are open.
    pub fn spread(&self) -> usize {
        self.spread
    }

    /// Notes that a line break follows the innermost bracket.
    pub fn spread_innermost(&mut self) {
        if let Some(bracket) = self.stack.last_mut().filter(|bracket| !bracket.spread) {
            bracket.spread = true;
            self.spread += 1;
        }
    }

    /// Opens a bracket that may have a line break inside, or not; whether it is the first one too deep.
    pub fn open(&mut self, byte: u8, offset: usize, holds: bool) -> bool {
        self.kinds[kind(byte)] += 1;
        self.stack.push(Bracket {
            byte,
            offset,
            holds,
            spread: false,
        });
        self.stack.len() == MAX_DEPTH + 1
    }

    /// Forgets, at the end of a physical line, the innermost brackets that hold no lines.
    pub fn let_go(&mut self) {
        while self.stack.last().is_some_and(|bracket| !bracket.holds) {
            self.pop();
        }
    }

    fn pop(&mut self) -> Option<Bracket> {
        let bracket = self.stack.pop()?;
        self.kinds[kind(bracket.byte)] -= 1;
        self.spread -= usize::from(bracket.spread);
        Some(bracket)
    }

    /// Closes the bracket that `byte` belongs to, or the innermost if there is none: that one was meant. What is wrong
    /// with the pair is for the grammar to report.
    pub fn close(&mut self, byte: u8) {
        let meant = kind(byte);
        let missing = self.kinds[meant] == 0;
        while let Some(bracket) = self.pop() {
            if missing || kind(bracket.byte) == meant {
                break;
            }
        }
    }
}

impl Bracket {
    pub fn span(self, file: FileId) -> Span {
        Span::new(file, self.offset, self.offset + 1)
    }

    pub fn closing(self) -> char {
        match self.byte {
            b'(' => ')',
            b'[' => ']',
            _ => '}',
        }
    }

    pub fn never_closed(self, file: FileId) -> Diagnostic {
        let message = format!("this `{}` is never closed", char::from(self.byte));
        let label = format!("expected a `{}` for this", self.closing());
        Diagnostic::error(Code::Syntax, self.span(file), message).label(label)
    }
}

/// The kind of an opening or closing bracket, as an index.
fn kind(byte: u8) -> usize {
    match byte {
        b'(' | b')' => 0,
        b'[' | b']' => 1,
        _ => 2,
    }
}

//! What stands between logical lines: comments and blank lines.
//!
//! In: the text from the end of one logical line to the beginning of the next. Out: its comments in the place that
//! belongs to them, and as many blank lines as canonical text has there.

use super::{Head, physical_lines};
use crate::layout::LEVEL;

/// The comments and blank lines between two logical lines.
pub(super) struct Gap<'s> {
    /// The comment at the end of the line above.
    trailing: Option<&'s str>,
    pieces: Vec<Piece<'s>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'s> {
    /// One blank line or several.
    Blank,
    /// A comment on a line of its own, and the column where it was.
    Comment(&'s str, usize),
}

/// What canonical text has between two logical lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// No blank line.
    Tight,
    /// A blank line if the author has set one.
    Free,
    /// A blank line.
    Apart,
}

impl<'s> Gap<'s> {
    /// Reads a gap; at the beginning of a file nothing is above.
    pub fn new(text: &'s str, is_below: bool) -> Self {
        let mut lines = physical_lines(text).peekable();
        let trailing = lines.next_if(|_| is_below).map(str::trim);
        let mut pieces = Vec::new();
        while let Some(line) = lines.next() {
            let comment = line.trim_start_matches([' ', '\t']);
            let piece = match comment {
                // What is left of the last line is the indentation of the next logical one.
                "" if lines.peek().is_none() => break,
                "" => Piece::Blank,
                _ => Piece::Comment(comment.trim_end(), line.len() - comment.len()),
            };
            if piece != Piece::Blank || pieces.last() != Some(&Piece::Blank) {
                pieces.push(piece);
            }
        }
        Self {
            trailing: trailing.filter(|comment| !comment.is_empty()),
            pieces,
        }
    }

    /// The text from the end of the line above to the beginning of the line below, its indentation left out.
    pub fn print(mut self, above: Option<Head<'_>>, below: Option<Head<'_>>) -> String {
        self.adjust(above, below);
        let mut text = String::new();
        if let Some(comment) = self.trailing {
            text = format!("  {comment}");
        }
        if above.is_some() {
            text.push('\n');
        }
        for piece in self.pieces {
            if let Piece::Comment(comment, column) = piece {
                let indent = LEVEL * depth(column, above, below);
                text += &format!("{:indent$}{comment}", "");
            }
            text.push('\n');
        }
        text
    }

    /// Adds and removes blank lines.
    fn adjust(&mut self, above: Option<Head<'_>>, below: Option<Head<'_>>) {
        let rule = Rule::between(above, below);
        self.pieces
            .retain(|piece| *piece != Piece::Blank || rule != Rule::Tight);
        let is_edge = |piece: Option<&Piece<'_>>| piece == Some(&Piece::Blank);
        if above.is_none() && is_edge(self.pieces.first()) {
            self.pieces.remove(0);
        }
        if below.is_none() && is_edge(self.pieces.last()) {
            self.pieces.pop();
        }
        // Comments that are deeper than the line below belong to the block above.
        let is_in_block = |piece: &Piece<'_>| match (piece, below) {
            (Piece::Comment(_, column), Some(below)) => {
                depth(*column, above, Some(below)) > below.depth
            }
            _ => false,
        };
        let block = self
            .pieces
            .iter()
            .rposition(is_in_block)
            .map_or(0, |last| last + 1);
        if rule == Rule::Apart && !self.pieces[block..].contains(&Piece::Blank) {
            self.pieces.insert(block, Piece::Blank);
        }
    }
}

impl Rule {
    fn between(above: Option<Head<'_>>, below: Option<Head<'_>>) -> Self {
        let (Some(above), Some(below)) = (above, below) else {
            return Self::Free;
        };
        let is_grouped =
            matches!(below.word, "import" | "alias" | "annotation") && above.word == below.word;
        match below.depth {
            depth if depth > above.depth => Self::Tight,
            0 if above.depth == 0 && is_grouped => Self::Free,
            0 => Self::Apart,
            _ if matches!(below.word, "example" | "attrs") => Self::Apart,
            _ => Self::Free,
        }
    }
}

/// The level of a comment: the nearest one between that of the line below and that of a block below the line above, if
/// it can have one.
fn depth(column: usize, above: Option<Head<'_>>, below: Option<Head<'_>>) -> usize {
    let least = below.map_or(0, |below| below.depth);
    let most = above.map_or(0, |above| {
        above.depth + usize::from(!above.word.starts_with(['"', '@']))
    });
    ((column + LEVEL / 2) / LEVEL).clamp(least, most.max(least))
}

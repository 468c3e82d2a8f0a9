//! Cuts a logical line into tokens.
//!
//! In: the text of a logical line without mistakes. Out: its tokens and the comments inside its brackets.

use crate::layout::chars;

/// A token or a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'s> {
    /// As written; comments without blanks at their end.
    pub text: &'s str,
    /// Whether a line break stands between it and the token before it.
    pub breaks: bool,
}

impl Token<'_> {
    pub fn is_comment(&self) -> bool {
        self.text.starts_with('#')
    }

    pub fn is_string(&self) -> bool {
        self.text.starts_with('"')
    }

    /// Whether it is a string over several lines.
    pub fn spans_lines(&self) -> bool {
        self.text.contains(['\n', '\r'])
    }
}

/// The tokens of a logical line. A comment before a comma comes after it, so that the comma stays where it belongs.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let (mut at, mut breaks) = (0, false);
    while let Some(byte) = line.as_bytes().get(at) {
        let end = end_of_token(line.as_bytes(), at);
        match byte {
            b'\n' | b'\r' => breaks = true,
            b' ' | b'\t' => {}
            _ => {
                let text = line.get(at..end).unwrap_or_default();
                push(&mut tokens, text.trim_end(), breaks);
                breaks = false;
            }
        }
        at = end;
    }
    tokens
}

fn end_of_token(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b' ' | b'\t') => chars::skip_blanks(bytes, at),
        Some(b'#') => chars::end_of_line(bytes, at),
        Some(b'"') => chars::end_of_string(bytes, at),
        Some(b'/') => chars::end_of_path(bytes, at),
        Some(b'-') => chars::end_of_number(bytes, at).max(at + 1),
        _ => chars::end_of_token(bytes, at),
    }
}

fn push<'s>(tokens: &mut Vec<Token<'s>>, text: &'s str, breaks: bool) {
    let is_after_comment = tokens.last().is_some_and(Token::is_comment);
    if is_after_comment && text == "," {
        let last = tokens.iter().rposition(|token| !token.is_comment());
        let breaks = false;
        tokens.insert(last.map_or(0, |last| last + 1), Token { text, breaks });
    } else {
        let breaks = breaks || is_after_comment;
        tokens.push(Token { text, breaks });
    }
}

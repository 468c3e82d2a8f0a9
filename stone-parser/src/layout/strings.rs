//! Finds the ends of strings, and the culprit when one never ends.
//!
//! In: the offset of an opening quote. Out: the offset after its closing quote, and diagnostics for broken strings.

use super::chars::{begins_word, is_break, skip_blanks};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// What the scanner found at an opening quote.
pub(super) enum Scanned {
    /// The string ends before this offset.
    Closed(usize),
    /// So it does, but a backslash at the second offset stands before a line break.
    BadEscape(usize, usize),
    /// The file ends first.
    Unclosed,
}

/// Scans the string whose opening quote is at `open`.
pub(super) fn scan(bytes: &[u8], open: usize) -> Scanned {
    let mut bad = None;
    let mut at = open + 1;
    while let Some(step) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| matches!(b, b'"' | b'\\')))
    {
        at += step;
        if bytes[at] == b'"' {
            return bad.map_or(Scanned::Closed(at + 1), |backslash| {
                Scanned::BadEscape(at + 1, backslash)
            });
        }
        if bytes.get(at + 1).is_some_and(|byte| is_break(*byte)) {
            bad = bad.or(Some(at));
        }
        at += 2;
    }
    Scanned::Unclosed
}

/// The diagnostic for a backslash before a line break.
pub(super) fn bad_escape(file: FileId, open: usize, backslash: usize) -> Diagnostic {
    Diagnostic::error(
        Code::IllegalCharacter,
        Span::new(file, open, open + 1),
        "a backslash stands before a line break in this string",
    )
    .label("the string begins here")
    .also(
        Span::new(file, backslash, backslash + 1),
        "this escapes nothing",
    )
    .help("strings go on over line breaks by themselves; remove the backslash")
}

/// The diagnostic for a string that the file's end cuts off; `culprit` is an earlier one that may have lacked its quote.
pub(super) fn unclosed(file: FileId, open: usize, culprit: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::UnclosedString,
        Span::new(file, open, open + 1),
        "this string is never closed",
    )
    .label("no `\"` follows in this file");
    match culprit {
        Some(span) => diagnostic
            .also(span, "perhaps the closing quote is missing in this string")
            .help("close the string with `\"`; a quote inside a string is written `\\\"`"),
        None => diagnostic.help("close the string with `\"`"),
    }
}

/// Whether a string over several lines is followed by a word: text of the next string, if its own quote was forgotten.
pub(super) fn is_suspect(bytes: &[u8], open: usize, close: usize) -> bool {
    let next = skip_blanks(bytes, close);
    bytes.get(next).is_some_and(|byte| begins_word(*byte))
        && bytes
            .get(open..close)
            .is_some_and(|string| string.iter().any(|byte| is_break(*byte)))
}

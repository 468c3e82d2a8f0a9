//! Which characters make which tokens, and what to say of those that make none.
//!
//! In: bytes and characters. Out: classes of them, ends of tokens, diagnostics for illegal characters.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Whether a byte begins a line break.
pub(crate) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Whether an identifier may begin with the byte.
pub(crate) fn begins_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// Whether an identifier may go on with the byte.
pub(crate) fn continues_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The first offset from `at` on whose byte is not accepted.
fn skip(bytes: &[u8], at: usize, accept: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|byte| !accept(*byte))
        .unwrap_or(rest.len())
}

/// The end of the character at `at`.
pub(super) fn end_of_char(bytes: &[u8], at: usize) -> usize {
    skip(bytes, at + 1, |byte| byte & 0b1100_0000 == 0b1000_0000)
}

/// The end of the line that `at` is in, before its line break.
pub(crate) fn end_of_line(bytes: &[u8], at: usize) -> usize {
    skip(bytes, at, |byte| !is_break(byte))
}

/// The first offset from `at` on that is neither space nor tab.
pub(crate) fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    skip(bytes, at, |byte| matches!(byte, b' ' | b'\t'))
}

/// The offset after the line break at `at`.
pub(crate) fn skip_break(bytes: &[u8], at: usize) -> usize {
    let pair = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
    at + if pair { 2 } else { 1 }
}

/// The end of the identifier, constant or keyword at `at`. Constants end at a dash, identifiers do not.
pub(crate) fn end_of_word(bytes: &[u8], at: usize) -> usize {
    let end = skip(bytes, at, continues_word);
    let word = &bytes[at..end];
    let constant = [&b"true"[..], b"false", b"null"]
        .into_iter()
        .find(|c| word.starts_with(c));
    match constant {
        Some(c) if word.get(c.len()) == Some(&b'-') => at + c.len(),
        _ => end,
    }
}

/// The end of the route path at `at`.
pub(crate) fn end_of_path(bytes: &[u8], at: usize) -> usize {
    skip(bytes, at, |byte| continues_word(byte) || byte == b'/')
}

/// The end of the number at `at`, which is a digit or a minus; the same offset if a minus has no digit after it.
pub(crate) fn end_of_number(bytes: &[u8], at: usize) -> usize {
    let digits = |at| skip(bytes, at, |byte| byte.is_ascii_digit());
    let first = at + usize::from(bytes.get(at) == Some(&b'-'));
    let mut end = digits(first);
    if end == first {
        return at;
    }
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1);
    }
    if bytes.get(end) == Some(&b'e') {
        let exponent = end + 1 + usize::from(bytes.get(end + 1) == Some(&b'-'));
        let last = digits(exponent);
        return if last > exponent { last } else { end };
    }
    end
}

/// The end of the string at `at`, without regard to what is wrong with it.
pub(crate) fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'"' => return end + 1,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    bytes.len()
}

/// The end of the token at `at`; one character for anything but words and numbers.
pub(crate) fn end_of_token(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(byte) if begins_word(*byte) => end_of_word(bytes, at),
        Some(byte) if byte.is_ascii_digit() => end_of_number(bytes, at),
        _ => end_of_char(bytes, at),
    }
}

/// Whether a word cannot be a name.
pub(crate) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "alias"
            | "annotation"
            | "attrs"
            | "by"
            | "deprecated"
            | "doc"
            | "error"
            | "example"
            | "extends"
            | "false"
            | "import"
            | "namespace"
            | "null"
            | "patch"
            | "route"
            | "struct"
            | "true"
            | "union"
            | "union_closed"
    )
}

/// The diagnostic for a character that begins no token.
pub(super) fn illegal(character: char, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::IllegalCharacter,
        span,
        format!("illegal character {}", show(character)),
    )
    .label("no token begins like this");
    match advice(character) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn show(character: char) -> String {
    match character {
        '\u{feff}' => "U+FEFF (byte order mark)".to_owned(),
        '\u{c}' => "U+000C (form feed)".to_owned(),
        c if c.is_control() || c.is_whitespace() => format!("U+{:04X}", c as u32),
        c => format!("`{c}`"),
    }
}

fn advice(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{feff}' => "save the file as UTF-8 without a byte order mark",
        '\0' => "this seems to be a binary file; Stone files are UTF-8 text",
        '\'' | '‘' | '’' | '“' | '”' | '„' | '«' | '»' => {
            "strings stand between straight double quotes, `\"`"
        }
        ';' => "a declaration ends with its line",
        '*' => "open unions have the catch-all tag `other` without being told",
        '+' => "positive numbers and exponents are written without a sign",
        '-' => {
            "a minus sign touches the digits of its number, and a dash cannot follow `true`, `false` or `null`"
        }
        c if c.is_numeric() => "numbers consist of the digits 0 to 9",
        c if c.is_alphabetic() => "names consist of ASCII letters, digits, `_` and `-`",
        c if c.is_whitespace() => "tokens are separated by spaces",
        _ => return None,
    })
}

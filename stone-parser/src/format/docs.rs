//! Sets docstrings.
//!
//! In: a string token and the column where it begins. Out: the token, its lines indented, blanks around the text and at
//! the ends of lines removed, and lines that are too long broken. A line is only broken at a single blank, which is what
//! a line break between words means in a docstring; the words that do not fit go to the front of the next line.

use super::{WIDTH, physical_lines};

/// Blanks that mean nothing at the ends of lines.
const BLANKS: [char; 2] = [' ', '\t'];

/// The token for a docstring in column `indent`.
pub(super) fn print(token: &str, indent: usize) -> String {
    let mut lines = trimmed(lines(token, indent));
    if let Some(first) = lines.first_mut() {
        first.insert(0, '"');
    }
    if let Some(last) = lines.last_mut() {
        last.push('"');
    }
    let mut text = String::new();
    for (index, line) in wrapped(lines, WIDTH.saturating_sub(indent))
        .iter()
        .enumerate()
    {
        if index > 0 {
            text.push('\n');
        }
        if index > 0 && !line.is_empty() {
            text.extend(std::iter::repeat_n(' ', indent));
        }
        text += line;
    }
    text
}

/// The lines between the quotes without their indentation, as the language removes it. Escapes stay as they are.
fn lines(token: &str, indent: usize) -> Vec<String> {
    let unindented = |line: &str| {
        let (blanks, rest) = line.split_at_checked(indent)?;
        let is_indentation = blanks.bytes().all(|byte| byte == b' ');
        is_indentation.then(|| rest.to_owned())
    };
    let inner = token
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let mut lines = physical_lines(inner.unwrap_or(token));
    let first = lines.next().map(str::to_owned);
    let others = lines.map(|line| unindented(line).unwrap_or_else(|| line.to_owned()));
    first.into_iter().chain(others).collect()
}

/// The same without blanks at the ends of lines, and without blanks and blank lines around the whole.
fn trimmed(mut lines: Vec<String>) -> Vec<String> {
    for line in &mut lines {
        let end = units(line).filter(|unit| !unit.is_blank()).last();
        line.truncate(end.map_or(0, |unit| unit.end));
    }
    let end = lines.iter().rposition(|line| !line.is_empty());
    lines.truncate(end.map_or(1, |last| last + 1));
    let start = lines.iter().position(|line| !line.is_empty());
    lines.drain(..start.unwrap_or(0));
    if let Some(line) = lines.first_mut() {
        *line = line.trim_start_matches(BLANKS).to_owned();
    }
    lines
}

/// The same with lines broken that are too long. Indented lines are left alone: their author has set them by hand.
fn wrapped(lines: Vec<String>, width: usize) -> Vec<String> {
    let mut out = Vec::with_capacity(lines.len());
    let mut carried = String::new();
    for line in lines {
        if !carried.is_empty() && flows(&carried, &line) {
            carried.push(' ');
        } else if !carried.is_empty() {
            out.push(std::mem::take(&mut carried));
        }
        let line = std::mem::take(&mut carried) + &line;
        let mut rest = line.as_str();
        while let Some(at) = break_point(rest, width) {
            out.push(rest[..at].to_owned());
            rest = &rest[at + 1..];
        }
        if rest.len() < line.len() {
            carried = rest.to_owned();
        } else {
            out.push(line);
        }
    }
    out.extend(Some(carried).filter(|rest| !rest.is_empty()));
    out
}

/// Whether words may be put before the line: it is neither blank nor indented, and no item of a list. Where an escaped
/// line break meets the end of a line, the two are more than a blank.
fn flows(words: &str, line: &str) -> bool {
    let ends_in_words = units(words).last().is_some_and(|unit| !unit.is_space());
    let begins_with_words = units(line).next().is_some_and(|unit| !unit.is_space());
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = digits.len() < line.len() && digits.starts_with(['.', ')']);
    ends_in_words && begins_with_words && !is_numbered && !line.starts_with(['-', '*', '+'])
}

/// The blank where a line is broken, if it is too long: the last one with at most `width` characters before it, or else
/// the first one.
fn break_point(line: &str, width: usize) -> Option<usize> {
    let mut found = None;
    for blank in blanks(line) {
        if blank.column > width {
            return found.or(Some(blank.start));
        }
        found = Some(blank.start);
    }
    found.filter(|_| line.chars().nth(width).is_some())
}

/// The blanks that mean the same as a line break: there is one, no tab and no escape, between two other characters.
fn blanks(line: &str) -> impl Iterator<Item = Unit> {
    let triples = units(line)
        .zip(units(line).skip(1))
        .zip(units(line).skip(2));
    let is_indented = line.starts_with(BLANKS);
    triples
        .filter(move |((before, blank), after)| {
            let is_between_words = !before.is_space() && !after.is_space();
            !is_indented && blank.is_blank() && blank.character == ' ' && is_between_words
        })
        .map(|((_, blank), _)| blank)
}

/// A character of a string as it is written, escaped or not.
#[derive(Debug, Clone, Copy)]
struct Unit {
    start: usize,
    end: usize,
    /// How many characters are before it, backslashes included.
    column: usize,
    is_escaped: bool,
    /// What it means.
    character: char,
}

impl Unit {
    fn is_blank(self) -> bool {
        !self.is_escaped && BLANKS.contains(&self.character)
    }

    fn is_space(self) -> bool {
        self.character.is_whitespace()
    }
}

fn units(line: &str) -> impl Iterator<Item = Unit> {
    let mut characters = line.char_indices().enumerate();
    std::iter::from_fn(move || {
        let (column, (start, first)) = characters.next()?;
        let escaped = (first == '\\').then(|| characters.next()).flatten();
        let (at, last) = escaped.map_or((start, first), |(_, escaped)| escaped);
        Some(Unit {
            start,
            end: at + last.len_utf8(),
            column,
            is_escaped: escaped.is_some(),
            character: match last {
                'n' if escaped.is_some() => '\n',
                't' if escaped.is_some() => '\t',
                other => other,
            },
        })
    })
}

//! Kinds of damage.
//!
//! In: a text, another text to take pieces from, randomness. Out: the text damaged in one place, by bytes, by tokens or
//! by lines. Bytes that are no UTF-8 any more become replacement characters.

use fastrand::Rng;

/// Pieces that have a meaning somewhere, or none anywhere.
const PIECES: &[&str] = &[
    "\"",
    "\\",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{2028}",
    "é",
    "𝄞",
    "#",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    "?",
    ".",
    "/",
    "@",
    "-",
    "    ",
    "   ",
    "namespace",
    "import",
    "struct",
    "union",
    "union_closed",
    "patch",
    "alias",
    "route",
    "annotation",
    "annotation_type",
    "example",
    "attrs",
    "extends",
    "deprecated",
    "by",
    "null",
    "true",
    "false",
    "Void",
    "String",
    "List(",
    "Map(String, ",
    "Timestamp(\"%s\")",
    "Int32",
    "Float64",
    "other",
    "0",
    "-1",
    "1e999",
    "-0.0",
    "99999999999999999999",
    "170141183460469231731687303715884105728",
    "String(pattern=\"(\")",
    ":type:`A`",
    ":route:`a:0`",
    ":field:`.`",
    "= 1",
    "?",
    "?",
];

/// Damages `text` in one place.
pub fn damage(text: &mut String, other: &str, rng: &mut Rng) {
    match rng.u8(..3) {
        0 => bytes(text, rng),
        1 => tokens(text, other, rng),
        _ => lines(text, other, rng),
    }
}

fn bytes(text: &mut String, rng: &mut Rng) {
    let mut bytes = std::mem::take(text).into_bytes();
    let at = rng.usize(..=bytes.len());
    let end = (at + rng.usize(..=16)).min(bytes.len());
    match rng.u8(..5) {
        0 => bytes.insert(at, rng.u8(..)),
        1 => drop(bytes.drain(at..end)),
        2 => bytes.truncate(at),
        3 => bytes.extend_from_within(at..end),
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << rng.u8(..8);
            }
        }
    }
    *text = String::from_utf8_lossy(&bytes).into_owned();
}

fn tokens(text: &mut String, other: &str, rng: &mut Rng) {
    let mut tokens = split(text);
    if tokens.is_empty() {
        tokens.push("");
    }
    let (at, second) = (rng.usize(..tokens.len()), rng.usize(..tokens.len()));
    let foreign = split(other);
    match rng.u8(..6) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[second]),
        2 => tokens.swap(at, second),
        3 => tokens[at] = tokens[second],
        4 => {
            tokens[at] = foreign
                .get(rng.usize(..foreign.len().max(1)))
                .unwrap_or(&"")
        }
        _ => tokens[at] = PIECES[rng.usize(..PIECES.len())],
    }
    *text = tokens.concat();
}

/// Cuts a text into words, runs of blanks and single other characters.
fn split(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        ' ' => 1,
        c if c.is_alphanumeric() || c == '_' => 2,
        _ => 0,
    };
    let mut starts = Vec::new();
    let mut previous = 0;
    for (at, c) in text.char_indices() {
        if class(c) == 0 || class(c) != previous {
            starts.push(at);
        }
        previous = class(c);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &text[*start..end])
        .collect()
}

fn lines(text: &mut String, other: &str, rng: &mut Rng) {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.is_empty() {
        lines.push(String::new());
    }
    let (at, second) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
    let foreign: Vec<&str> = other.split_inclusive('\n').collect();
    match rng.u8(..7) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[second].clone()),
        2 => lines.swap(at, second),
        3 => lines[at].insert_str(0, "    "),
        4 => lines[at] = lines[at].strip_prefix("    ").unwrap_or(" x").to_owned(),
        5 => drop(lines[at].pop()),
        _ => {
            let start = rng.usize(..foreign.len().max(1));
            let borrowed = foreign.iter().skip(start).take(rng.usize(1..=6));
            lines.splice(at..at, borrowed.map(|line| (*line).to_owned()));
        }
    }
    *text = lines.concat();
}

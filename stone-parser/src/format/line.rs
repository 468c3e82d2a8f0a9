//! Sets the tokens of a logical line.
//!
//! In: tokens and the column where the line begins. Out: text, on one line if it fits. Otherwise brackets are broken,
//! from the outside in, where what they hold does not fit: parentheses after `(` and commas, with all further lines one
//! level deeper, as the language wants it; maps after `{`, after commas and before `}`, with a level for each map.

use super::tokens::Token;
use super::{WIDTH, physical_lines};
use crate::layout::LEVEL;

/// The text of a line that begins in column `base`.
pub(super) fn print(tokens: &[Token<'_>], base: usize) -> String {
    let lengths = Setting::new(tokens, base, |_, _| false).lengths;
    let brackets = brackets(tokens);
    let is_broken = |index: usize, column: usize| {
        let Bracket { reach, is_forced } = brackets[index];
        is_forced || column + lengths[reach] - lengths[index] > WIDTH
    };
    Setting::new(tokens, base, is_broken).text
}

/// The tokens on one line, however wide.
pub(super) fn join(tokens: &[Token<'_>]) -> String {
    Setting::new(tokens, 0, |_, _| false).text
}

/// What a bracket holds.
#[derive(Clone, Copy, Default)]
struct Bracket {
    /// The last token that must stand on its line if it is not broken: there is no place for a break between the two.
    reach: usize,
    /// Whether it is broken even if it fits: a comment is in it, or its author has broken it or a map in it.
    is_forced: bool,
}

/// The brackets among the tokens, at their places; other tokens have no meaning here.
fn brackets(tokens: &[Token<'_>]) -> Vec<Bracket> {
    let mut brackets = vec![Bracket::default(); tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let is_in_broken_map = token.breaks && index > 0 && tokens[index - 1].text == "{";
        if token.is_comment() || is_in_broken_map {
            open.iter()
                .for_each(|bracket: &usize| brackets[*bracket].is_forced = true);
        }
        if opens(token.text) {
            open.push(index);
        } else if closes(token.text)
            && let Some(bracket) = open.pop()
        {
            brackets[bracket].reach = reach(tokens, index);
        }
    }
    brackets
}

/// The last token after a closing bracket that cannot be on another line than the bracket.
fn reach(tokens: &[Token<'_>], close: usize) -> usize {
    let followers = tokens.iter().enumerate().skip(close + 1);
    let end = followers.take_while(|(_, token)| token.text != "}" && !token.is_comment());
    let mut reach = close;
    for (index, token) in end {
        reach = index;
        if token.text == "," || opens(token.text) {
            break;
        }
    }
    reach
}

/// A bracket that is open.
struct Open {
    is_map: bool,
    is_broken: bool,
}

/// Puts tokens behind one another, with line breaks in broken brackets and after comments.
struct Setting {
    text: String,
    base: usize,
    open: Vec<Open>,
    /// How many of them are broken maps.
    maps: usize,
    column: usize,
    /// How many characters there are up to each token, itself included. Comments and line breaks do not count.
    lengths: Vec<usize>,
    length: usize,
    /// Whether the next token begins a line.
    at_break: bool,
}

impl Setting {
    /// Sets tokens; `is_broken` decides about the bracket at an index, given the column after it.
    fn new(tokens: &[Token<'_>], base: usize, is_broken: impl Fn(usize, usize) -> bool) -> Self {
        let mut setting = Self {
            text: String::new(),
            base,
            open: Vec::new(),
            maps: 0,
            column: base,
            lengths: Vec::with_capacity(tokens.len()),
            length: 0,
            at_break: false,
        };
        let mut before = "";
        for (index, token) in tokens.iter().enumerate() {
            setting.token(token, before);
            setting.lengths.push(setting.length);
            if opens(token.text) {
                let is_empty = tokens.get(index + 1).is_some_and(|next| closes(next.text));
                let is_broken = !is_empty && setting.is_free() && is_broken(index, setting.column);
                setting.open(token.text, is_broken);
            }
            before = token.text;
        }
        setting
    }

    /// Whether nothing around holds the line together.
    fn is_free(&self) -> bool {
        self.open.last().is_none_or(|bracket| bracket.is_broken)
    }

    fn token(&mut self, token: &Token<'_>, before: &str) {
        if closes(token.text) {
            self.close();
        }
        if token.is_comment() {
            return self.comment(token);
        }
        if self.at_break {
            self.line_break(token.text == ")");
        } else if self.is_apart(before, token.text) {
            self.push(" ");
        }
        self.push(token.text);
        if token.text == "," {
            self.at_break = self.open.last().is_some_and(|bracket| bracket.is_broken);
        }
    }

    fn comment(&mut self, comment: &Token<'_>) {
        if comment.breaks {
            self.line_break(false);
        } else {
            self.text += "  ";
        }
        self.text += comment.text;
        self.at_break = true;
    }

    fn open(&mut self, bracket: &str, is_broken: bool) {
        let is_map = bracket == "{";
        let is_broken = is_broken && bracket != "[";
        self.maps += usize::from(is_map && is_broken);
        self.at_break = is_broken;
        self.open.push(Open { is_map, is_broken });
    }

    /// The brace of a broken map stands on a line of its own.
    fn close(&mut self) {
        if let Some(Open {
            is_map: true,
            is_broken: true,
        }) = self.open.pop()
        {
            self.maps -= 1;
            self.at_break = true;
        }
    }

    fn line_break(&mut self, closes_parenthesis: bool) {
        let in_parentheses = self.open.first().is_some_and(|bracket| !bracket.is_map);
        let levels = self.maps + usize::from(in_parentheses || closes_parenthesis);
        self.column = self.base + LEVEL * levels;
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', self.column));
        self.at_break = false;
    }

    /// Adds text, which may be a string over several lines.
    fn push(&mut self, text: &str) {
        let mut widest = 0;
        for (index, line) in physical_lines(text).enumerate() {
            if index > 0 {
                self.column = 0;
                self.text.push('\n');
            }
            let width = line.chars().count();
            self.column += width;
            widest = widest.max(width);
            self.text += line;
        }
        self.length += widest;
    }

    /// Whether a blank stands between two tokens.
    fn is_apart(&self, before: &str, token: &str) -> bool {
        let in_map = self.open.last().is_some_and(|bracket| bracket.is_map);
        match (before, token) {
            ("" | "(" | "[" | "{" | "." | "@", _) => false,
            (_, "(" | ")" | "]" | "}" | "," | "." | "?" | ":") => false,
            (_, "=") | ("=", _) => self.open.is_empty(),
            (":", _) => in_map,
            _ => !token.starts_with('/'),
        }
    }
}

fn opens(token: &str) -> bool {
    matches!(token, "(" | "[" | "{")
}

fn closes(token: &str) -> bool {
    matches!(token, ")" | "]" | "}")
}

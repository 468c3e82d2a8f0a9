//! Sets the tokens of a logical line.
//!
//! In: tokens and the column where the line begins. Out: text, on one line if it fits. Otherwise brackets are broken,
//! from the outside in: parentheses after `(` and commas, with all further lines one level deeper, as the language
//! wants it; maps after `{`, after commas and before `}`, with a level for each map.

use super::tokens::Token;
use super::{WIDTH, physical_lines};
use crate::layout::LEVEL;

/// The text of a line that begins in column `base`.
pub(super) fn print(tokens: &[Token<'_>], base: usize) -> String {
    let spread = spread(tokens);
    let comments = usize::from(tokens.iter().any(Token::is_comment));
    let mut best = Setting::new(tokens, &spread, base, comments);
    for depth in comments + 1..=nesting(tokens) {
        if best.widest <= WIDTH {
            break;
        }
        let setting = Setting::new(tokens, &spread, base, depth);
        if setting.widest < best.widest {
            best = setting;
        }
    }
    best.text
}

/// The tokens on one line, however wide.
pub(super) fn join(tokens: &[Token<'_>]) -> String {
    Setting::new(tokens, &vec![false; tokens.len()], 0, 0).text
}

/// How deep brackets nest.
fn nesting(tokens: &[Token<'_>]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for token in tokens {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// For each token, whether it is the brace of a map over several lines: the author has broken it, a comment is in it,
/// or such a map.
fn spread(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut spread = vec![false; tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.text {
            "{" => open.push(index),
            "}" => drop(open.pop()),
            _ => {}
        }
        let after_brace = index > 0 && tokens[index - 1].text == "{";
        if token.is_comment() || after_brace && token.breaks {
            open.iter().for_each(|brace| spread[*brace] = true);
        }
    }
    spread
}

/// A bracket that is open.
struct Bracket {
    is_map: bool,
    is_broken: bool,
}

/// A way to set a line: with brackets broken down to some depth.
struct Setting {
    text: String,
    base: usize,
    open: Vec<Bracket>,
    /// How many of them are broken maps.
    maps: usize,
    column: usize,
    /// The width of the widest line, comments at its end left out.
    widest: usize,
    /// Whether the next token begins a line.
    at_break: bool,
}

impl Setting {
    fn new(tokens: &[Token<'_>], spread: &[bool], base: usize, depth: usize) -> Self {
        let mut setting = Self {
            text: String::new(),
            base,
            open: Vec::new(),
            maps: 0,
            column: base,
            widest: 0,
            at_break: false,
        };
        let mut before = "";
        for (index, token) in tokens.iter().enumerate() {
            let is_empty = tokens.get(index + 1).is_some_and(|next| closes(next.text));
            let is_broken = spread[index] || !is_empty && setting.open.len() < depth;
            setting.token(token, before, is_broken);
            before = token.text;
        }
        setting
    }

    fn token(&mut self, token: &Token<'_>, before: &str, is_broken: bool) {
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
        self.widest = self.widest.max(self.column);
        match token.text {
            "(" | "[" | "{" => self.open(token.text, is_broken),
            "," => self.at_break = self.open.last().is_some_and(|bracket| bracket.is_broken),
            _ => {}
        }
    }

    fn comment(&mut self, comment: &Token<'_>) {
        if comment.breaks {
            self.line_break(false);
        } else {
            self.push("  ");
        }
        self.push(comment.text);
        self.at_break = true;
    }

    fn open(&mut self, bracket: &str, is_broken: bool) {
        let is_map = bracket == "{";
        let is_broken = is_broken && bracket != "[";
        self.maps += usize::from(is_map && is_broken);
        self.at_break = is_broken;
        self.open.push(Bracket { is_map, is_broken });
    }

    /// The brace of a broken map stands on a line of its own.
    fn close(&mut self) {
        if let Some(Bracket {
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
        for (index, line) in physical_lines(text).enumerate() {
            if index > 0 {
                self.widest = self.widest.max(self.column);
                self.column = 0;
                self.text.push('\n');
            }
            self.column += line.chars().count();
            self.text += line;
        }
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

fn closes(token: &str) -> bool {
    matches!(token, ")" | "]" | "}")
}

//! Strings that are made up from patterns and lengths.
//!
//! In: a string type. Out: a string that fits it, if one is found within a few attempts; else one that nearly does.

use num_bigint::BigInt;
use regex_syntax::hir::{Class, Hir, HirKind};
use stone_parser::ir::StringType;

use super::Maker;

/// Attempts to satisfy pattern and lengths at once; each repeats what may be repeated more often than the last.
const ATTEMPTS: u32 = 24;
/// The longest that a string is made to satisfy a least length.
const LONGEST: usize = 4096;

impl Maker {
    /// A string that fits.
    pub(super) fn text(&mut self, ty: &StringType) -> String {
        let bound = |bound: &Option<BigInt>| bound.as_ref().and_then(|n| usize::try_from(n).ok());
        let least = bound(&ty.min_length).unwrap_or(0).min(LONGEST);
        let most = bound(&ty.max_length).unwrap_or(LONGEST);
        let source = ty.pattern.as_deref().filter(|pattern| !pattern.is_empty());
        let pattern = source.and_then(|source| self.values.pattern(source));
        let hir = pattern.and_then(|pattern| regex_syntax::parse(pattern.as_regex()).ok());
        let Some(hir) = hir else {
            return plain(least, most);
        };
        let mut made = String::new();
        for extra in (0..ATTEMPTS).map(|attempt| attempt * (1 + least as u32 / 8)) {
            made.clear();
            self.write(&hir, extra, &mut made);
            if (least.max(1)..=most).contains(&made.chars().count()) {
                break;
            }
        }
        made
    }

    fn write(&mut self, hir: &Hir, extra: u32, out: &mut String) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(class) => out.extend(self.member(class)),
            HirKind::Repetition(repeated) => {
                let most = repeated.max.unwrap_or(u32::MAX);
                let count = repeated
                    .min
                    .saturating_add(extra)
                    .min(most)
                    .min(LONGEST as u32);
                for _ in 0..count {
                    self.write(&repeated.sub, extra, out);
                }
            }
            HirKind::Capture(group) => self.write(&group.sub, extra, out),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part, extra, out)),
            HirKind::Alternation(choices) => {
                if let Some(chosen) = choices.get(self.rng.usize(0..choices.len())) {
                    self.write(chosen, extra, out);
                }
            }
        }
    }

    /// A character of the class: a letter or a digit if it has one.
    fn member(&mut self, class: &Class) -> Option<char> {
        let ranges: Vec<(char, char)> = match class {
            Class::Unicode(class) => class
                .ranges()
                .iter()
                .map(|r| (r.start(), r.end()))
                .collect(),
            Class::Bytes(class) => {
                let ranges = class.ranges().iter();
                ranges.map(|r| (r.start().into(), r.end().into())).collect()
            }
        };
        let fits = |c: &char| ranges.iter().any(|(low, high)| (low..=high).contains(&c));
        let nice: Vec<char> = ('a'..='z').chain('0'..='9').filter(fits).collect();
        match nice.len() {
            0 => ranges.first().map(|(low, _)| *low),
            count => nice.get(self.rng.usize(0..count)).copied(),
        }
    }
}

/// A word, cut or repeated until it fits.
fn plain(least: usize, most: usize) -> String {
    let letters = "mock".chars().cycle();
    letters.take(4.max(least).min(most)).collect()
}

//! Beginnings of strings that settle whether a pattern matches.
//!
//! In: a pattern that was translated. Out: texts such that everything matches that begins with one of them and has no
//! line break. Most patterns of paths are of that kind, `/.*|id:.*`, and a comparison takes a hundredth of the time of
//! a search.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// More than this many are of no use.
const MOST: usize = 8;

/// The beginnings, if there are any.
pub fn starts(regex: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(hir) = regex_syntax::parse(regex) {
        walk(&[&hir], String::new(), &mut found);
    }
    found.sort();
    found.dedup();
    // The empty text says it all.
    if found.first().is_some_and(String::is_empty) {
        found.truncate(1);
    }
    if found.len() > MOST {
        Vec::new()
    } else {
        found
    }
}

/// Follows every way through a sequence as long as it is made of fixed text.
fn walk(sequence: &[&Hir], text: String, found: &mut Vec<String>) {
    let Some((first, rest)) = sequence.split_first() else {
        return;
    };
    let go_on = |inner: &[&Hir], text, found: &mut Vec<String>| {
        walk(&[inner, rest].concat(), text, found);
    };
    match first.kind() {
        HirKind::Empty | HirKind::Look(Look::Start) => walk(rest, text, found),
        HirKind::Literal(literal) => {
            if let Ok(literal) = std::str::from_utf8(&literal.0) {
                walk(rest, text + literal, found);
            }
        }
        HirKind::Capture(capture) => go_on(&[&*capture.sub], text, found),
        HirKind::Concat(parts) => go_on(&parts.iter().collect::<Vec<_>>(), text, found),
        HirKind::Alternation(branches) => {
            for branch in branches {
                go_on(&[branch], text.clone(), found);
            }
        }
        HirKind::Repetition(it) if it.min == 0 && it.max == Some(1) => {
            go_on(&[&*it.sub], text.clone(), found);
            walk(rest, text, found);
        }
        HirKind::Repetition(it) if it.min == 0 && it.max.is_none() && is_any(&it.sub) => {
            let ends = rest.iter().all(|next| may_be_empty(next));
            found.extend(ends.then_some(text));
        }
        _ => {}
    }
}

/// Whether each character but a line feed matches.
fn is_any(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Capture(capture) => is_any(&capture.sub),
        HirKind::Class(Class::Unicode(class)) => {
            let mut left = regex_syntax::hir::ClassUnicode::new([
                regex_syntax::hir::ClassUnicodeRange::new('\0', '\u{9}'),
                regex_syntax::hir::ClassUnicodeRange::new('\u{b}', char::MAX),
            ]);
            left.difference(class);
            left.ranges().is_empty()
        }
        _ => false,
    }
}

fn may_be_empty(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Look(Look::End)) || hir.properties().minimum_len() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::starts;
    use crate::rust::patterns::translate;

    fn of(pattern: &str) -> Vec<String> {
        starts(&translate(pattern).unwrap())
    }

    #[test]
    fn paths_are_settled_by_their_beginning() {
        assert_eq!(of(r"(/(.|[\r\n])*)?|id:.*|(ns:[0-9]+(/.*)?)"), ["/", "id:"]);
        assert_eq!(
            of("((/|id:).*|nspath:[0-9]+:.*)|ns:[0-9]+(/.*)?"),
            ["/", "id:"]
        );
        assert_eq!(of("^pid_dbhid:.*"), ["pid_dbhid:"]);
        assert_eq!(of(".*"), [""]);
    }

    #[test]
    fn what_asks_for_more_is_searched() {
        for pattern in [
            "[0-9a-f]+",
            "id:.+",
            "a.*b",
            "/[^/]*",
            "(/.*)b?c",
            "a{2}.*b",
            "x(.|y){3}",
        ] {
            assert_eq!(of(pattern), [""; 0], "{pattern}");
        }
    }

    #[test]
    fn everything_that_begins_so_matches() {
        for pattern in [
            r"(/(.|[\r\n])*|id:.*)|(rev:[0-9a-f]{9,})",
            "(/|ptid:).*",
            "a?b.*c?",
        ] {
            let regex = regex_lite::Regex::new(&translate(pattern).unwrap()).unwrap();
            let starts = of(pattern);
            assert!(!starts.is_empty(), "{pattern}");
            for start in starts {
                for rest in ["", "x", "/..", "\r", "é😀", "b", "id:", "\u{2028}"] {
                    assert!(
                        regex.is_match(&format!("{start}{rest}")),
                        "{pattern}: {start}{rest}"
                    );
                }
            }
        }
    }
}

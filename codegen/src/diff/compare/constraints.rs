//! Constraints: what was allowed and what is.
//!
//! In: two types of one kind. Out: at most one difference of bounds and one of patterns.

use std::fmt::{Debug, Display};

use num_bigint::BigInt;
use stone_parser::ir::{FloatType, IntKind, IntType, ListType, StringType};

use crate::diff::rules::Rule;

type Found = Vec<(Rule, String)>;

/// Bounds of integers; those of the kind itself bound nothing.
pub fn int(was: &IntType, is: &IntType) -> Found {
    let (least, most) = match was.kind {
        IntKind::Int32 => (BigInt::from(i32::MIN), BigInt::from(i32::MAX)),
        IntKind::Int64 => (BigInt::from(i64::MIN), BigInt::from(i64::MAX)),
        IntKind::UInt32 => (BigInt::ZERO, BigInt::from(u32::MAX)),
        IntKind::UInt64 => (BigInt::ZERO, BigInt::from(u64::MAX)),
    };
    let min = |ty: &IntType| ty.min.clone().filter(|min| *min != least);
    let max = |ty: &IntType| ty.max.clone().filter(|max| *max != most);
    bounds("value", (min(was), max(was)), (min(is), max(is)))
}

/// Bounds of floats; infinite ones bound nothing.
pub fn float(was: &FloatType, is: &FloatType) -> Found {
    let finite = |bound: Option<f64>| bound.filter(|bound| bound.is_finite());
    let of = |ty: &FloatType| (finite(ty.min), finite(ty.max));
    bounds("value", of(was), of(is))
}

/// Numbers of items.
pub fn list(was: &ListType, is: &ListType) -> Found {
    let of = |ty: &ListType| (positive(&ty.min_items), ty.max_items.clone());
    bounds("items", of(was), of(is))
}

/// Lengths and patterns.
pub fn string(was: &StringType, is: &StringType) -> Found {
    let of = |ty: &StringType| (positive(&ty.min_length), ty.max_length.clone());
    let mut found = bounds("length", of(was), of(is));
    let given = |ty: &StringType| ty.pattern.clone().filter(|pattern| !pattern.is_empty());
    found.extend(match (given(was), given(is)) {
        (None, None) => None,
        (Some(was), None) => Some((Rule::PatternRemoved, format!("{was:?}"))),
        (None, Some(is)) => Some((Rule::PatternAdded, format!("{is:?}"))),
        (Some(was), Some(is)) if was == is => None,
        (Some(was), Some(is)) => {
            let rule = match is_widened(&was, &is) {
                Some(true) => Rule::PatternWidened,
                _ => Rule::PatternChanged,
            };
            Some((rule, format!("{was:?} to {is:?}")))
        }
    });
    found
}

fn positive(bound: &Option<BigInt>) -> Option<BigInt> {
    bound.clone().filter(|bound| *bound > BigInt::ZERO)
}

/// Whether every alternative of one pattern is one of the other.
fn is_widened(was: &str, is: &str) -> Option<bool> {
    let (was, is) = (alternatives(was)?, alternatives(is)?);
    Some(was.iter().all(|one| is.contains(one)))
}

/// The alternatives at the top of a pattern, or within `^(` and `)$` around all of it.
fn alternatives(pattern: &str) -> Option<Vec<String>> {
    let whole = pattern
        .strip_prefix("^(")
        .and_then(|rest| rest.strip_suffix(")$"));
    if let Some(list) = whole.and_then(split) {
        return Some(list.iter().map(|one| format!("^({one})$")).collect());
    }
    split(pattern)
}

/// Splits at each `|` that no bracket surrounds; nothing if brackets do not match.
fn split(pattern: &str) -> Option<Vec<String>> {
    let (mut list, mut depth, mut in_class) = (vec![String::new()], 0u32, false);
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        match char {
            '[' if !in_class => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth = depth.checked_sub(1)?,
            '|' if !in_class && depth == 0 => {
                list.push(String::new());
                continue;
            }
            _ => {}
        }
        let one = list.last_mut()?;
        one.push(char);
        if char == '\\' {
            one.extend(chars.next());
        }
    }
    (depth == 0 && !in_class).then_some(list)
}

type Bounds<T> = (Option<T>, Option<T>);

fn bounds<T: PartialOrd + Display + Debug>(what: &str, was: Bounds<T>, is: Bounds<T>) -> Found {
    let looser =
        loosened(&was.0, &is.0, |was, is| is < was) || loosened(&was.1, &is.1, |was, is| is > was);
    let tighter =
        loosened(&is.0, &was.0, |was, is| is < was) || loosened(&is.1, &was.1, |was, is| is > was);
    let rule = match (looser, tighter) {
        (false, false) => return Vec::new(),
        (true, false) => Rule::Loosened,
        (false, true) => Rule::Tightened,
        (true, true) => Rule::BoundsMoved,
    };
    vec![(rule, format!("{what} {} to {}", range(&was), range(&is)))]
}

fn loosened<T>(was: &Option<T>, is: &Option<T>, beyond: impl Fn(&T, &T) -> bool) -> bool {
    match (was, is) {
        (Some(_), None) => true,
        (Some(was), Some(is)) => beyond(was, is),
        (None, _) => false,
    }
}

fn range<T: Display>(bounds: &Bounds<T>) -> String {
    match bounds {
        (None, None) => "unbounded".into(),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_alternatives_are_told_from_other_patterns() {
        let cases = [
            ("a|b", "a|b|c", Some(true)),
            ("^(a|b)$", "^(a|c|b)$", Some(true)),
            (
                "(/(.|x)*)|(ns:[0-9]+(/.*)?)",
                "(/(.|x)*)|(ns:[0-9]+(/.*)?)|(id:.*)",
                Some(true),
            ),
            ("[|]", "[|]|x", Some(true)),
            ("\\(|a", "a|b|\\(", Some(true)),
            ("a|b", "a|c", Some(false)),
            ("(a|b)", "(a|b|c)", Some(false)),
            ("(a", "(a|b", None),
        ];
        for (was, is, widened) in cases {
            assert_eq!(is_widened(was, is), widened, "{was} to {is}");
        }
    }
}

//! Where the references of a docstring stand.
//!
//! In: text. Out: its references ``:tag:`value` `` in order, not yet understood. One walk over the text finds them all.

use std::ops::Range;

/// A reference as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'t> {
    /// The letters between the colons.
    pub(crate) tag: &'t str,
    /// What stands between the backquotes.
    pub(crate) value: &'t str,
    /// All of it.
    pub(crate) range: Range<usize>,
    /// How many references the text begins before this one, finished or not. Unlike an offset, this number is the
    /// same before and after escapes and line breaks are replaced.
    pub(crate) ordinal: usize,
}

/// The references of a text. A value ends at the next backquote, and a line break in it makes it plain text.
pub(crate) fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    let mut end = 0;
    openings(text)
        .enumerate()
        .filter_map(move |(ordinal, opening)| {
            if opening.start < end {
                return None;
            }
            let rest = &text[opening.end..];
            let value = &rest[..rest
                .find(['`', '\n'])
                .filter(|at| rest[*at..].starts_with('`'))?];
            end = opening.end + value.len() + 1;
            let tag = &text[opening.start + 1..opening.end - 2];
            Some(Reference {
                tag,
                value,
                range: opening.start..end,
                ordinal,
            })
        })
}

/// Where references stand in a string token, by their ordinals. Escapes and line breaks may stand within.
pub(crate) fn raw_ranges(token: &str) -> Vec<Range<usize>> {
    let range = |opening: Range<usize>| {
        let value = token[opening.end..].find('`');
        opening.start..value.map_or(opening.end, |at| opening.end + at + 1)
    };
    openings(token).map(range).collect()
}

/// Every ``:tag:` ``.
fn openings(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('`').filter_map(|(at, _)| {
        let tag = text[..at].strip_suffix(':')?;
        let before = tag.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let start = before.strip_suffix(':')?.len();
        (before.len() < tag.len()).then_some(start..at + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str)> {
        references(text)
            .map(|reference| (reference.tag, reference.value))
            .collect()
    }

    #[test]
    fn finds_references() {
        let text = "See :type:`A`, :link:`the B c`:val:``.";
        assert_eq!(
            found(text),
            [("type", "A"), ("link", "the B c"), ("val", "")]
        );
        let first = references(text).next();
        assert_eq!(first.map(|reference| reference.range), Some(4..13));
    }

    #[test]
    fn leaves_plain_text_alone() {
        for text in [
            "a :type:Bridge",
            "`Bridge`",
            ":type: `A`",
            ":type:`A\nB`",
            "12:30:45",
            "::`A`",
            ":a1:`A`",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn values_end_at_the_next_backquote() {
        assert_eq!(found(":link:`see :x:` y`"), [("link", "see :x:")]);
        assert_eq!(found(":type:`A\n:type:`B`"), [("type", "B")]);
    }

    #[test]
    fn ordinals_count_in_the_token_too() {
        let token = "\"a :type:`A\n\n    :link:`see\n    :x:` :val:`\\\"q\\\"`\"";
        let text = "a :type:`A\n:link:`see :x:` :val:`\"q\"`";
        let ordinals: Vec<_> = references(text)
            .map(|reference| reference.ordinal)
            .collect();
        assert_eq!(ordinals, [1, 3]);
        let raw: Vec<_> = ordinals
            .iter()
            .map(|i| &token[raw_ranges(token)[*i].clone()])
            .collect();
        assert_eq!(raw, [":link:`see\n    :x:`", ":val:`\\\"q\\\"`"]);
    }
}

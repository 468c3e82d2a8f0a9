//! What somebody may have meant.
//!
//! In: a name that means nothing, and names that mean something. Out: the one that is nearest, if any is near, or a
//! short list of all.

/// Names that a list shows.
const MOST: usize = 6;

/// The name that `name` is likely to be a slip of: first one that differs in nothing but case, else the one with the
/// fewest letters changed, exchanged, missing or added, at most a third of them.
pub fn similar<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let limit = name.chars().count().max(3) / 3;
    let mut best: Option<(usize, &str)> = None;
    for candidate in names.filter(|candidate| *candidate != name) {
        if candidate.eq_ignore_ascii_case(name) {
            return Some(candidate);
        }
        // Most names are too long or too short to be near, and need not be measured.
        if candidate.len().abs_diff(name.len()) > limit * 4 {
            continue;
        }
        let distance = strsim::osa_distance(name, candidate);
        if distance <= limit && best.is_none_or(|best| (distance, candidate) < best) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The first few names in backquotes, and how many more there are; empty if there is none.
pub(crate) fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    let shown = names.get(..MOST).unwrap_or(&names).join(", ");
    match names.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// "did you mean" for a name that is near, else the names there are after `lead`, else `fallback`.
pub(crate) fn help<'n>(
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
    lead: &str,
    fallback: &str,
) -> String {
    if let Some(near) = similar(name, names.clone()) {
        return format!("did you mean `{near}`?");
    }
    match list(names) {
        names if names.is_empty() => fallback.to_owned(),
        names => format!("{lead} {names}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips() {
        let names = || ["FolderMetadata", "FileMetadata", "path", "id"].into_iter();
        assert_eq!(similar("FileMetdata", names()), Some("FileMetadata"));
        assert_eq!(similar("foldermetadata", names()), Some("FolderMetadata"));
        assert_eq!(similar("paht", names()), Some("path"));
        assert_eq!(similar("Id", names()), Some("id"));
        assert_eq!(similar("Timestamps", names()), None);
        assert_eq!(similar("x", names()), None);
    }

    #[test]
    fn lists_are_short() {
        assert_eq!(list(["a", "b"].into_iter()), "`a`, `b`");
        let many = list(["a"; 9].into_iter());
        assert_eq!(many, "`a`, `a`, `a`, `a`, `a`, `a` and 3 more");
        assert_eq!(list([].into_iter()), "");
    }
}

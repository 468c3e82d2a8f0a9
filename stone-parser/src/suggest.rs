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
    let distance = |candidate: &str| match candidate.eq_ignore_ascii_case(name) {
        true => Some(0),
        // Most names are too long or too short to be near, and need not be measured.
        false if candidate.len().abs_diff(name.chars().count()) > limit => None,
        false => Some(strsim::osa_distance(name, candidate)).filter(|distance| *distance <= limit),
    };
    names
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| Some((distance(candidate)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
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

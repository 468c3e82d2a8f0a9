//! Paths: letters keep their case, and do not differ by it.

use super::super::value::tag;
use serde_json::Value;

/// Longest name of a file or folder, in characters.
const LONGEST_NAME: usize = 255;
/// Names of files that systems make for themselves.
const DISALLOWED: [&str; 6] = [
    ".dropbox",
    ".dropbox.attr",
    ".ds_store",
    "desktop.ini",
    "icon\r",
    "thumbs.db",
];

/// A place in a Dropbox, where something is or may be; the root has empty paths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// What tells places apart.
    pub lower: String,
    /// What is shown.
    pub display: String,
}

impl Place {
    /// From a path that is empty or begins with a slash; `None` if it is malformed.
    pub fn parse(path: &str) -> Option<Self> {
        let path = if path == "/" { "" } else { path };
        let well_formed = path.is_empty() || path.strip_prefix('/')?.split('/').all(is_name);
        well_formed.then(|| Self::at(path.to_owned()))
    }

    /// From a path that is known to be well-formed.
    pub fn at(display: String) -> Self {
        let lower = display.to_lowercase();
        Self { lower, display }
    }

    pub fn is_root(&self) -> bool {
        self.lower.is_empty()
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        name_of(&self.display)
    }

    /// The place with its parents, the outermost first, without the root.
    pub fn parents(&self) -> Vec<Self> {
        let ends = self.display.match_indices('/').map(|(at, _)| at).skip(1);
        ends.filter_map(|end| self.display.get(..end))
            .map(|path| Self::at(path.to_owned()))
            .collect()
    }

    /// A place that is called so, beside this one.
    pub fn renamed(&self, name: &str) -> Self {
        Self::at(format!("{}/{name}", parent_of(&self.display)))
    }

    /// Whether the place is this one or lies in it.
    pub fn holds(&self, lower: &str) -> bool {
        lower
            .strip_prefix(&self.lower)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether something may be written here; if not, the `WriteError`.
    pub fn writable(&self) -> Result<(), Value> {
        if self.is_root() {
            return Err(tag("malformed_path"));
        }
        let mut names = self.lower.split('/');
        match names.any(|name| DISALLOWED.contains(&name)) {
            true => Err(tag("disallowed_name")),
            false => Ok(()),
        }
    }
}

/// The last part of a path.
pub(crate) fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The path without its last part.
pub(crate) fn parent_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name != "."
        && name != ".."
        && !name.contains(['\\', '\0'])
        && name.chars().count() <= LONGEST_NAME
}

/// A name with something added before its extension, if it has one.
pub(crate) fn with_suffix(name: &str, suffix: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem} {suffix}.{extension}"),
        _ => format!("{name} {suffix}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_paths_are_refused() {
        for path in ["a", "//", "/a/", "/a//b", "/a/../b", "/.", "/a\\b", "/a\0b"] {
            assert_eq!(Place::parse(path), None, "{path:?}");
        }
        assert_eq!(Place::parse(&format!("/{}", "x".repeat(256))), None);
    }

    #[test]
    fn case_is_kept_and_makes_no_difference() {
        let place = Place::parse("/Straße/ÉTÉ.Txt").expect("is well-formed");
        assert_eq!(place.lower, "/straße/été.txt");
        assert_eq!(place.name(), "ÉTÉ.Txt");
        assert!(Place::at("/Straße".to_owned()).holds(&place.lower));
        assert!(!Place::at("/stra".to_owned()).holds(&place.lower));
    }

    #[test]
    fn parents_come_from_the_outside() {
        let place = Place::parse("/a/b/c").expect("is well-formed");
        let parents: Vec<_> = place
            .parents()
            .into_iter()
            .map(|parent| parent.display)
            .collect();
        assert_eq!(parents, ["/a", "/a/b"]);
    }

    #[test]
    fn suffixes_stand_before_the_extension() {
        assert_eq!(with_suffix("notes.tar.gz", "(2)"), "notes.tar (2).gz");
        assert_eq!(with_suffix(".profile", "(2)"), ".profile (2)");
        assert_eq!(with_suffix("notes", "(2)"), "notes (2)");
    }
}

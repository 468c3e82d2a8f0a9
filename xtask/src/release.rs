//! Versions and the changelog.
//!
//! In: `Cargo.toml` and `CHANGELOG.md`, on disk or at a revision. Out: the version, the one that comes next, and what a
//! changelog says of a version.

use codegen::diff::Bump;

use crate::files::{self, FileError};

/// The version of the SDK, which it shares with the workspace.
pub fn current() -> Result<String, FileError> {
    let path = files::root().join("Cargo.toml");
    let text = files::read_text(&path)?;
    version(&text)
        .ok_or_else(|| FileError::new("find a version in", &path, "there is no `version`"))
}

/// The changelog.
pub fn changelog() -> Result<String, FileError> {
    files::read_text(&files::root().join("CHANGELOG.md"))
}

/// The version to release next: one that is not released yet stays if it is high enough.
pub fn proposed(changelog: &str, version: &str, bump: Option<Bump>) -> String {
    if !is_unreleased(changelog, version) {
        return next(version, bump);
    }
    let titles = changelog
        .lines()
        .filter_map(|line| line.strip_prefix("## "));
    let mut released = titles.filter(|title| !title.contains("(unreleased)"));
    let before = released
        .next()
        .and_then(|title| title.split_whitespace().next());
    let least = before.map(|before| next(before, bump));
    least
        .filter(|least| !reaches(version, least))
        .unwrap_or_else(|| version.to_owned())
}

/// The version that a manifest names.
pub fn version(manifest: &str) -> Option<String> {
    let mut lines = manifest.lines().filter_map(|line| line.split_once('='));
    let (_, value) = lines.find(|(key, _)| key.trim() == "version")?;
    Some(value.trim().trim_matches('"').to_owned())
}

fn numbers(version: &str) -> [u64; 3] {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = core
        .split('.')
        .map(|number| number.parse().unwrap_or_default());
    std::array::from_fn(|_| numbers.next().unwrap_or_default())
}

/// The next version; before 1.0 the second number counts as the first does later.
pub fn next(version: &str, bump: Option<Bump>) -> String {
    let [major, minor, patch] = numbers(version);
    match (bump, major) {
        (None, _) => version.to_owned(),
        (Some(Bump::Major), 0) => format!("0.{}.0", minor + 1),
        (Some(Bump::Major), _) => format!("{}.0.0", major + 1),
        (Some(Bump::Minor), 1..) => format!("{major}.{}.0", minor + 1),
        _ => format!("{major}.{minor}.{}", patch + 1),
    }
}

/// Whether a version is at least another.
pub fn reaches(version: &str, least: &str) -> bool {
    numbers(version) >= numbers(least)
}

/// The section of a version, whether it is released or not.
pub fn section<'t>(changelog: &'t str, version: &str) -> Option<&'t str> {
    let is_it = |line: &str| {
        let words = line
            .strip_prefix("## ")
            .map(|title| title.split_whitespace().next());
        words.flatten() == Some(version)
    };
    let start = changelog.lines().find(|line| is_it(line))?;
    let at = changelog.find(start)? + start.len();
    let rest = changelog.get(at..)?;
    Some(rest.split("\n## ").next().unwrap_or(rest))
}

/// Whether the section of a version says that it is not released yet.
pub fn is_unreleased(changelog: &str, version: &str) -> bool {
    let mut titles = changelog
        .lines()
        .filter_map(|line| line.strip_prefix("## "));
    titles.any(|title| title.starts_with(version) && title.contains("(unreleased)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise() {
        let cases = [
            ("0.1.0", None, "0.1.0"),
            ("0.1.3", Some(Bump::Major), "0.2.0"),
            ("0.1.3", Some(Bump::Minor), "0.1.4"),
            ("0.1.3", Some(Bump::Patch), "0.1.4"),
            ("1.2.3", Some(Bump::Major), "2.0.0"),
            ("1.2.3", Some(Bump::Minor), "1.3.0"),
            ("1.2.3-rc.1", Some(Bump::Patch), "1.2.4"),
        ];
        for (version, bump, wanted) in cases {
            assert_eq!(next(version, bump), wanted);
        }
        assert!(reaches("0.10.0", "0.9.9") && !reaches("0.1.9", "0.2.0"));
    }

    #[test]
    fn what_is_not_released_stays_if_it_is_high_enough() {
        let first = "## 0.1.0 (unreleased)\n";
        assert_eq!(proposed(first, "0.1.0", Some(Bump::Major)), "0.1.0");
        let patch = "## 0.1.1 (unreleased)\n\n## 0.1.0\n";
        assert_eq!(proposed(patch, "0.1.1", Some(Bump::Minor)), "0.1.1");
        assert_eq!(proposed(patch, "0.1.1", Some(Bump::Major)), "0.2.0");
        assert_eq!(proposed("## 0.1.0\n", "0.1.0", Some(Bump::Minor)), "0.1.1");
    }

    #[test]
    fn sections_end_where_the_next_begins() {
        let text = "# Changelog\n\n## 0.2.0 (unreleased)\n\n* b\n\n## 0.1.0\n\n* a\n";
        assert_eq!(section(text, "0.2.0"), Some("\n\n* b\n"));
        assert!(section(text, "0.1.0").unwrap().contains("* a"));
        assert!(!section(text, "0.2.0").unwrap().contains("* a"));
        assert_eq!(section(text, "0.3.0"), None);
        assert!(is_unreleased(text, "0.2.0") && !is_unreleased(text, "0.1.0"));
    }
}

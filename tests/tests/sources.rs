//! What the runtime takes from its surroundings is named in few modules, so that it can be replaced where there are no
//! threads, files or clocks.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tests::snapshots;

/// What reaches outside, and the modules that may.
const OUTSIDE: [(&str, &[&str]); 8] = [
    (
        "tokio::",
        &[
            "blocking.rs",
            "body.rs",
            "body/file.rs",
            "body/reader.rs",
            "clock/system.rs",
            "download/reader.rs",
            "offload.rs",
        ],
    ),
    ("std::fs", &["body/file.rs", "download/file.rs"]),
    ("std::env", &["client/config.rs"]),
    ("std::net", &[]),
    ("std::process", &[]),
    ("thread::", &["blocking.rs"]),
    ("Instant", &["clock/system.rs"]),
    ("SystemTime::now", &["clock/system.rs"]),
];

/// All sources of the runtime: their paths, and their lines without comments and unit tests.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    let root = snapshots::root().join("generated-sdk/src/runtime");
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("UTF-8");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: Vec<&str> = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            let name = path.strip_prefix(&root).expect("it is below").display();
            found.push((name.to_string(), code.join("\n")));
        }
    }
}

#[test]
fn only_named_modules_reach_outside() {
    let mut found = Vec::new();
    sources(
        &snapshots::root().join("generated-sdk/src/runtime"),
        &mut found,
    );
    assert!(found.len() > 50, "the sources are elsewhere");
    for (word, allowed) in OUTSIDE {
        let users: BTreeSet<&str> = found
            .iter()
            .filter(|(_, code)| code.contains(word))
            .map(|(name, _)| name.as_str())
            .collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        assert_eq!(users, allowed, "{word}");
    }
}

//! `docs/dependencies.md` names every crate that an application gets with `generated-sdk`, with the reason.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use tests::snapshots;

/// The crates in the dependency tree, as `Cargo.lock` fixes it, for the features that are on by default.
fn tree() -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "tree",
            "--locked",
            "--package",
            "generated-sdk",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--target", "x86_64-unknown-linux-gnu", "--format", "{p}"])
        .current_dir(snapshots::root())
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "generated-sdk")
        .map(str::to_owned)
        .collect()
}

/// The first column of the tables, and whether each row gives a reason.
fn documented() -> BTreeSet<String> {
    let text = fs::read_to_string(snapshots::root().join("docs/dependencies.md"))
        .expect("docs/dependencies.md");
    text.lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| {
            let (name, rest) = row
                .split_once('`')
                .expect("a crate's name ends in a backquote");
            let reason = rest.trim_matches([' ', '|']);
            assert!(reason.len() > 10, "no reason is given for {name}");
            name.to_owned()
        })
        .collect()
}

#[test]
fn every_dependency_is_documented() {
    assert_eq!(documented(), tree());
}

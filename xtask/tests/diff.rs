//! `cargo xtask diff` as its users meet it: what it compares, prints and returns.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const OLD: &str = "namespace a\n\nstruct Arg\n    x String\n\nroute r(Arg, Void, Void)\n";
const NEW: &str = "namespace a\n\nstruct Arg\n    x String\n    y String\n\nroute r(Arg, Void, Void)\n\nroute s(Void, Void, Void)\n";

struct Pair(TempDir);

impl Pair {
    fn new(old: &str, new: &str) -> Self {
        let pair = Self(TempDir::new().expect("temporary folder"));
        for (side, text) in [("old", old), ("new", new)] {
            fs::create_dir(pair.path(side)).expect("temporary folder");
            fs::write(pair.path(side).join("a.stone"), text).expect("temporary file");
        }
        pair
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn diff(&self, options: &[&str]) -> (Option<i32>, String) {
        let paths = [self.path("old"), self.path("new")];
        let output = xtask(&["diff"], options, &paths);
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("UTF-8"),
        )
    }
}

fn xtask(command: &[&str], options: &[&str], paths: &[PathBuf]) -> Output {
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask
        .args(command)
        .args(options)
        .args(paths)
        .output()
        .expect("xtask starts")
}

#[test]
fn nothing_changed_is_said_and_is_success() {
    let (code, text) = Pair::new(OLD, OLD).diff(&["--deny", "minor"]);
    assert_eq!((code, text.as_str()), (Some(0), "no changes\n"));
}

#[test]
fn people_read_the_worst_first_and_a_verdict_last() {
    let (code, text) = Pair::new(OLD, NEW).diff(&[]);
    assert_eq!(code, Some(0));
    assert!(
        text.starts_with("BREAKING: old programs fail\n  a\n    [4.3] required field added\n"),
        "{text}"
    );
    assert!(
        text.contains("      - a.Arg.y: String\n        in argument of a/r\n"),
        "{text}"
    );
    assert!(
        text.ends_with("1 breaking, 0 risky, 1 compatible, 0 notes; next version: major\n"),
        "{text}"
    );
}

#[test]
fn thresholds_decide_about_failure() {
    assert_eq!(Pair::new(OLD, NEW).diff(&["--deny", "major"]).0, Some(1));
    let pair = Pair::new(OLD, &format!("{OLD}\nroute s(Void, Void, Void)\n"));
    assert_eq!(pair.diff(&["--deny", "major"]).0, Some(0));
    assert_eq!(pair.diff(&["--deny", "minor"]).0, Some(1));
}

#[test]
fn programs_get_ids_that_an_allow_file_can_name() {
    let pair = Pair::new(OLD, NEW);
    let json = |options: &[&str]| -> serde_json::Value {
        let (_, text) = pair.diff(&[options, &["--format", "json"]].concat());
        serde_json::from_str(&text).expect("JSON")
    };
    let found = json(&[]);
    assert_eq!(found["format"], "stone-diff/1");
    assert_eq!(found["bump"], "major");
    assert_eq!(found["findings"][0]["id"], "4.3 a.Arg.y");
    assert_eq!(
        found["findings"][0]["positions"],
        serde_json::json!(["argument"])
    );
    let allow = pair.path("allow.toml");
    let entry = |id: &str| format!("[[allow]]\nid = \"{id}\"\nreason = \"nobody calls it\"\n\n");
    fs::write(&allow, entry("4.3 a.Arg.y") + &entry("8.2 a/gone")).expect("temporary file");
    let option = ["--allow", allow.to_str().expect("UTF-8")];
    let found = json(&option);
    assert_eq!(found["bump"], "minor");
    assert_eq!(found["findings"][0]["allowed"], "nobody calls it");
    assert_eq!(found["allowed_in_vain"], serde_json::json!(["8.2 a/gone"]));
    let (code, text) = pair.diff(&[&option[..], &["--deny", "major"]].concat());
    assert_eq!(code, Some(0));
    assert!(
        text.contains(
            "allowed: 4.3 a.Arg.y (nobody calls it)\nallowed in vain, remove it: 8.2 a/gone\n"
        ),
        "{text}"
    );
}

#[test]
fn changelogs_get_a_section() {
    let (_, text) = Pair::new(OLD, NEW).diff(&["--format", "markdown"]);
    let expected = "**1 breaking, 0 risky, 1 compatible, 0 notes; next version: major**\n\n\
        ### Programs have to change\n\n* `a.Arg.y`: required field added (String)\n\n\
        ### New\n\n* `a/s`: route or version added ((Void, Void, Void))\n";
    assert_eq!(text, expected);
}

#[test]
fn rust_alone_leaves_out_what_only_the_wire_notices() {
    let tighter = OLD.replace("x String", "x String = \"a\"");
    let pair = Pair::new(&tighter, &tighter.replace("\"a\"", "\"b\""));
    let (_, text) = pair.diff(&["--rust"]);
    assert!(
        text.starts_with("minor\n") && text.contains("[4.11]"),
        "{text}"
    );
    let scoped = Pair::new(
        OLD,
        &OLD.replace("    x String\n", "    x String\n        \"Doc.\"\n"),
    );
    assert_eq!(scoped.diff(&["--rust"]).1, "no new version is needed\n");
}

#[test]
fn specs_with_mistakes_are_refused() {
    let pair = Pair::new(OLD, "namespace a\n\nstruct S\n    x Missing\n");
    let output = xtask(&["diff"], &[], &[pair.path("old"), pair.path("new")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("E0312"));
    let missing = xtask(&["diff"], &["no-such-revision"], &[]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn revisions_are_read_from_git() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if !root.join(".git").exists() {
        println!("there is no history; nothing was compared");
        return;
    }
    let output = xtask(&["diff"], &["HEAD", "HEAD"], &[]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), "no changes\n");
}

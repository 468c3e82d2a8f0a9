//! `check` as its users meet it: formats, warnings, explanations.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const LIBRARY: &str = "namespace library

import people

union Medium
    paper Int32 = 1

struct Book
    title Strin
    author Author

struct Loan
    book Book

    example first
        book = novel
";

const PEOPLE: &str = "# stone: allow(W0903)
namespace people

route leave(Void, Void, Void)

route enter(Void, Void, Missing)
";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().expect("temporary folder");
    for (name, text) in files {
        fs::write(dir.path().join(name), text).expect("temporary file");
    }
    dir
}

fn check(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(folder).arg("check").args(args);
    command.output().expect("xtask starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn people_get_excerpts_and_a_total() {
    let dir = folder(&[("library.stone", LIBRARY), ("people.stone", PEOPLE)]);
    let output = check(dir.path(), &["."]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let place = "  |\n9 |     title Strin\n  |           ^^^^^ unknown\n  |\n  = help: did you mean `String`?";
    assert!(text.contains(place), "{text}");
    assert!(
        text.contains("error: 4 errors and 1 warning in 2 files\n"),
        "{text}"
    );
    assert!(
        !text.contains('\x1b'),
        "colour where there is no terminal: {text}"
    );
    assert!(text.contains("check --explain E0312"), "{text}");
}

#[test]
fn json_has_what_was_promised_and_nothing_else() {
    let dir = folder(&[("library.stone", LIBRARY), ("people.stone", PEOPLE)]);
    let output = check(dir.path(), &["--format", "json", "."]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let keys: Vec<_> = found[0]
        .as_object()
        .expect("objects")
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected = vec![
        "severity",
        "code",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "message",
        "help",
    ];
    expected.sort_unstable();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    let warnings = found.as_array().expect("an array").iter();
    let warnings: Vec<_> = warnings.filter(|d| d["severity"] == "warning").collect();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0]["code"], "W0424");
    assert!(output.stderr.is_empty());
}

#[test]
fn github_gets_workflow_commands() {
    let dir = folder(&[("people.stone", PEOPLE)]);
    let output = check(dir.path(), &["--format", "github", "people.stone"]);
    assert_eq!(output.status.code(), Some(1));
    let expected = "::error file=people.stone,line=6,col=25,endLine=6,endColumn=31,title=E0312 unknown-name::\
        there is no type `Missing` in namespace `people`%0A\
        help: define `Missing`, or import the namespace that does\n";
    assert_eq!(stdout(&output), expected);
}

#[test]
fn warnings_fail_only_when_denied_and_can_be_allowed() {
    let text = "namespace people\n\nroute leave(Void, Void, Void)\n";
    let dir = folder(&[("people.stone", text)]);
    let output = check(dir.path(), &["people.stone"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("warning: 1 warning in 1 file\n"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        check(dir.path(), &["--deny-warnings", "people.stone"])
            .status
            .code(),
        Some(1)
    );

    for allowed in ["W0903", "unused-type, undocumented-route"] {
        let dir = folder(&[(
            "people.stone",
            &format!("# stone: allow({allowed})\n{text}"),
        )]);
        let output = check(dir.path(), &["--deny-warnings", "people.stone"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

#[test]
fn codes_are_explained_by_number_and_name() {
    let here = Path::new(".");
    for code in ["E0312", "e0312", "unknown-name", "Unknown-Name"] {
        let output = check(here, &["--explain", code]);
        assert_eq!(output.status.code(), Some(0));
        let text = stdout(&output);
        assert!(text.starts_with("E0312 unknown-name (error): "), "{text}");
        assert!(text.contains("```stone,wrong\n"), "{text}");
    }
}

#[test]
fn unknown_codes_are_misuse_with_a_suggestion() {
    for (code, near) in [
        ("E031", "E031"),
        ("unknwon-name", "unknown-name"),
        ("e9999", "codes"),
    ] {
        let output = check(Path::new("."), &["--explain", code]);
        assert_eq!(output.status.code(), Some(2), "{code}");
        assert!(stderr(&output).contains(near), "{}", stderr(&output));
    }
}

#[test]
fn regen_and_ir_say_nothing_about_style() {
    let text = "namespace people\n\nroute leave(Void, Void, Void)\n";
    let dir = folder(&[("people.stone", text)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command
        .arg("ir")
        .arg(dir.path())
        .output()
        .expect("xtask starts");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}

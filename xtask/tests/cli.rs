//! The commands as their users meet them: exit codes and messages, on good and on bad input.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn xtask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(args)
        .output()
        .expect("xtask starts")
}

/// Runs `check` on one file and returns exit code and standard error.
fn check(name: &str, content: impl AsRef<[u8]>) -> (i32, String) {
    let dir = TempDir::new().expect("temporary folder");
    let path = dir.path().join(name);
    fs::write(&path, content).expect("temporary file");
    let output = xtask(&["check", text(&path)]);
    (
        output
            .status
            .code()
            .expect("no signal, hence no panic in a thread that aborts"),
        stderr(&output),
    )
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn assert_finding((code, message): (i32, String), expected: &str) {
    assert_eq!(code, 1, "{message}");
    assert!(message.contains(expected), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_project_spec_is_right() {
    let output = xtask(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "no mistakes in 51 files: 22 namespaces, 1809 structs, 591 unions, 276 routes"
    );
}

#[test]
fn ir_prints_json_and_nothing_on_errors() {
    let good = xtask(&["ir", text(&project().join("spec"))]);
    assert_eq!(good.status.code(), Some(0));
    assert!(good.stdout.starts_with(b"{\n  \"format\": \"stone-ir/1\""));

    let dir = TempDir::new().expect("temporary folder");
    let path = dir.path().join("bad.stone");
    fs::write(&path, "namespace a\n\nstruct S\n    f Missing\n").expect("temporary file");
    let bad = xtask(&["ir", text(&path)]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(bad.stdout.is_empty());
    assert!(stderr(&bad).contains("Missing"));
}

#[test]
fn json_has_positions_relative_to_the_argument() {
    let dir = TempDir::new().expect("temporary folder");
    fs::create_dir(dir.path().join("sub")).expect("temporary folder");
    fs::write(
        dir.path().join("sub/a.stone"),
        "namespace a\n\nalias X = Missing\n",
    )
    .expect("temporary file");
    let output = xtask(&["check", "--format", "json", text(dir.path())]);
    assert_eq!(output.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("valid JSON");
    let first = &found[0];
    assert_eq!(first["path"], "sub/a.stone");
    assert_eq!((&first["line"], &first["column"]), (&3.into(), &11.into()));
    assert_eq!(
        (&first["end_line"], &first["end_column"]),
        (&3.into(), &18.into())
    );
    assert_eq!(first["severity"], "error");
}

#[test]
fn misuse_exits_with_two() {
    assert_eq!(xtask(&["check", "--no-such-option"]).status.code(), Some(2));
    assert_eq!(xtask(&["no-such-command"]).status.code(), Some(2));
    assert_eq!(xtask(&[]).status.code(), Some(2));
}

#[test]
fn missing_files_and_empty_folders_exit_with_two() {
    let dir = TempDir::new().expect("temporary folder");
    let empty = xtask(&["check", text(dir.path())]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(
        stderr(&empty).contains("there is no .stone file in it"),
        "{}",
        stderr(&empty)
    );

    let missing = xtask(&["check", text(&dir.path().join("nothing.stone"))]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        stderr(&missing).contains("nothing.stone"),
        "{}",
        stderr(&missing)
    );
}

#[test]
fn an_unreadable_folder_exits_with_two() {
    let dir = TempDir::new().expect("temporary folder");
    // A link to itself cannot be read by anybody, not even by an administrator whom permissions do not stop.
    let path = dir.path().join("loop.stone");
    std::os::unix::fs::symlink(&path, &path).expect("symbolic link");
    let output = xtask(&["check", text(dir.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("loop.stone"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn binary_files_get_a_place_and_a_cure() {
    let (code, message) = check("binary.stone", b"namespace a\n\0\xff\xfe");
    assert_eq!(code, 1, "{message}");
    assert!(message.contains("byte 0xff is not valid here"), "{message}");
    assert!(message.contains("save the file as UTF-8"), "{message}");
}

#[test]
fn truncated_files_get_a_diagnostic_at_every_length() {
    let whole = fs::read_to_string(project().join("spec/common.stone")).expect("spec");
    for end in (0..whole.len())
        .step_by(97)
        .filter(|end| whole.is_char_boundary(*end))
    {
        let (code, message) = check("cut.stone", &whole[..end]);
        assert!(code == 0 || code == 1, "{message}");
        assert!(!message.contains("panicked"), "{message}");
    }
}

#[test]
fn a_long_line_is_cut_around_the_mistake() {
    let line = format!(
        "namespace a\n\nalias X = {}String(\n",
        "Y".repeat(10_000_000)
    );
    let (code, message) = check("long.stone", line);
    assert_eq!(code, 1);
    assert!(message.len() < 10_000, "{} bytes", message.len());
}

#[test]
fn deep_nesting_is_one_diagnostic() {
    let brackets = format!(
        "namespace a\n\nalias X = {}String{}\n",
        "List(".repeat(10_000),
        ")".repeat(10_000)
    );
    assert_finding(check("deep.stone", brackets), "128");
    let mut lines = String::from("namespace a\n\nstruct S\n");
    for depth in 1..10_000 {
        lines.push_str(&"    ".repeat(depth));
        lines.push_str("f T\n");
    }
    assert_finding(check("deeper.stone", lines), "128");
    let list = format!(
        "namespace a\n\nstruct S\n    f List(String)\n\n    example e\n        f = {}{}\n",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    assert_finding(check("list.stone", list), "128");
}

#[test]
fn long_alias_chains_are_followed_without_recursion() {
    let mut spec = String::from("namespace a\n\nalias A0 = String\n");
    for n in 1..10_000 {
        spec.push_str(&format!("alias A{n} = A{}\n", n - 1));
    }
    spec.push_str("\nstruct S\n    f A9999 = \"x\"\n");
    let (code, message) = check("chain.stone", &spec);
    assert_eq!(code, 0, "{message}");
    let ring = spec.replace("alias A0 = String", "alias A0 = A9999");
    let (code, message) = check("ring.stone", ring);
    assert_eq!(code, 1, "{message}");
}

#[test]
fn a_spec_without_stone_cfg_is_fine_until_a_route_sets_attributes() {
    let (code, message) = check("plain.stone", "namespace a\n\nroute r(Void, Void, Void)\n");
    assert_eq!(code, 0, "{message}");
    let attrs = "namespace a\n\nroute r(Void, Void, Void)\n    attrs\n        auth = \"user\"\n";
    assert_finding(check("attrs.stone", attrs), "stone_cfg");
}

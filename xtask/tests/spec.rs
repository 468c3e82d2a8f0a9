//! `cargo xtask spec` as its users meet it: what an update keeps, takes and refuses, and what verification asks for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const OURS: &str = r#"namespace a

# Said by us.
struct Arg
    "What we say of it."
    x String
        "Ours, see :route:`gone`."
    z String?

    example default
        x = "ours"
        z = "gone"

union Kind
    one
        "First."

    example default
        one = null

struct Noted
    # Why it is so.
    x String

# Stays as it is.
route r(Arg, Void, Kind)
    "We call it."

route gone(Void, Void, Void)
    "It goes."
"#;

const THEIRS: &str = r#"namespace a

import b

# Said by them.
struct Arg
    "What they say of it."
    x String(max_length=9)
        "Theirs."
    n UInt64(min_value=2)
        "Theirs."
    more b.More?
        "Theirs."

    example default
        x = "theirs"
        n = 3

union Kind
    one
        "Theirs."

struct Noted
    x String?

route r(Arg, Void, Kind)
    "Theirs."

route come:2(Void, b.More, Kind)
    "Theirs."
"#;

const MERGED: &str = r#"namespace a

import b

# Said by us.
struct Arg
    "What we say of it."
    x String(max_length=9)
        "Ours, see gone."
    n UInt64(min_value=2)
        "Not described yet."
    more b.More?
        "Not described yet."

    example default
        x = "ours"
        n = 2

union Kind
    one
        "First."

    example default
        one = null

struct Noted
    x String?

# Stays as it is.
route r(Arg, Void, Kind)
    "We call it."

route come:2(Void, b.More, Kind)
    "Not described yet."
"#;

const MORE: &str = "namespace b\n\nstruct More\n    \"Theirs.\"\n    y String\n";

const FACTS: &str = "[repeat_safety]\n# Careful.\nonce = [\n    \"a/gone\",\n    \"a/r\",\n]\n";

struct Project(TempDir);

impl Project {
    fn new(theirs: &[(&str, &str)]) -> Self {
        let project = Self(TempDir::new().expect("temporary folder"));
        project.write("spec/a.stone", OURS);
        project.write("spec/sdk.toml", FACTS);
        project.write(
            "spec/UPSTREAM",
            "# Which.\ncommit = old\ndate = 2026-01-01\ndescriptions = own\n",
        );
        project.write(
            "sdk/Cargo.toml",
            "[features]\n# <generated features>\n# </generated features>\n",
        );
        theirs
            .iter()
            .for_each(|(name, text)| project.write(&format!("theirs/{name}"), text));
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("parent")).expect("temporary folder");
        fs::write(path, text).expect("temporary file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("temporary file")
    }

    fn update(&self, options: &[&str]) -> Output {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        xtask.args(["spec", "update", "--commit", "new", "--date", "2026-02-02"]);
        xtask.args(options).arg("--from").arg(self.path("theirs"));
        xtask
            .arg("--spec")
            .arg(self.path("spec"))
            .arg("--out")
            .arg(self.path("sdk"));
        xtask.output().expect("xtask starts")
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.0.path());
        git.args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ]);
        let output = git.args(arguments).output().expect("git starts");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "--quiet", "--message", "a"]);
    }

    fn verify(&self, options: &[&str]) -> (Option<i32>, String) {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        xtask
            .args(["spec", "verify", "--root"])
            .arg(self.0.path())
            .args(options);
        let output = xtask.output().expect("xtask starts");
        (output.status.code(), text(&output))
    }
}

fn text(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

fn both() -> Project {
    Project::new(&[("a.stone", THEIRS), ("b.stone", MORE)])
}

#[test]
fn facts_are_taken_and_words_are_kept() {
    let project = both();
    let output = project.update(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(project.read("spec/a.stone"), MERGED);
    let more = "namespace b\n\nstruct More\n    \"Not described yet.\"\n    y String\n        \"Not described yet.\"\n";
    assert_eq!(project.read("spec/b.stone"), more);
    assert_eq!(
        project.read("spec/sdk.toml"),
        FACTS.replace("a/gone", "a/come_v2")
    );
    assert_eq!(
        project.read("spec/UPSTREAM"),
        "# Which.\ncommit = new\ndate = 2026-02-02\ndescriptions = own\n"
    );
    assert!(project.path("sdk/src/generated/a/routes.rs").exists());
    assert!(!project.path(".spec-update").exists());
    let text = text(&output);
    for expected in [
        "[8.2] route or version removed",
        "describe, where it says \"Not described yet.\": a.Arg: n, more\n",
        "describe, where it says \"Not described yet.\": a/come:2: itself\n",
        "example completed: a.Arg default (n)\n",
        "reference in a description made plain words: gone\n",
        "comment dropped: a.Noted (# Why it is so.)\n",
        "gone: a/gone\n",
        "sdk.toml: removed from repeat_safety.once: a/gone\n",
        "sdk.toml: added to repeat_safety.once, see what a second call does: a/come_v2\n",
        "semver: major; proposed version: ",
        "### Programs have to change\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn a_second_update_changes_nothing() {
    let project = both();
    assert_eq!(project.update(&[]).status.code(), Some(0));
    let before = project.read("spec/a.stone");
    let output = project.update(&[]);
    assert!(
        text(&output).starts_with("no changes\n"),
        "{}",
        text(&output)
    );
    assert_eq!(project.read("spec/a.stone"), before);
}

#[test]
fn upstream_words_are_refused_where_they_are_not_wanted() {
    let project = both();
    let output = project.update(&["--with-docs"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output).contains("descriptions = own"),
        "{}",
        text(&output)
    );
    assert_eq!(project.read("spec/a.stone"), OURS);
    project.write("spec/UPSTREAM", "");
    let output = project.update(&["--with-docs"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(project.read("spec/b.stone").contains("Theirs."));
    assert!(project.read("spec/a.stone").contains("Ours, see gone."));
}

#[test]
fn nothing_is_written_if_anything_fails() {
    let broken = THEIRS.replace("import b\n", "");
    let deep = THEIRS.replace("UInt64(min_value=2)", "Timestamp(\"%H\")");
    for theirs in [&broken, &deep] {
        let project = Project::new(&[("a.stone", theirs), ("b.stone", MORE)]);
        let output = project.update(&[]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert_eq!(project.read("spec/a.stone"), OURS);
        assert_eq!(project.read("spec/sdk.toml"), FACTS);
        assert!(!project.path("sdk/src").exists());
    }
}

#[test]
fn a_dry_run_tells_and_does_nothing() {
    let project = both();
    let output = project.update(&["--dry-run"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output).contains("nothing was written, as asked"));
    assert_eq!(project.read("spec/a.stone"), OURS);
}

fn released(version: &str) -> Project {
    let project = both();
    project.write(
        "Cargo.toml",
        &format!("[workspace.package]\nversion = \"{version}\"\n"),
    );
    project.write(
        "CHANGELOG.md",
        &format!("# Changelog\n\n## {version}\n\n* First.\n"),
    );
    project.git(&["init", "--quiet", "--initial-branch", "main"]);
    project.commit();
    project
}

#[test]
fn a_change_needs_its_version_and_its_lines() {
    let project = released("0.1.0");
    assert_eq!(project.verify(&[]).0, Some(0));
    project.write(
        "spec/a.stone",
        &OURS
            .replace("    z String?\n", "")
            .replace("        z = \"gone\"\n", ""),
    );
    let (code, text) = project.verify(&[]);
    assert_eq!(code, Some(1));
    assert!(
        text.contains("the version is 0.1.0: raise it to 0.2.0 in Cargo.toml"),
        "{text}"
    );
    project.write("Cargo.toml", "[workspace.package]\nversion = \"0.2.0\"\n");
    project.write(
        "CHANGELOG.md",
        "# Changelog\n\n## 0.2.0 (unreleased)\n\n## 0.1.0\n\n* First.\n",
    );
    project.commit();
    let (code, text) = project.verify(&[]);
    assert_eq!(code, Some(1));
    assert!(
        text.contains("CHANGELOG.md says nothing of 0.2.0"),
        "{text}"
    );
    project.write(
        "CHANGELOG.md",
        "# Changelog\n\n## 0.2.0 (unreleased)\n\n* `z` is gone.\n\n## 0.1.0\n\n* First.\n",
    );
    let (code, text) = project.verify(&[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("since 0.1.0: 1 breaking"), "{text}");
}

#[test]
fn a_branch_needs_lines_of_its_own() {
    let project = released("0.1.0");
    let changelog = "# Changelog\n\n## 0.1.0 (unreleased)\n\n* First.\n";
    project.write("CHANGELOG.md", changelog);
    project.commit();
    project.git(&["switch", "--quiet", "--create", "work"]);
    project.write(
        "spec/a.stone",
        &format!("{OURS}\nroute more(Void, Void, Void)\n    \"More.\"\n"),
    );
    let (code, text) = project.verify(&["--base", "main"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("the section of 0.1.0 in CHANGELOG.md has not"),
        "{text}"
    );
    project.write("CHANGELOG.md", &format!("{changelog}* A route.\n"));
    let (code, text) = project.verify(&["--base", "main"]);
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn without_history_nothing_is_verified_and_that_is_said() {
    let (code, text) = both().verify(&[]);
    assert_eq!(code, Some(0));
    assert!(text.contains("nothing was verified"), "{text}");
}

#[test]
fn the_project_accounts_for_its_spec() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask.args(["spec", "verify"]).current_dir(root);
    let output = xtask.output().expect("xtask starts");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

//! `cargo xtask fmt` as its users meet it: what it writes, prints and returns.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const UGLY: &str = "namespace a\nalias  B=String # kept\n";
const NEAT: &str = "namespace a\n\nalias B = String  # kept\n";
const BROKEN: &str = "namespace a\n\nalias = String\n";

struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().expect("temporary folder"));
        for (name, text) in files {
            fs::write(folder.path(name), text).expect("temporary file");
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("temporary file")
    }

    /// Runs the command on this folder.
    fn fmt(&self, options: &[&str]) -> Run {
        fmt(options, &[self.0.path()])
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("temporary folder");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<_> = entries.map(|entry| name(entry.expect("entry"))).collect();
        names.sort();
        names
    }
}

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn fmt(options: &[&str], paths: &[&Path]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("fmt")
        .args(options)
        .args(paths)
        .output()
        .expect("xtask starts");
    Run {
        code: status.code(),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

#[test]
fn the_project_spec_is_canonical() {
    let run = fmt(&["--check"], &[]);
    assert_eq!(run.stdout, "51 files: all in canonical text\n");
    assert_eq!(run.code, Some(0));
}

#[test]
fn files_are_written_and_named() {
    let folder = Folder::with(&[("a.stone", UGLY), ("b.stone", NEAT), ("c.txt", UGLY)]);
    let run = folder.fmt(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("a.stone\n"), "{}", run.stdout);
    assert!(
        run.stdout.ends_with("2 files, 1 of them changed\n"),
        "{}",
        run.stdout
    );
    assert_eq!(folder.read("a.stone"), NEAT);
    assert_eq!(folder.read("c.txt"), UGLY);
    assert_eq!(folder.names(), ["a.stone", "b.stone", "c.txt"]);
    assert_eq!(folder.fmt(&[]).stdout, "2 files, 0 of them changed\n");
}

#[test]
fn check_shows_a_diff_and_writes_nothing() {
    let folder = Folder::with(&[("a.stone", UGLY)]);
    let run = folder.fmt(&["--check"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stdout
            .contains("-alias  B=String # kept\n+\n+alias B = String  # kept\n"),
        "{}",
        run.stdout
    );
    let cure = format!("run: cargo xtask fmt {}\n", folder.0.path().display());
    assert!(run.stdout.ends_with(&cure), "{}", run.stdout);
    assert_eq!(folder.read("a.stone"), UGLY);
}

#[test]
fn files_with_syntax_errors_are_left_alone_and_the_others_are_formatted() {
    let folder = Folder::with(&[("a.stone", BROKEN), ("b.stone", UGLY)]);
    fs::write(folder.path("c.stone"), b"namespace c\n\xff").expect("temporary file");
    let run = folder.fmt(&[]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("a.stone:3:7"), "{}", run.stderr);
    assert!(run.stderr.contains("byte 0xff"), "{}", run.stderr);
    assert!(
        run.stdout.ends_with("2 files with errors left untouched\n"),
        "{}",
        run.stdout
    );
    assert_eq!(folder.read("a.stone"), BROKEN);
    assert_eq!(folder.read("b.stone"), NEAT);
    assert_eq!(folder.fmt(&["--check"]).code, Some(1));
}

#[test]
fn errors_of_meaning_do_not_matter() {
    let folder = Folder::with(&[("a.stone", "namespace a\nalias B=Missing\n")]);
    assert_eq!(folder.fmt(&[]).code, Some(0));
    assert_eq!(folder.read("a.stone"), "namespace a\n\nalias B = Missing\n");
}

#[test]
fn bad_paths_exit_with_two_before_anything_is_written() {
    let folder = Folder::with(&[("a.stone", UGLY)]);
    let run = fmt(
        &[],
        &[&folder.path("a.stone"), &folder.path("missing.stone")],
    );
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("missing.stone"), "{}", run.stderr);
    assert_eq!(folder.read("a.stone"), UGLY);
    assert_eq!(Folder::with(&[]).fmt(&[]).code, Some(2));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_a_file_named_twice_counts_once() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::with(&[("a.stone", UGLY)]);
    let (file, link) = (folder.path("a.stone"), folder.path("link.stone"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink(&file, &link).expect("symbolic link");
    let run = fmt(&[], &[&link, &file, folder.0.path()]);
    assert!(
        run.stdout.ends_with("1 file, 1 of them changed\n"),
        "{}",
        run.stdout
    );
    assert!(fs::symlink_metadata(&link).expect("link").is_symlink());
    assert_eq!(folder.read("a.stone"), NEAT);
    let mode = fs::metadata(&file).expect("file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

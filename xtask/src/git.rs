//! Asks git for what files were.
//!
//! In: a revision and a folder of the project. Out: the texts of its files at that revision. Nothing is checked out.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::files::{self, FileError};

/// Runs git in the project and gives back what it prints, or `None` if it fails.
pub fn ask(root: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(args)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}

/// The full name of a commit, if the text names one.
pub fn commit(root: &Path, revision: &str) -> Option<String> {
    let commit = format!("{revision}^{{commit}}");
    ask(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
    )
}

/// A file as it was, if it was there.
pub fn file(root: &Path, revision: &str, path: &str) -> Option<String> {
    ask(
        root,
        &["show", "--end-of-options", &format!("{revision}:./{path}")],
    )
}

/// The `.stone` files of a folder at a revision, as pairs of path and bytes.
pub fn stone_files(
    root: &Path,
    revision: &str,
    folder: &str,
) -> Result<Vec<(String, Vec<u8>)>, FileError> {
    let fail =
        |reason: &str| FileError::new("read", Path::new(&format!("{revision}:{folder}")), reason);
    let listed = ask(
        root,
        &["ls-tree", "-r", "--name-only", "-z", revision, "--", folder],
    );
    let listed = listed.ok_or_else(|| fail("git does not list it"))?;
    let names: Vec<_> = listed
        .split('\0')
        .filter(|name| name.ends_with(".stone"))
        .collect();
    if names.is_empty() {
        return Err(fail("there is no .stone file in it"));
    }
    read_all(root, revision, &names).ok_or_else(|| fail("git does not show it"))
}

/// One process for all files.
fn read_all(root: &Path, revision: &str, names: &[&str]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["cat-file", "--batch"]);
    let mut git = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut questions = git.stdin.take()?;
    let mut answers = BufReader::new(git.stdout.take()?);
    let mut found = Vec::new();
    for name in names {
        // A question at a time keeps both pipes from filling up.
        writeln!(questions, "{revision}:./{name}")
            .and_then(|()| questions.flush())
            .ok()?;
        let mut head = String::new();
        answers.read_line(&mut head).ok()?;
        let size: usize = head.trim_end().rsplit(' ').next()?.parse().ok()?;
        let mut bytes = vec![0; size + 1];
        answers.read_exact(&mut bytes).ok()?;
        bytes.truncate(size);
        found.push(((*name).to_owned(), bytes));
    }
    drop(questions);
    git.wait().ok()?.success().then_some(found)
}

/// Where git commands run.
pub fn project() -> std::path::PathBuf {
    files::root()
}

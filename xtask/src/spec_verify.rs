//! `cargo xtask spec verify`: whether the version and the changelog account for what changed in `spec/`.
//!
//! In: the working tree and its history. Out: success, or the reason. What was released is the spec before the commit
//! that set the present version if its section of the changelog is still marked `(unreleased)`, else the spec at that
//! commit. Without history there is nothing to compare with, which is said and is no failure.

use std::path::Path;

use codegen::diff::Report;

use crate::files::{self, FileError};
use crate::spec::{Depth, Paths, Spec};
use crate::{Verdict, diff, git, release};

/// Says whether version and changelog account for the changes of spec/.
#[derive(clap::Args)]
pub struct Args {
    /// A branch that this one goes into: what changed in spec/ since needs new lines in the changelog.
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// The project; this one by default.
    #[arg(long, value_name = "FOLDER", hide = true)]
    root: Option<std::path::PathBuf>,
}

/// The project as it is.
struct Now {
    version: String,
    changelog: String,
    spec: Spec,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let root = args.root.clone().unwrap_or_else(files::root);
    let shallow = git::ask(&root, &["rev-parse", "--is-shallow-repository"]);
    if shallow.as_deref() != Some("false") {
        files::print("there is no history to compare spec/ with; nothing was verified\n")?;
        return Ok(Verdict::Success);
    }
    let manifest = files::read_text(&root.join("Cargo.toml"))?;
    let now = Now {
        version: release::version(&manifest).unwrap_or_default(),
        changelog: files::read_text(&root.join("CHANGELOG.md"))?,
        spec: Spec::load(&[root.join("spec")], Paths::Relative, Depth::Errors)?,
    };
    let mut verdict = versions(&root, &now)?;
    if let Some(base) = &args.base
        && changelog(&root, &now, base)? == Verdict::Findings
    {
        verdict = Verdict::Findings;
    }
    Ok(verdict)
}

/// Compares with what was released.
fn versions(root: &Path, now: &Now) -> Result<Verdict, FileError> {
    let set = git::ask(
        root,
        &[
            "log",
            "-1",
            "--format=%H",
            "-G^version = ",
            "--",
            "Cargo.toml",
        ],
    );
    let unreleased = release::is_unreleased(&now.changelog, &now.version);
    let set = set.filter(|commit| !commit.is_empty());
    let released = set.map(|commit| {
        if unreleased {
            format!("{commit}~1")
        } else {
            commit
        }
    });
    let Some(released) = released.filter(|revision| has_spec(root, revision)) else {
        files::print(&format!(
            "no version before {} has a spec; nothing was verified\n",
            now.version
        ))?;
        return Ok(Verdict::Success);
    };
    let Some(report) = report(root, &released, now)? else {
        return Ok(Verdict::Findings);
    };
    let before = git::file(root, &released, "Cargo.toml");
    let before = before
        .as_deref()
        .and_then(release::version)
        .unwrap_or_default();
    let least = release::next(&before, report.bump());
    if !release::reaches(&now.version, &least) {
        return refuse(
            &report,
            &format!(
                "spec/ has changed since {before}, and the version is {}: raise it to {least} in Cargo.toml",
                now.version
            ),
        );
    }
    let section = release::section(&now.changelog, &now.version).unwrap_or_default();
    if report.bump().is_some() && !section.contains("\n* ") {
        return refuse(
            &report,
            &format!(
                "spec/ has changed since {before}, and CHANGELOG.md says nothing of {}",
                now.version
            ),
        );
    }
    files::print(&format!(
        "since {before}: {}; the version is {}\n",
        report.summary(),
        now.version
    ))?;
    Ok(Verdict::Success)
}

/// Whatever changed since the base has lines of its own in the changelog.
fn changelog(root: &Path, now: &Now, base: &str) -> Result<Verdict, FileError> {
    let common = git::ask(root, &["merge-base", "HEAD", base]);
    let Some(common) = common.filter(|revision| has_spec(root, revision)) else {
        files::print(&format!(
            "{base} has no common history with this branch; its changelog was not compared\n"
        ))?;
        return Ok(Verdict::Success);
    };
    let Some(report) = report(root, &common, now)? else {
        return Ok(Verdict::Findings);
    };
    let before = git::file(root, &common, "CHANGELOG.md").unwrap_or_default();
    let same = release::section(&before, &now.version).map(str::trim)
        == release::section(&now.changelog, &now.version).map(str::trim);
    // Words of descriptions alone need none.
    let counts = report.counted().any(|finding| !finding.rule.is_text());
    if counts && same {
        return refuse(
            &report,
            &format!(
                "spec/ has changed since {base}, and the section of {} in CHANGELOG.md has not",
                now.version
            ),
        );
    }
    Ok(Verdict::Success)
}

fn has_spec(root: &Path, revision: &str) -> bool {
    let tree = format!("{revision}:./spec");
    git::ask(root, &["cat-file", "-t", &tree]).as_deref() == Some("tree")
}

fn report(root: &Path, revision: &str, now: &Now) -> Result<Option<Report>, FileError> {
    let before = Spec::at_revision(root, revision)?;
    Ok(diff::compare(&before, &now.spec))
}

fn refuse(report: &Report, reason: &str) -> Result<Verdict, FileError> {
    files::print(&format!("{}\n", report.human(false)))?;
    files::complain(&format!("error: {reason}"));
    files::complain("for the text of a changelog section: cargo xtask diff OLD --format markdown");
    Ok(Verdict::Findings)
}

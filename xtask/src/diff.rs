//! `cargo xtask diff`: what changed from one spec to another, and what that means for callers.

use std::path::{Path, PathBuf};

use codegen::diff::{Allowed, Bump, Report, Side, diff};

use crate::files::{self, FileError};
use crate::spec::{Depth, Paths, Spec};
use crate::{Verdict, git};

/// Compares two specs and says what the changes mean for callers.
#[derive(clap::Args)]
pub struct Args {
    /// The old spec: a folder, a file, or a git revision of spec/, such as HEAD~1.
    old: String,
    /// The new spec; the project's own spec/ if it is not named.
    new: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Fail if the next version has to be this one or more.
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Only what programs that use the generated crate notice when they are compiled.
    #[arg(long)]
    rust: bool,
    /// List notes, such as changed docs, one by one.
    #[arg(long)]
    all: bool,
    /// A file with findings that are accepted: `[[allow]]` with `id` and `reason`.
    #[arg(long, value_name = "FILE")]
    allow: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For programs: one object.
    Json,
    /// A section of a changelog, or a comment on a change.
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    Major,
    Minor,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let old = load(&args.old)?;
    let new = match &args.new {
        Some(new) => load(new)?,
        None => Spec::load(&[], Paths::AsGiven, Depth::Errors)?,
    };
    let Some(mut report) = compare(&old, &new) else {
        return Ok(Verdict::Findings);
    };
    if let Some(path) = &args.allow {
        let text = files::read_text(path)?;
        let allowed =
            Allowed::read(&text).map_err(|reason| FileError::new("read", path, reason))?;
        report.allow(&allowed);
    }
    if args.rust {
        report = report.for_programs();
    }
    files::print(&match (args.format, args.rust) {
        (Format::Json, _) => report.json(),
        (Format::Markdown, _) => report.markdown(),
        (Format::Human, true) => report.human_rust(),
        (Format::Human, false) => report.human(args.all),
    })?;
    let limit = args.deny.map(|deny| match deny {
        Deny::Major => Bump::Major,
        Deny::Minor => Bump::Minor,
    });
    let denied = limit.is_some_and(|limit| report.bump() >= Some(limit));
    Ok(if denied {
        Verdict::Findings
    } else {
        Verdict::Success
    })
}

/// Compares two specs; one that has errors is refused, and they are printed.
pub fn compare(old: &Spec, new: &Spec) -> Option<Report> {
    for spec in [old, new] {
        if spec.has_errors() {
            spec.report();
        }
    }
    let is_right = !old.has_errors() && !new.has_errors();
    is_right.then(|| diff(side(old), side(new)))
}

fn side(spec: &Spec) -> Side<'_> {
    Side {
        api: &spec.api,
        sources: &spec.sources,
    }
}

/// A path if there is one of this name, else a git revision.
fn load(name: &str) -> Result<Spec, FileError> {
    if Path::new(name).exists() {
        return Spec::load(&[name.into()], Paths::AsGiven, Depth::Errors);
    }
    let root = git::project();
    match git::commit(&root, name) {
        Some(_) => Spec::at_revision(&root, name),
        None => Err(FileError::new(
            "read",
            Path::new(name),
            "it is no file, no folder and no git revision",
        )),
    }
}

//! `cargo xtask spec update`: takes over the facts of an upstream spec, and keeps our words.
//!
//! In: a folder of upstream `.stone` files. Out: `spec/` and all that is generated from it, and a list of what a person
//! has to look at. Everything is made in a folder of its own first; if anything fails there, nothing is written.

mod facts;
mod review;
mod upstream;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::diff::{Bump, Report, Side, diff};
use codegen::merge::{MergeError, Merged, Review, merge};

use crate::Verdict;
use crate::files::{self, FileError, Stale};
use crate::spec::{self, Depth, Paths, Spec};
use crate::{regen, release};
use upstream::Upstream;

/// Brings spec/ up to the facts of an upstream spec, keeping our descriptions and examples.
#[derive(clap::Args)]
pub struct Args {
    /// A folder of upstream .stone files.
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// The spec to bring up to date; the project's own spec/ by default.
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// The crate to generate into; the project's own generated-sdk/ by default.
    #[arg(long, value_name = "CRATE")]
    out: Option<PathBuf>,
    /// The upstream commit; asked of git in the folder if it is not given.
    #[arg(long)]
    commit: Option<String>,
    /// The day of that commit, such as 2026-08-05; asked of git in the folder if it is not given.
    #[arg(long)]
    date: Option<String>,
    /// Take the upstream descriptions and examples of what is new.
    #[arg(long)]
    with_docs: bool,
    /// Print what would come of it and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Everything that is about to be written.
struct Update {
    /// Texts by path below the folder of the spec.
    spec: BTreeMap<String, String>,
    report: Report,
    review: Vec<Review>,
    notes: Vec<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let folder = args.spec.clone().unwrap_or_else(spec::default_folder);
    let mut upstream = Upstream::read(&folder)?;
    if args.with_docs && upstream.is_in_own_words() {
        let reason = "its UPSTREAM says `descriptions = own`; leave out --with-docs";
        return Err(FileError::new(
            "take upstream descriptions into",
            &folder,
            reason,
        ));
    }
    let state = upstream::state(&args.from, args.commit.as_deref(), args.date.as_deref())?;
    upstream.record(&state);
    let Some(update) = prepare(args, &folder, &upstream)? else {
        return Ok(Verdict::Findings);
    };
    let staged = stage(&folder, &update)?;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| files::root().join("generated-sdk"));
    let Some(targets) = regen::generate(&staged, &out, args.out.is_none())? else {
        files::complain(&format!(
            "nothing was written; the files that do not generate are in {}",
            staged.display()
        ));
        return Ok(Verdict::Findings);
    };
    let spec_stale = stale(&folder, &update.spec)?;
    let changed = spec_stale.len();
    if !args.dry_run {
        write(&folder, &spec_stale, &targets)?;
    }
    files::remove_folder(&staged)?;
    let version = release::proposed(
        &release::changelog()?,
        &release::current()?,
        update.report.bump(),
    );
    files::print(&review::text(
        &update,
        changed,
        &version,
        args.dry_run,
        &state,
    ))?;
    Ok(Verdict::Success)
}

/// Makes all texts of the spec; `None` when something is wrong, which is printed.
fn prepare(args: &Args, folder: &Path, upstream: &Upstream) -> Result<Option<Update>, FileError> {
    let ours = load(folder)?;
    let theirs = load(&args.from)?;
    for spec in [&ours, &theirs] {
        if spec.has_errors() {
            spec.report();
            return Ok(None);
        }
    }
    let merged = match merge(side(&ours), side(&theirs), args.with_docs) {
        Ok(merged) => merged,
        Err(error) => {
            complain(&error);
            return Ok(None);
        }
    };
    let mut spec = merged.files.clone();
    let (after, notes) = finish(folder, &merged, upstream, &mut spec)?;
    let report = diff(side(&ours), side(&after));
    Ok(Some(Update {
        spec,
        report,
        review: merged.review,
        notes,
    }))
}

/// Adds what stands beside the `.stone` files.
fn finish(
    folder: &Path,
    merged: &Merged,
    upstream: &Upstream,
    spec: &mut BTreeMap<String, String>,
) -> Result<(Spec, Vec<String>), FileError> {
    let mut sources = stone_parser::source::SourceMap::new();
    for (path, text) in &merged.files {
        sources.add(path.clone(), text.clone());
    }
    let after = Spec::compile(sources, Vec::new(), Depth::Errors);
    let mut notes = Vec::new();
    let path = folder.join("sdk.toml");
    if path.exists() {
        let text = files::read_text(&path)?;
        let mended = facts::mend(&text, &after.api, &mut notes)
            .map_err(|reason| FileError::new("read", &path, reason))?;
        spec.insert("sdk.toml".into(), mended);
    }
    spec.insert("UPSTREAM".into(), upstream.text());
    Ok((after, notes))
}

fn load(folder: &Path) -> Result<Spec, FileError> {
    Spec::load(&[folder.to_owned()], Paths::Relative, Depth::Errors)
}

fn side(spec: &Spec) -> Side<'_> {
    Side {
        api: &spec.api,
        sources: &spec.sources,
    }
}

fn complain(error: &MergeError) {
    match error {
        MergeError::Invalid(sources, found) => {
            spec::report(sources, found);
            files::complain(
                "nothing was written: the facts of upstream and our words do not go together",
            );
        }
        MergeError::Differs(ids) => {
            for id in ids {
                files::complain(&format!("not taken over: {id}"));
            }
            files::complain("nothing was written: the merged spec is not what upstream is");
        }
    }
}

/// Writes the spec where nobody builds from it.
fn stage(folder: &Path, update: &Update) -> Result<PathBuf, FileError> {
    let staged = folder.with_file_name(".spec-update");
    files::remove_folder(&staged)?;
    let stale = stale(&staged, &update.spec)?;
    files::apply(&staged, &stale)?;
    Ok(staged)
}

/// What of the folder is to be written, and which `.stone` files are to go.
fn stale(folder: &Path, wanted: &BTreeMap<String, String>) -> Result<Vec<Stale>, FileError> {
    let mut stale = files::compare(folder, wanted, &[])?;
    if folder.is_dir() {
        for (name, path) in spec::stone_files(folder, Paths::Relative)? {
            if !wanted.contains_key(&name) {
                let old = Some(files::read_text(&path)?);
                stale.push(Stale {
                    path: name.into(),
                    old,
                    new: None,
                });
            }
        }
    }
    Ok(stale)
}

fn write(folder: &Path, spec: &[Stale], targets: &[regen::Target]) -> Result<(), FileError> {
    let mut all = Vec::new();
    for target in targets {
        all.push((&target.base, target.stale()?));
    }
    files::apply(folder, spec)?;
    for (base, stale) in all {
        files::apply(base, &stale)?;
    }
    Ok(())
}

/// The word for a bump in the summary.
fn bump(report: &Report) -> &'static str {
    report.bump().map_or("none", Bump::text)
}

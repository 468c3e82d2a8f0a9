//! `cargo xtask regen`: writes everything that follows from the spec, or says what is stale.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::Files;
use stone_parser::diagnostic::Severity;
use stone_parser::source::{FileId, SourceMap};

use crate::Verdict;
use crate::files::{self, FileError, Stale};
use crate::spec::{self, Depth, Paths, Spec};

/// Regenerates the SDK from its spec.
#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; print what is stale and fail if anything is.
    #[arg(long)]
    check: bool,
    /// The spec; the project's own spec/ by default.
    #[arg(long, value_name = "PATH")]
    spec: Option<PathBuf>,
    /// The crate to generate into; the project's own generated-sdk/ by default.
    #[arg(long, value_name = "CRATE")]
    out: Option<PathBuf>,
}

/// A folder with the files that belong there.
pub struct Target {
    /// The folder.
    pub base: PathBuf,
    wanted: BTreeMap<String, String>,
    /// Folders in which there is nothing but what is wanted.
    owned: &'static [&'static str],
}

impl Target {
    /// What is not as it should be.
    pub fn stale(&self) -> Result<Vec<Stale>, FileError> {
        files::compare(&self.base, &self.wanted, self.owned)
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let folder = args.spec.clone().unwrap_or_else(spec::default_folder);
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| files::root().join("generated-sdk"));
    let Some(targets) = generate(&folder, &out, args.out.is_none())? else {
        return Ok(Verdict::Findings);
    };
    let mut stale = Vec::new();
    for target in &targets {
        stale.push(target.stale()?);
    }
    if args.check {
        return report(&stale.concat(), args);
    }
    for (target, stale) in targets.iter().zip(&stale) {
        files::apply(&target.base, stale)?;
    }
    let files: usize = targets.iter().map(|target| target.wanted.len()).sum();
    let changed: usize = stale.iter().map(Vec::len).sum();
    let moved = moved_counts(&stale.concat());
    files::print(&format!(
        "{files} generated files, {changed} of them changed\n{moved}"
    ))?;
    Ok(Verdict::Success)
}

/// How the counts of what the compiler has to work through have moved.
fn moved_counts(stale: &[Stale]) -> String {
    let counts = stale
        .iter()
        .find(|stale| stale.old.is_some() && stale.path.ends_with("src/generated/COUNTS"));
    counts.map(Stale::unified_diff).unwrap_or_default()
}

/// Everything that follows from the spec; `None` when the spec has errors, which are printed.
pub fn generate(folder: &Path, out: &Path, own: bool) -> Result<Option<Vec<Target>>, FileError> {
    let mut spec = Spec::load(&[folder.to_owned()], Paths::AsGiven, Depth::Errors)?;
    spec.diagnostics
        .retain(|diagnostic| diagnostic.severity == Severity::Error);
    if spec.has_errors() {
        spec.report();
        return Ok(None);
    }
    let beside = Files {
        manifest: add(&mut spec.sources, &out.join("Cargo.toml"))?,
        facts: add_if_there(&mut spec.sources, &folder.join("sdk.toml"))?,
        upstream: add_if_there(&mut spec.sources, &folder.join("UPSTREAM"))?,
    };
    let generated = match codegen::generate(&spec.api, &spec.sources, beside) {
        Ok(generated) => generated,
        Err(found) => {
            spec::report(&spec.sources, &found);
            return Ok(None);
        }
    };
    let mut targets = vec![Target {
        base: out.to_owned(),
        wanted: generated.sdk,
        owned: &["src/generated"],
    }];
    if own {
        let base = files::root().join("tests");
        targets.push(Target {
            base,
            wanted: generated.harness,
            owned: &["src/generated"],
        });
    } else {
        targets.push(Target {
            base: out.to_owned(),
            wanted: runtime()?,
            owned: &["src/runtime"],
        });
    }
    Ok(Some(targets))
}

/// The hand-written runtime, which another crate gets as a copy: generated code adds methods to its clients.
fn runtime() -> Result<BTreeMap<String, String>, FileError> {
    let sdk = files::root().join("generated-sdk");
    let mut copies = BTreeMap::new();
    for path in files::list(&sdk.join("src/runtime"))? {
        let name = files::slashed(path.strip_prefix(&sdk).unwrap_or(&path));
        copies.insert(name, files::read_text(&path)?);
    }
    Ok(copies)
}

fn add(sources: &mut SourceMap, path: &Path) -> Result<FileId, FileError> {
    Ok(sources.add(files::slashed(path), files::read_text(path)?))
}

fn add_if_there(sources: &mut SourceMap, path: &Path) -> Result<Option<FileId>, FileError> {
    path.exists().then(|| add(sources, path)).transpose()
}

fn report(stale: &[Stale], args: &Args) -> Result<Verdict, FileError> {
    for change in stale {
        files::print(&format!("{}\n", change.unified_diff()))?;
    }
    if stale.is_empty() {
        files::print("all generated files are current\n")?;
        return Ok(Verdict::Success);
    }
    let option = |name: &str, value: &Option<PathBuf>| {
        value
            .as_ref()
            .map_or_else(String::new, |path| format!(" --{name} {}", path.display()))
    };
    let (spec, out) = (option("spec", &args.spec), option("out", &args.out));
    files::print(&format!(
        "{} generated files are stale; run: cargo xtask regen{spec}{out}\n",
        stale.len()
    ))?;
    Ok(Verdict::Findings)
}

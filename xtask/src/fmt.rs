//! `cargo xtask fmt`: writes spec files in canonical text, or says which are not.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use stone_parser::diagnostic::Diagnostic;
use stone_parser::source::SourceMap;

use crate::Verdict;
use crate::files::{self, FileError, Stale};
use crate::spec::{self, Paths};

/// Formats spec files; their meaning and their comments stay.
#[derive(clap::Args)]
pub struct Args {
    /// Folders or files; the project's own spec/ if none is named.
    paths: Vec<PathBuf>,
    /// Write nothing; print what would change and fail if anything would.
    #[arg(long)]
    check: bool,
}

/// What formatting comes to.
#[derive(Default)]
struct Formatted {
    sources: SourceMap,
    stale: Vec<Stale>,
    /// What is wrong with files that have no canonical text.
    errors: Vec<Diagnostic>,
    /// How many files that is.
    untouched: usize,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let formatted = format(&args.paths)?;
    if !args.check {
        files::apply(Path::new(""), &formatted.stale)?;
    }
    spec::report(&formatted.sources, &formatted.errors);
    files::print(&formatted.report(args))?;
    let is_stale = args.check && !formatted.stale.is_empty();
    let is_clean = formatted.untouched == 0 && !is_stale;
    Ok(if is_clean {
        Verdict::Success
    } else {
        Verdict::Findings
    })
}

/// Reads all files and formats them. A file that is named twice counts once.
fn format(paths: &[PathBuf]) -> Result<Formatted, FileError> {
    let own = [spec::default_folder()];
    let mut formatted = Formatted::default();
    let mut seen = HashSet::new();
    for path in if paths.is_empty() { &own } else { paths } {
        for (name, file) in spec::stone_files(path, Paths::AsGiven)? {
            if seen.insert(files::resolved(&file)?) {
                formatted.add(name, file)?;
            }
        }
    }
    Ok(formatted)
}

impl Formatted {
    fn add(&mut self, name: String, path: PathBuf) -> Result<(), FileError> {
        let (file, unreadable) = spec::add(&mut self.sources, name, &path)?;
        let old = &self.sources[file].text;
        match unreadable.map_or_else(
            || stone_parser::format(&self.sources, file),
            |d| Err(vec![d]),
        ) {
            Ok(new) if new == *old => {}
            Ok(new) => self.stale.push(Stale {
                path,
                old: Some(old.clone()),
                new: Some(new),
            }),
            Err(errors) => {
                self.errors.extend(errors);
                self.untouched += 1;
            }
        }
        Ok(())
    }

    fn report(&self, args: &Args) -> String {
        let (all, changed) = (self.sources.iter().count(), self.stale.len());
        let mut report = String::new();
        for stale in &self.stale {
            report += &match args.check {
                true => stale.unified_diff(),
                false => format!("formatted {}\n", files::slashed(&stale.path)),
            };
        }
        report += &match (args.check, changed) {
            (true, 0) if self.untouched == 0 => format!("{}: all in canonical text", count(all)),
            (true, 0) => count(all),
            (true, _) => format!(
                "{}, {changed} not in canonical text; run: cargo xtask fmt{}",
                count(all),
                paths(args)
            ),
            (false, _) => format!("{}, {changed} of them changed", count(all)),
        };
        if self.untouched > 0 {
            report += &format!("\n{} with errors left untouched", count(self.untouched));
        }
        report + "\n"
    }
}

fn count(files: usize) -> String {
    format!("{files} file{}", if files == 1 { "" } else { "s" })
}

fn paths(args: &Args) -> String {
    let paths = args.paths.iter();
    paths.map(|path| format!(" {}", path.display())).collect()
}

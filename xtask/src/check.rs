//! `cargo xtask check`: all diagnostics of a spec.

use std::path::PathBuf;

use stone_parser::diagnostic::{self, Severity};
use stone_parser::ir::Namespace;

use crate::Verdict;
use crate::files::FileError;
use crate::spec::{Paths, Spec};

/// Checks a spec and prints everything that is wrong with it.
#[derive(clap::Args)]
pub struct Args {
    /// Folders or files; the project's own spec/ if none is named.
    paths: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Let warnings fail the check, too.
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people, with excerpts, on standard error.
    Human,
    /// For programs: an array of objects on standard output.
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let style = if args.format == Format::Json {
        Paths::Relative
    } else {
        Paths::AsGiven
    };
    let spec = Spec::load(&args.paths, style)?;
    match args.format {
        Format::Json => println!("{}", diagnostic::json(&spec.sources, &spec.diagnostics)),
        Format::Human if spec.diagnostics.is_empty() => println!("{}", summary(&spec)),
        Format::Human => spec.report(),
    }
    let denied = args.deny_warnings && spec.count(Severity::Warning) > 0;
    Ok(if spec.has_errors() || denied {
        Verdict::Findings
    } else {
        Verdict::Success
    })
}

fn summary(spec: &Spec) -> String {
    let namespaces = &spec.api.namespaces;
    let count = |list: fn(&Namespace) -> usize| namespaces.iter().map(list).sum::<usize>();
    format!(
        "no mistakes in {} files: {} namespaces, {} structs, {} unions, {} routes",
        spec.sources.iter().count(),
        namespaces.len(),
        count(|namespace| namespace.structs.len()),
        count(|namespace| namespace.unions.len()),
        count(|namespace| namespace.routes.len()),
    )
}

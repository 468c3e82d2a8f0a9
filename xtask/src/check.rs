//! `cargo xtask check`: all diagnostics of a spec, warnings included, and what they mean.

use std::path::PathBuf;

use stone_parser::diagnostic::{self, Code, Severity};
use stone_parser::ir::Namespace;
use stone_parser::suggest;

use crate::Verdict;
use crate::files::{self, FileError};
use crate::spec::{Depth, Paths, Spec};

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
    /// Explain a code, such as E0312 or unknown-name, instead.
    #[arg(long, value_name = "CODE", value_parser = code, conflicts_with = "paths")]
    explain: Option<Code>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people, with excerpts, on standard error.
    Human,
    /// For programs: an array of objects on standard output.
    Json,
    /// For GitHub: workflow commands on standard output, which annotate a change.
    Github,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    if let Some(code) = args.explain {
        files::print(&format!("{}\n", explanation(code)))?;
        return Ok(Verdict::Success);
    }
    let style = match args.format {
        Format::Json => Paths::Relative,
        Format::Human | Format::Github => Paths::AsGiven,
    };
    let spec = Spec::load(&args.paths, style, Depth::Warnings)?;
    let (sources, found) = (&spec.sources, &spec.diagnostics);
    match args.format {
        Format::Json => files::print(&format!("{}\n", diagnostic::json(sources, found)))?,
        Format::Github => files::print(&diagnostic::github(sources, found))?,
        Format::Human if found.is_empty() => files::print(&format!("{}\n", summary(&spec)))?,
        Format::Human => spec.report(),
    }
    let denied = args.deny_warnings && spec.count(Severity::Warning) > 0;
    Ok(if spec.has_errors() || denied {
        Verdict::Findings
    } else {
        Verdict::Success
    })
}

/// The code that an argument names, or those that it may have been meant for.
fn code(text: &str) -> Result<Code, String> {
    Code::find(text).ok_or_else(|| {
        let numbers = Code::ALL.iter().map(|code| code.as_str());
        let names = Code::ALL.iter().map(|code| code.name());
        let near = suggest::similar(&text.to_uppercase(), numbers)
            .or_else(|| suggest::similar(&text.to_lowercase(), names));
        match near {
            Some(near) => format!("there is no such code; did you mean {near}?"),
            None => "there is no such code; codes are printed with what they are about".to_owned(),
        }
    })
}

fn explanation(code: Code) -> String {
    let severity = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (number, name) = (code.as_str(), code.name());
    let text = code.explanation().trim_end();
    format!("{number} {name} ({severity}): {}\n\n{text}", code.summary())
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

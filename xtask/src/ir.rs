//! `cargo xtask ir`: the IR as JSON, format `stone-ir/1`.

use std::path::{Path, PathBuf};

use stone_parser::ir;

use crate::Verdict;
use crate::files::{self, FileError};
use crate::spec::{Depth, Paths, Spec};

/// Prints the intermediate representation of a spec as JSON.
#[derive(clap::Args)]
pub struct Args {
    /// Folders or files; the project's own spec/ if none is named.
    paths: Vec<PathBuf>,
    /// A JSON file that names the routes and types to keep.
    #[arg(long, value_name = "FILE")]
    whitelist: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let spec = Spec::load(&args.paths, Paths::Relative, Depth::Errors)?;
    spec.report();
    if spec.has_errors() {
        return Ok(Verdict::Findings);
    }
    let mut api = spec.api;
    if let Some(path) = &args.whitelist {
        api = filtered(&api, path)?;
    }
    files::print(&ir::to_json(&api).to_string())?;
    Ok(Verdict::Success)
}

fn filtered(api: &ir::Api, path: &Path) -> Result<ir::Api, FileError> {
    let text = files::read_text(path)?;
    let list = ir::Whitelist::from_json(&text)
        .map_err(|error| FileError::new("use the whitelist", path, error))?;
    ir::whitelist(api, &list).map_err(|error| FileError::new("use the whitelist", path, error))
}

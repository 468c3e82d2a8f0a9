//! Reads a spec from disk and compiles it.
//!
//! In: PATH arguments, folders or files. Out: sources, IR and diagnostics, and diagnostics on standard error.
//! Folders are searched recursively for `.stone` files in the byte order of their relative paths; files keep the order
//! in which they were named.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use stone_parser::diagnostic::{Code, Diagnostic, Renderer, Severity};
use stone_parser::ir::Api;
use stone_parser::source::{FileId, SourceMap, Span};

use crate::files::{self, FileError};
use crate::git;

/// How the paths in diagnostics begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paths {
    /// As the user can open them from where he stands.
    AsGiven,
    /// Relative to the PATH argument, for programs.
    Relative,
}

/// What to look for in a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What is wrong.
    Errors,
    /// What could be better as well.
    Warnings,
}

/// A spec that was read and compiled.
pub struct Spec {
    /// The files.
    pub sources: SourceMap,
    /// What they mean; incomplete when there are errors.
    pub api: Api,
    /// All findings by file and position.
    pub diagnostics: Vec<Diagnostic>,
}

impl Spec {
    /// Reads and compiles; an empty list stands for the project's own `spec/`.
    pub fn load(paths: &[PathBuf], style: Paths, depth: Depth) -> Result<Self, FileError> {
        let own = [default_folder()];
        let paths = if paths.is_empty() { &own } else { paths };
        let mut sources = SourceMap::new();
        let mut unreadable = Vec::new();
        for path in paths {
            for (name, file) in stone_files(path, style)? {
                unreadable.extend(add(&mut sources, name, &file)?.1);
            }
        }
        Ok(Self::compile(sources, unreadable, depth))
    }

    /// Reads and compiles the project's `spec/` as it was at a git revision.
    pub fn at_revision(root: &Path, revision: &str) -> Result<Self, FileError> {
        let mut sources = SourceMap::new();
        let mut unreadable = Vec::new();
        for (path, bytes) in git::stone_files(root, revision, "spec")? {
            let name = format!("{revision}:{path}");
            unreadable.extend(add_bytes(&mut sources, name, bytes).1);
        }
        Ok(Self::compile(sources, unreadable, Depth::Errors))
    }

    /// Compiles files of which all could be read as text.
    pub fn compile(sources: SourceMap, unreadable: Vec<Diagnostic>, depth: Depth) -> Self {
        if !unreadable.is_empty() {
            return Self {
                sources,
                api: Api::default(),
                diagnostics: unreadable,
            };
        }
        let outcome = match depth {
            Depth::Errors => stone_parser::compile(&sources),
            Depth::Warnings => stone_parser::check(&sources),
        };
        Self {
            sources,
            api: outcome.api,
            diagnostics: outcome.diagnostics,
        }
    }

    /// The number of findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    }

    /// Whether there is no valid IR.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Prints findings for people on standard error, and how many there are.
    pub fn report(&self) {
        report(&self.sources, &self.diagnostics);
    }
}

/// Prints diagnostics for people on standard error and sums them up. There is colour on a terminal only, and none if
/// `NO_COLOR` is set.
pub fn report(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let renderer = Renderer {
        color: std::io::stderr().is_terminal() && !unwanted,
    };
    for diagnostic in diagnostics {
        files::complain(&format!("{}\n", renderer.render(sources, diagnostic)));
    }
    if let Some(first) = diagnostics.first() {
        let code = diagnostics.iter().find(|d| d.severity == Severity::Error);
        let code = code.unwrap_or(first).code.as_str();
        files::complain(&total(diagnostics));
        files::complain(&format!(
            "for more about a code: cargo xtask check --explain {code}"
        ));
    }
}

/// Such as `error: 3 errors and 1 warning in 2 files`.
fn total(diagnostics: &[Diagnostic]) -> String {
    let of = |severity| {
        diagnostics
            .iter()
            .filter(move |d| d.severity == severity)
            .count()
    };
    let files: BTreeSet<_> = diagnostics.iter().map(|d| d.primary.span.file).collect();
    let files = counted(files.len(), "file");
    match (of(Severity::Error), of(Severity::Warning)) {
        (0, warnings) => format!("warning: {} in {files}", counted(warnings, "warning")),
        (errors, 0) => format!("error: {} in {files}", counted(errors, "error")),
        (errors, warnings) => {
            let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
            format!("error: {errors} and {warnings} in {files}")
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The project's own spec, named from here if that is possible.
pub fn default_folder() -> PathBuf {
    let root = files::root();
    let here = std::env::current_dir().unwrap_or_default();
    if root == here {
        PathBuf::from("spec")
    } else {
        root.join("spec")
    }
}

/// The `.stone` files of a PATH argument with the names that diagnostics give them.
pub fn stone_files(path: &Path, style: Paths) -> Result<Vec<(String, PathBuf)>, FileError> {
    if !path.is_dir() {
        return Ok(vec![(files::slashed(path), path.to_owned())]);
    }
    let found: Vec<_> = files::list(path)?
        .into_iter()
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "stone")
        })
        .map(|file| match style {
            Paths::AsGiven => (files::slashed(&file), file),
            Paths::Relative => (
                files::slashed(file.strip_prefix(path).unwrap_or(&file)),
                file,
            ),
        })
        .collect();
    if found.is_empty() {
        return Err(FileError::new(
            "read a spec from",
            path,
            "there is no .stone file in it",
        ));
    }
    Ok(found)
}

/// Adds a file. One that is not UTF-8 text is kept up to the first bad byte, where the diagnostic points.
pub fn add(
    sources: &mut SourceMap,
    name: String,
    path: &Path,
) -> Result<(FileId, Option<Diagnostic>), FileError> {
    let bytes = files::read(path)?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(FileError::new("read", path, "it is larger than 4 GiB"));
    }
    Ok(add_bytes(sources, name, bytes))
}

fn add_bytes(
    sources: &mut SourceMap,
    name: String,
    bytes: Vec<u8>,
) -> (FileId, Option<Diagnostic>) {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return (sources.add(name, text), None),
        Err(error) => error,
    };
    let end = error.utf8_error().valid_up_to();
    let byte = error.as_bytes().get(end).copied().unwrap_or_default();
    let mut prefix = error.into_bytes();
    prefix.truncate(end);
    let id = sources.add(name, String::from_utf8(prefix).unwrap_or_default());
    let message = format!("the file is not UTF-8 text: byte 0x{byte:02x} is not valid here");
    let diagnostic = Diagnostic::error(Code::NotUtf8, Span::new(id, end, end), message);
    (id, Some(diagnostic.help("save the file as UTF-8")))
}

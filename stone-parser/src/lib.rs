//! Parser, resolver and diagnostics for Stone, Dropbox's interface definition language.
//!
//! In: the text of `.stone` files in a [`source::SourceMap`]. Out: an [`ir::Api`] and all diagnostics.
//! The stages are the modules, in this order: [`source`], `layout`, `grammar`, `parse`, [`ast`], `lower`, [`ir`], and
//! `consequences` and `lint` for the diagnostics. Beside them stands [`format`](fn@format), which goes from text to
//! canonical text, [`editor`], which answers an editor's questions from the AST, and [`fit`] for those who check values.
//! Nothing here opens a file, and nothing stops at the first mistake.

#![deny(missing_docs)]

pub mod ast;
mod consequences;
pub mod diagnostic;
pub mod editor;
pub mod fit;
mod format;
mod grammar;
pub mod ir;
mod layout;
mod lint;
mod lower;
mod parse;
pub mod source;
pub mod suggest;

pub use format::format;
pub use parse::parse;

use diagnostic::{Diagnostic, Diagnostics};
use source::SourceMap;

/// What comes of a spec.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The resolved spec; with errors, what could be understood of it.
    pub api: ir::Api,
    /// All errors and warnings, by file and position.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and resolves a spec.
pub fn compile(sources: &SourceMap) -> Outcome {
    understand(sources).1
}

/// Parses and resolves a spec as [`compile`] does, and if there are no errors, looks for what could be better.
/// Warnings that a file allows are left out.
pub fn check(sources: &SourceMap) -> Outcome {
    let (files, mut outcome) = understand(sources);
    lint::lint(&files, sources, &outcome.api, &mut outcome.diagnostics);
    outcome
}

fn understand(sources: &SourceMap) -> (Vec<ast::File>, Outcome) {
    let mut diagnostics = Diagnostics::default();
    let files = parse(sources, &mut diagnostics);
    let api = lower::lower(&files, sources, &mut diagnostics);
    let diagnostics = consequences::withhold(&files, sources, diagnostics.into_sorted());
    (files, Outcome { api, diagnostics })
}

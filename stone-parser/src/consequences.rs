//! Withholds diagnostics that only follow from others.
//!
//! In: all diagnostics of a spec. Out: those worth reading. A line that is not understood is missing from the AST, so
//! that names, fields and examples seem to be undefined. Such consequences are dropped: what is said about the meaning
//! of a declaration whose text has mistakes, and what is said elsewhere about its name.

use std::collections::HashSet;

use crate::ast::File;
use crate::diagnostic::{Code, Diagnostic, Phase};
use crate::layout::chars;
use crate::source::{SourceMap, Span};

/// Drops the consequences of lexical and syntax errors.
pub(crate) fn withhold(
    files: &[File],
    sources: &SourceMap,
    mut diagnostics: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut causes = Causes {
        sources,
        broken: HashSet::new(),
        names: HashSet::new(),
        unread: false,
    };
    for cause in diagnostics
        .iter()
        .filter(|d| d.code.phase() != Phase::Semantic)
    {
        causes.add(cause, extent(files, cause.primary.span));
    }
    if causes.unread || !causes.broken.is_empty() {
        diagnostics.retain(|d| {
            d.code.phase() != Phase::Semantic || !causes.explain(d, extent(files, d.primary.span))
        });
    }
    diagnostics
}

/// The declaration that a place is in, or after.
fn extent(files: &[File], place: Span) -> Option<Span> {
    let file = files.iter().find(|file| file.id == place.file)?;
    let after = file
        .extents
        .partition_point(|extent| extent.start <= place.start);
    file.extents.get(after.checked_sub(1)?).copied()
}

/// What may have consequences.
struct Causes<'s> {
    sources: &'s SourceMap,
    /// Declarations with mistakes in their text.
    broken: HashSet<Span>,
    /// Their names.
    names: HashSet<&'s str>,
    /// Whether the rest of a file was lost, or its namespace.
    unread: bool,
}

impl<'s> Causes<'s> {
    fn add(&mut self, cause: &Diagnostic, extent: Option<Span>) {
        self.unread |= cause.code == Code::UnclosedString;
        let Some(extent) = extent else { return };
        let text = self.sources.slice(extent);
        self.unread |= text.starts_with("namespace");
        self.broken.insert(extent);
        let header = text.lines().next().unwrap_or_default();
        let several = header.starts_with("import");
        let named = words(header)
            .skip(1)
            .filter(|word| !chars::is_reserved(word));
        self.names
            .extend(named.take(if several { usize::MAX } else { 1 }));
    }

    fn explain(&self, d: &Diagnostic, extent: Option<Span>) -> bool {
        self.unread
            || extent.is_some_and(|extent| self.broken.contains(&extent))
            || self.concern(&d.message)
            || self.concern(self.sources.slice(d.primary.span))
            || is_about_content(d.code)
                && extent.is_some_and(|extent| self.concern(self.sources.slice(extent)))
    }

    fn concern(&self, text: &str) -> bool {
        words(text).any(|word| self.names.contains(word))
    }
}

/// The identifiers in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .filter(|word| !word.is_empty())
}

/// Whether a rule looks into the types that a declaration names.
fn is_about_content(code: Code) -> bool {
    use Code::*;
    matches!(
        code,
        ExampleField
            | ExampleIncomplete
            | ExampleValue
            | UnknownExample
            | SubtypeExample
            | UnionExample
            | CircularExample
            | BadDefault
            | BadAttr
            | DocField
            | DocRoute
            | DocType
    )
}

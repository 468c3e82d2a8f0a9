//! Turns diagnostics into text for people, in the style of rustc.
//!
//! In: sources and a diagnostic. Out: several lines: what is wrong, the place with its line, carets and labels, help.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Snippet};

use super::excerpt::Excerpt;
use super::{Diagnostic, Label, Severity};
use crate::source::{FileId, SourceMap};

/// Renders diagnostics for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Renderer {
    /// Whether to use the colours of a terminal.
    pub color: bool,
}

impl Renderer {
    /// The diagnostic as text, without a line break at its end.
    pub fn render(&self, sources: &SourceMap, d: &Diagnostic) -> String {
        let level = match d.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = Group::with_title(level.clone().primary_title(&d.message).id(d.code.as_str()));
        let excerpts = excerpts(sources, d);
        let (mut report, body) = match excerpts.column_known {
            true => (Vec::new(), title),
            false => (
                vec![title.element(origin(sources, d))],
                Group::with_level(level),
            ),
        };
        let help = d.help.as_ref().map(|help| Level::HELP.message(help));
        report.push(body.elements(excerpts.snippets).elements(help));
        let renderer = match self.color {
            true => annotate_snippets::Renderer::styled(),
            false => annotate_snippets::Renderer::plain(),
        };
        renderer.render(&report)
    }
}

/// The files with places of the diagnostic, that of the primary place first.
fn files(d: &Diagnostic) -> Vec<FileId> {
    let primary = d.primary.span.file;
    let mut others: Vec<FileId> = d.secondary.iter().map(|label| label.span.file).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|file| *file != primary);
    others.insert(0, primary);
    others
}

/// Path, line and column of the primary place, for when its line is cut and the excerpt cannot tell the column.
fn origin<'a>(sources: &'a SourceMap, d: &Diagnostic) -> Origin<'a> {
    let file = &sources[d.primary.span.file];
    let at = file.position(d.primary.span.start as usize);
    Origin::path(&file.path)
        .line(at.line as usize)
        .char_column(at.column as usize)
}

/// What there is to show of the files.
struct Excerpts<'a> {
    snippets: Vec<Snippet<'a, Annotation<'a>>>,
    /// Whether the line of the primary place is whole.
    column_known: bool,
}

fn excerpts<'a>(sources: &'a SourceMap, d: &'a Diagnostic) -> Excerpts<'a> {
    let mut excerpts = Excerpts {
        snippets: Vec::new(),
        column_known: true,
    };
    for file in files(d) {
        let (snippet, cut) = snippet(sources, d, file);
        let nameless = cut && file == d.primary.span.file;
        excerpts.column_known &= !nameless;
        let path = Some(sources[file].path.as_str()).filter(|_| !nameless);
        excerpts.snippets.push(snippet.path(path));
    }
    excerpts
}

/// The lines of a file with places of the diagnostic, and whether lines are cut.
fn snippet<'a>(
    sources: &SourceMap,
    d: &'a Diagnostic,
    id: FileId,
) -> (Snippet<'a, Annotation<'a>>, bool) {
    let labels: Vec<(&Label, AnnotationKind)> =
        std::iter::once((&d.primary, AnnotationKind::Primary))
            .chain(
                d.secondary
                    .iter()
                    .map(|label| (label, AnnotationKind::Context)),
            )
            .filter(|(label, _)| label.span.file == id)
            .collect();
    let places: Vec<Range<usize>> = labels.iter().map(|(label, _)| label.span.range()).collect();
    let excerpt = Excerpt::new(&sources[id], &places);
    let annotations = labels
        .into_iter()
        .zip(excerpt.places)
        .map(|((label, kind), place)| {
            let text = Some(label.message.as_str()).filter(|text| !text.is_empty());
            kind.span(place).label(text)
        });
    let snippet = Snippet::source(excerpt.text)
        .line_start(excerpt.first_line as usize)
        .annotations(annotations);
    (snippet, excerpt.cut)
}

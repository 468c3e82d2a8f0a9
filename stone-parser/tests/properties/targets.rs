//! What must be true of every text.
//!
//! In: a spec, or the bytes of one file. Out: a verdict, or a panic that says what is not true. These are plain
//! functions, so that the driver beside this file and the fuzzer of `fuzz/` run the same ones.

use stone_parser::diagnostic::{Diagnostic, Renderer, Severity, json};
use stone_parser::ir::to_json;
use stone_parser::source::{SourceMap, Span};
use stone_parser::{Outcome, compile, format};

/// How many diagnostics are drawn; a damaged spec may have thousands, all drawn by the same code.
const DRAWN: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Valid,
    Invalid,
}

/// A spec, path and text of each file, is understood or refused: every diagnostic has its places and can be drawn.
pub fn is_judged(files: &[(String, String)]) -> Verdict {
    let sources = sources(files);
    let outcome = stone_parser::check(&sources);
    for diagnostic in &outcome.diagnostics {
        has_its_places(&sources, diagnostic);
    }
    draw(&sources, &outcome.diagnostics);
    assert!(!to_json(&outcome.api).to_string().is_empty());
    verdict(&outcome.diagnostics)
}

/// The canonical text of a spec means the same as its text.
pub fn survives_printing(files: &[(String, String)]) {
    let sources = sources(files);
    let Some(canonical) = canonical(&sources) else {
        return;
    };
    let (before, after) = (compile(&sources), compile(&canonical));
    let verdict = verdict(&before.diagnostics);
    assert_eq!(self::verdict(&after.diagnostics), verdict);
    let dump = |outcome: &Outcome| to_json(&outcome.api).to_string();
    assert!(verdict == Verdict::Invalid || dump(&before) == dump(&after));
}

fn sources(files: &[(String, String)]) -> SourceMap {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(path, text);
    }
    sources
}

fn verdict(diagnostics: &[Diagnostic]) -> Verdict {
    match diagnostics.iter().any(|d| d.severity == Severity::Error) {
        true => Verdict::Invalid,
        false => Verdict::Valid,
    }
}

/// The spec in canonical text, which stays as it is when it is formatted again; nothing where a file has syntax errors.
fn canonical(sources: &SourceMap) -> Option<SourceMap> {
    let mut canonical = SourceMap::new();
    for (id, file) in sources.iter() {
        let text = format(sources, id).ok()?;
        let id = canonical.add(&file.path, &text);
        assert_eq!(format(&canonical, id).as_ref(), Ok(&text));
    }
    Some(canonical)
}

fn has_its_places(sources: &SourceMap, diagnostic: &Diagnostic) {
    for label in [&diagnostic.primary]
        .into_iter()
        .chain(&diagnostic.secondary)
    {
        assert!(
            is_inside(sources, label.span),
            "{label:?} is outside of its file"
        );
    }
}

fn is_inside(sources: &SourceMap, span: Span) -> bool {
    let file = sources.iter().find(|(id, _)| *id == span.file);
    file.is_some_and(|(_, file)| file.text.get(span.range()).is_some())
}

fn draw(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    let drawn = &diagnostics[..diagnostics.len().min(DRAWN)];
    for diagnostic in drawn {
        assert!(!Renderer::default().render(sources, diagnostic).is_empty());
    }
    let parsed: serde_json::Value =
        serde_json::from_str(&json(sources, drawn)).expect("diagnostics are JSON");
    assert_eq!(parsed.as_array().map(Vec::len), Some(drawn.len()));
}

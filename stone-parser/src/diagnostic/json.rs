//! Turns diagnostics into JSON, for editors and scripts.
//!
//! In: sources and diagnostics. Out: one array with an object for each diagnostic. Lines and columns count from 1,
//! columns in characters; the end is the position after the last character.

use indexmap::IndexMap;
use num_bigint::BigInt;

use super::{Diagnostic, Severity};
use crate::ir::Json;
use crate::source::SourceMap;

/// All diagnostics as one array of `{severity, code, path, line, column, end_line, end_column, message, help}`.
pub fn json(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let objects = diagnostics
        .iter()
        .map(|diagnostic| object(sources, diagnostic));
    Json::Array(objects.collect()).to_string()
}

fn object(sources: &SourceMap, diagnostic: &Diagnostic) -> Json {
    let span = diagnostic.primary.span;
    let file = &sources[span.file];
    let (start, end) = (
        file.position(span.start as usize),
        file.position(span.end as usize),
    );
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let fields = [
        ("severity", text(severity)),
        ("code", text(diagnostic.code.as_str())),
        ("path", text(&file.path)),
        ("line", number(start.line)),
        ("column", number(start.column)),
        ("end_line", number(end.line)),
        ("end_column", number(end.column)),
        ("message", text(&diagnostic.message)),
        ("help", diagnostic.help.as_deref().map_or(Json::Null, text)),
    ];
    Json::Object(IndexMap::from_iter(
        fields.map(|(key, value)| (key.to_owned(), value)),
    ))
}

fn text(text: &str) -> Json {
    Json::String(text.to_owned())
}

fn number(number: u32) -> Json {
    Json::Int(BigInt::from(number))
}

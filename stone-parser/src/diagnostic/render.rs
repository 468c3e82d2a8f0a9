//! Turns diagnostics into text.

use super::Diagnostic;
use crate::source::SourceMap;

/// Renders for people.
#[derive(Debug, Clone, Copy, Default)]
pub struct Renderer {
    /// Whether to colour.
    pub color: bool,
}

impl Renderer {
    /// Renders a diagnostic.
    pub fn render(&self, sources: &SourceMap, d: &Diagnostic) -> String {
        let at = sources[d.primary.span.file].position(d.primary.span.start as usize);
        format!(
            "{}:{}:{}: {} {}",
            sources[d.primary.span.file].path,
            at.line,
            at.column,
            d.code.as_str(),
            d.message
        )
    }
}

/// All as JSON.
pub fn json(_sources: &SourceMap, _diagnostics: &[Diagnostic]) -> String {
    String::new()
}

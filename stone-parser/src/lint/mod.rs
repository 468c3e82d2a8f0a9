//! Warnings that help the author of a spec.
//!
//! In: the AST and the IR of a spec. Out: what could be better, less what the files allow. They are looked for only in
//! specs without errors: a declaration that is not understood makes others seem to be unused.

mod allow;
mod docs;
mod imports;
mod patterns;
mod routes;
mod unused;
mod walk;

use crate::ast::File;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::ir::Api;
use crate::source::SourceMap;

/// Adds warnings to the findings so far and drops those that are allowed.
pub(crate) fn lint(
    files: &[File],
    sources: &SourceMap,
    api: &Api,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut found = Diagnostics::from(std::mem::take(diagnostics));
    let allowed = allow::read(sources, &mut found);
    if !found.has_errors() {
        imports::lint(files, &mut found);
        unused::lint(api, &mut found);
        routes::lint(api, &mut found);
        patterns::lint(api, &mut found);
        docs::lint(files, sources, api, &mut found);
    }
    *diagnostics = found.into_sorted();
    diagnostics.retain(|d| {
        d.severity == Severity::Error || !allowed.contains(&(d.primary.span.file, d.code))
    });
}

//! Emits Rust from the IR.
//!
//! In: an [`Api`], the text of `sdk.toml` and of the SDK's `Cargo.toml`. Out: a map path → text of the generated files.
//! Nothing here reads a clock, the environment or the disk.

#![deny(missing_docs)]

mod facts;
mod rust;

use std::collections::BTreeMap;

use stone_parser::diagnostic::{Code, Diagnostic, Diagnostics};
use stone_parser::ir::Api;
use stone_parser::source::{FileId, SourceMap, Span};

/// The files beside the spec, by their place in the same source map.
#[derive(Debug, Clone, Copy)]
pub struct Files {
    /// `Cargo.toml` of the SDK, in which the features are rewritten.
    pub manifest: FileId,
    /// `sdk.toml`, if there is one.
    pub facts: Option<FileId>,
    /// `UPSTREAM`, which says what the spec describes, if there is one.
    pub upstream: Option<FileId>,
}

/// Generates the SDK of a spec that has no errors. Paths of the result are relative to the crate.
pub fn sdk(api: &Api, sources: &SourceMap, files: Files) -> Result<BTreeMap<String, String>, Vec<Diagnostic>> {
    let mut found = Diagnostics::default();
    let facts = match files.facts {
        Some(id) => facts::Facts::read(id, &sources[id].text, api, &mut found),
        None => facts::Facts::default(),
    };
    let cx = rust::Context::new(api, &facts, &mut found);
    let mut generated = rust::generate(&cx, &mut found);
    let upstream = files.upstream.map(|id| sources[id].text.as_str());
    generated.insert("src/generated/MANIFEST".into(), rust::manifest(api, sources, upstream));
    match rust::features(&cx, &sources[files.manifest].text) {
        Some(text) => drop(generated.insert("Cargo.toml".into(), text)),
        None => found.push(no_markers(files.manifest)),
    }
    if found.has_errors() { Err(found.into_sorted()) } else { Ok(generated) }
}

fn no_markers(manifest: FileId) -> Diagnostic {
    let message = "there is no place for the features of namespaces";
    let help = "put the lines `# <generated features>` and `# </generated features>` below `[features]`";
    Diagnostic::error(Code::Markers, Span::new(manifest, 0, 0), message).help(help)
}

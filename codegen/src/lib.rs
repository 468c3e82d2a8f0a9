//! Emits Rust from the IR.
//!
//! In: an [`Api`], the text of `sdk.toml` and of the SDK's `Cargo.toml`. Out: a map path → text of the generated files.
//! Nothing here reads a clock, the environment or the disk.

#![deny(missing_docs)]

pub mod diff;
mod facts;
pub mod merge;
mod rust;

use std::collections::BTreeMap;

use stone_parser::diagnostic::{Code, Diagnostic, Diagnostics};
use stone_parser::ir::{Api, Type};
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

/// Everything that follows from a spec, as texts by path.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Paths relative to the crate of the SDK.
    pub sdk: BTreeMap<String, String>,
    /// Tables of all types and calls; paths relative to the crate of the tests.
    pub harness: BTreeMap<String, String>,
}

/// Generates what follows from a spec that has no errors.
pub fn generate(
    api: &Api,
    sources: &SourceMap,
    files: Files,
) -> Result<Generated, Vec<Diagnostic>> {
    let mut found = Diagnostics::default();
    let facts = match files.facts {
        Some(id) => facts::Facts::read(id, &sources[id].text, api, &mut found),
        None => facts::Facts::default(),
    };
    let cx = rust::Context::new(api, &facts, &mut found);
    let mut sdk = rust::generate(&cx, &mut found);
    sdk.insert("src/generated/COUNTS".into(), rust::counts(&sdk));
    let upstream = files.upstream.map(|id| sources[id].text.as_str());
    sdk.insert(
        "src/generated/MANIFEST".into(),
        rust::manifest(api, sources, upstream),
    );
    match rust::features(&cx, &sources[files.manifest].text) {
        Some(text) => drop(sdk.insert("Cargo.toml".into(), text)),
        None => found.push(no_markers(files.manifest)),
    }
    if found.has_errors() {
        Err(found.into_sorted())
    } else {
        Ok(Generated {
            sdk,
            harness: rust::harness(&cx),
        })
    }
}

/// Whether the struct of a type has the hash of the content that travels with it.
pub fn has_content_hash(api: &Api, ty: &Type) -> bool {
    facts::content_hash(api, ty).is_some()
}

fn no_markers(manifest: FileId) -> Diagnostic {
    let message = "there is no place for the features of namespaces";
    let help =
        "put the lines `# <generated features>` and `# </generated features>` below `[features]`";
    Diagnostic::error(Code::Markers, Span::new(manifest, 0, 0), message).help(help)
}

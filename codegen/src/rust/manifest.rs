//! What was generated from what.
//!
//! In: the spec's texts and IR. Out: the text of `src/generated/MANIFEST`.

use sha2::{Digest, Sha256};
use stone_parser::ir::{Api, Namespace};
use stone_parser::source::SourceMap;

/// The manifest. The hash is over names and texts of the spec's files, wherever they lie.
pub fn manifest(api: &Api, sources: &SourceMap, upstream: Option<&str>) -> String {
    let mut lines: Vec<String> = upstream.map(identity).unwrap_or_default();
    lines.push(format!("sha256 = {}", hash(sources)));
    let count = |of: fn(&Namespace) -> usize| api.namespaces.iter().map(of).sum::<usize>();
    lines.extend([
        format!("namespaces = {}", api.namespaces.len()),
        format!("structs = {}", count(|namespace| namespace.structs.len())),
        format!("unions = {}", count(|namespace| namespace.unions.len())),
        format!("aliases = {}", count(|namespace| namespace.aliases.len())),
        format!("routes = {}", count(|namespace| namespace.routes.len())),
    ]);
    lines.join("\n") + "\n"
}

/// The `key = value` lines that say which state of which API the spec describes.
fn identity(upstream: &str) -> Vec<String> {
    let is_fact = |line: &&str| !line.is_empty() && !line.starts_with('#');
    upstream
        .lines()
        .map(str::trim)
        .filter(is_fact)
        .map(str::to_owned)
        .collect()
}

fn hash(sources: &SourceMap) -> String {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let mut files: Vec<_> = sources
        .iter()
        .filter(|(_, file)| file.path.ends_with(".stone"))
        .map(|(_, file)| (name(&file.path), &file.text))
        .collect();
    files.sort();
    let mut hasher = Sha256::new();
    for (name, text) in files {
        hasher.update(format!("{name}\0{}\0", text.len()));
        hasher.update(text);
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

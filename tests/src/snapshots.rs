//! Where specs lie: the project's own, and snapshots of the upstream one that some developers have beside the project.

use std::fs;
use std::path::{Path, PathBuf};

use stone_parser::source::SourceMap;

/// The project's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The snapshots of the upstream spec, sorted; `None`, with a word on standard error, when they are not there.
pub fn upstream() -> Option<Vec<PathBuf>> {
    let folder = root().join("../shared/upstream");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: no snapshots of the upstream spec beside the project");
        return None;
    };
    let mut found: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    Some(found)
}

/// The `.stone` files of a folder, sorted by name.
pub fn sources(folder: &Path) -> SourceMap {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "stone")
    });
    paths.sort();
    let mut sources = SourceMap::new();
    for path in paths {
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        sources.add(path.file_name().unwrap_or_default().to_string_lossy(), text);
    }
    sources
}

//! Cases: a directory each, with `.stone` files, `case.json` and `expected.json`.

// Each test takes what it needs of this module.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use serde_json::Value;
use stone_parser::source::SourceMap;

/// The directories of a group, sorted by name.
pub fn cases(group: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/cases")
        .join(group);
    let mut cases: Vec<_> = entries(&root)
        .into_iter()
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(!cases.is_empty(), "no cases in {}", root.display());
    cases
}

/// The name of a case.
pub fn name(case: &Path) -> String {
    case.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The `.stone` files of a case, in byte order of their paths.
pub fn sources(case: &Path) -> SourceMap {
    let mut sources = SourceMap::new();
    for file in stone_files(case) {
        sources.add(name(&file), read(&file));
    }
    sources
}

/// The `.stone` files in a folder, in byte order of their paths.
pub fn stone_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = entries(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "stone"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no files in {}", folder.display());
    files
}

/// A JSON file of a case.
pub fn json(case: &Path, file: &str) -> Value {
    serde_json::from_str(&read(&case.join(file))).expect("fixtures are JSON")
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("a readable entry").path())
        .collect()
}

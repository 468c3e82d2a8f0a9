//! Diagnostics as people see them: for each `rendered/NAME.stone`, and each folder `rendered/NAME` of such files, all of
//! them are in `NAME.txt`.
//!
//! With `UPDATE_EXPECTED=1` in the environment the text files are written instead of compared.

use std::path::{Path, PathBuf};

use stone_parser::compile;
use stone_parser::diagnostic::Renderer;
use stone_parser::source::SourceMap;

#[test]
fn diagnostics_read_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let found = rendered(&case);
        let expected = case.with_extension("txt");
        if update {
            std::fs::write(&expected, &found).expect("the folder is writable");
        } else if std::fs::read_to_string(&expected).ok().as_ref() != Some(&found) {
            wrong.push(format!("{}:\n{found}", expected.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rendered");
    let entries = std::fs::read_dir(folder).expect("the folder of cases");
    let mut cases: Vec<_> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| is_stone(path) || !stone_files(path).is_empty())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn is_stone(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension == "stone")
}

/// The files of a case that is a folder, sorted by name; none if it is a file.
fn stone_files(case: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(case).into_iter().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| is_stone(path))
        .collect();
    files.sort();
    files
}

fn rendered(case: &Path) -> String {
    let files = match is_stone(case) {
        true => vec![case.to_owned()],
        false => stone_files(case),
    };
    let mut sources = SourceMap::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        sources.add(
            name,
            std::fs::read_to_string(&file).expect("cases are text"),
        );
    }
    let renderer = Renderer::default();
    let diagnostics = compile(&sources).diagnostics;
    diagnostics
        .iter()
        .map(|d| renderer.render(&sources, d) + "\n\n")
        .collect()
}

//! Fixtures of the emitter: each folder of `tests/fixtures/emit` holds a small spec for one rule, perhaps with an
//! `sdk.toml`, and in `expected` what is generated from it, or the diagnostics that refuse it.
//!
//! `UPDATE_EXPECT=1 cargo test -p codegen` rewrites what is expected.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::Files;
use stone_parser::diagnostic::{Diagnostic, Renderer};
use stone_parser::source::SourceMap;

const MANIFEST: &str = "[features]\n# <generated features>\n# </generated features>\n";

#[test]
fn fixtures_give_what_is_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let cases = folders(&root());
    assert!(cases.len() >= 16, "only {} fixtures are left", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let folder = case.join("expected");
        let (actual, expected) = (generate(&case), read(&folder));
        if update {
            write(&folder, &actual);
        } else {
            wrong.extend(differences(&case, &actual, &expected));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nif this is meant: UPDATE_EXPECT=1 cargo test -p codegen",
        wrong.join("\n")
    );
}

#[test]
fn generating_twice_gives_the_same_text() {
    for case in folders(&root()) {
        assert_eq!(generate(&case), generate(&case), "{}", case.display());
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/emit")
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn generate(case: &Path) -> BTreeMap<String, String> {
    let mut sources = SourceMap::new();
    for (name, text) in read(case) {
        if name.ends_with(".stone") && !name.contains('/') {
            sources.add(name, text);
        }
    }
    let outcome = stone_parser::compile(&sources);
    let problems = render(&sources, &outcome.diagnostics);
    assert!(
        problems.is_empty(),
        "{} is no valid spec:\n{problems}",
        case.display()
    );
    let facts = fs::read_to_string(case.join("sdk.toml")).ok();
    let files = Files {
        manifest: sources.add("Cargo.toml", MANIFEST),
        facts: facts.map(|text| sources.add("sdk.toml", text)),
        upstream: None,
    };
    match codegen::generate(&outcome.api, &sources, files) {
        Ok(generated) => generated.sdk,
        Err(found) => BTreeMap::from([("diagnostics.txt".into(), render(&sources, &found))]),
    }
}

fn render(sources: &SourceMap, found: &[Diagnostic]) -> String {
    let renderer = Renderer { color: false };
    found
        .iter()
        .map(|diagnostic| renderer.render(sources, diagnostic) + "\n\n")
        .collect()
}

/// The files below a folder by path, none if it is not there.
fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(at) = pending.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
                continue;
            }
            let parts = path
                .strip_prefix(folder)
                .unwrap()
                .iter()
                .map(|part| part.to_string_lossy());
            files.insert(
                parts.collect::<Vec<_>>().join("/"),
                fs::read_to_string(&path).unwrap(),
            );
        }
    }
    files
}

fn write(folder: &Path, files: &BTreeMap<String, String>) {
    let _ = fs::remove_dir_all(folder);
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn differences(
    case: &Path,
    actual: &BTreeMap<String, String>,
    expected: &BTreeMap<String, String>,
) -> Vec<String> {
    let names: std::collections::BTreeSet<_> = actual.keys().chain(expected.keys()).collect();
    let case = case.file_name().unwrap().to_string_lossy();
    let mut differences = Vec::new();
    for name in names {
        match (actual.get(name), expected.get(name)) {
            (Some(actual), Some(expected)) if actual == expected => {}
            (Some(actual), Some(expected)) => {
                let line = actual
                    .lines()
                    .zip(expected.lines())
                    .take_while(|(a, b)| a == b)
                    .count();
                let of = |text: &str| text.lines().nth(line).unwrap_or("the end").to_owned();
                let (got, wanted) = (of(actual), of(expected));
                differences.push(format!(
                    "{case}/{name}:{}: `{got}` instead of `{wanted}`",
                    line + 1
                ));
            }
            (Some(_), None) => differences.push(format!("{case}/{name} is not expected")),
            (None, _) => differences.push(format!("{case}/{name} is missing")),
        }
    }
    differences
}

//! What `codegen::diff` says of programs is true.
//!
//! Fixtures with a `program.rs` are generated from both of their specs. The program, which is written for the old one,
//! compiles with it; with the new one it compiles unless the verdict is a major version. All of it is one package that
//! cargo checks, with the runtime as it is; programs that fail are taken out until the rest compiles, as mistakes in
//! names hide those in types.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::Files;
use codegen::diff::{Bump, Side, diff};
use stone_parser::Outcome;
use stone_parser::source::SourceMap;

const MANIFEST: &str = "[features]\n# <generated features>\n# </generated features>\n";

struct Case {
    name: String,
    program: String,
    is_major: bool,
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn read(folder: &Path) -> (SourceMap, Outcome) {
    let mut sources = SourceMap::new();
    for path in list(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        sources.add(name, fs::read_to_string(&path).unwrap());
    }
    let outcome = stone_parser::compile(&sources);
    (sources, outcome)
}

/// Writes what is generated from one side and gives back its modules.
fn generate(folder: &Path, mut sources: SourceMap, outcome: &Outcome) -> Vec<(String, PathBuf)> {
    let manifest = sources.add("Cargo.toml", MANIFEST);
    let files = Files {
        manifest,
        facts: None,
        upstream: None,
    };
    let generated = codegen::generate(&outcome.api, &sources, files)
        .unwrap_or_else(|found| panic!("{}: {found:#?}", folder.display()));
    let mut modules = Vec::new();
    for (path, text) in &generated.sdk {
        let Some(rest) = path
            .strip_prefix("src/generated/")
            .filter(|rest| rest.contains('/'))
        else {
            continue;
        };
        write(&folder.join(rest), text);
        if let Some(module) = rest.strip_suffix("/mod.rs") {
            modules.push((module.to_owned(), folder.join(rest)));
        }
    }
    modules
}

/// Writes if that changes anything, so that cargo need not look again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The dependencies that the runtime cannot do without, from the manifests of the project.
fn manifest() -> String {
    let parse = |path: &str| -> toml::Table {
        fs::read_to_string(project().join(path))
            .unwrap()
            .parse()
            .unwrap()
    };
    let (root, sdk) = (parse("Cargo.toml"), parse("generated-sdk/Cargo.toml"));
    let versions = root["workspace"]["dependencies"].as_table().unwrap();
    let needed = sdk["dependencies"]
        .as_table()
        .unwrap()
        .iter()
        .filter(|(_, it)| it.get("optional").is_none());
    let dependencies: toml::Table = needed
        .map(|(name, _)| (name.clone(), versions[name].clone()))
        .collect();
    let mut manifest: toml::Table =
        "[package]\nname = \"truth\"\nedition = \"2024\"\n[workspace]\n\
        [features]\ndefault = [\"api\", \"more\"]\napi = []\nmore = []\n"
            .parse()
            .unwrap();
    manifest.insert("dependencies".into(), dependencies.into());
    toml::to_string(&manifest).unwrap()
}

/// The root of the package.
fn root(package: &Path, modules: &BTreeMap<String, Vec<(String, PathBuf)>>) -> String {
    let runtime = project().join("generated-sdk/src/runtime/mod.rs");
    let mut text = String::from("#![allow(warnings)]\n");
    text += &format!("#[path = {runtime:?}]\nmod runtime;\n");
    for (side, modules) in modules {
        text += &format!("mod {side} {{\n");
        for (name, path) in modules {
            text += &format!("    #[path = {path:?}]\n    pub mod {name};\n");
        }
        let program = package.join("src").join(format!("{side}.rs"));
        text += &format!("    #[path = {program:?}]\n    pub mod program;\n}}\n");
    }
    text
}

/// The files with errors, each with the first one.
fn errors(package: &Path) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--message-format=json"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let mut errors = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let message = &message["message"];
        let spans = message["spans"].as_array().into_iter().flatten();
        let primary = spans.filter(|span| span["is_primary"] == true);
        for span in primary.filter(|_| message["level"] == "error") {
            let file = Path::new(span["file_name"].as_str().unwrap());
            let file = file.file_name().unwrap().to_string_lossy().into_owned();
            let text = message["rendered"].as_str().unwrap_or_default().to_owned();
            errors.entry(file).or_insert(text);
        }
    }
    assert!(
        output.status.success() || !errors.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    errors
}

#[test]
fn programs_break_where_the_verdict_says_so() {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("truth");
    let mut cases = Vec::new();
    let mut modules = BTreeMap::new();
    for folder in list(&project().join("codegen/tests/diff")) {
        let Ok(program) = fs::read_to_string(folder.join("program.rs")) else {
            continue;
        };
        let name = folder
            .file_name()
            .unwrap()
            .to_string_lossy()
            .replace(['.', '-'], "_");
        let (old, new) = (read(&folder.join("old")), read(&folder.join("new")));
        let report = diff(
            Side {
                api: &old.1.api,
                sources: &old.0,
            },
            Side {
                api: &new.1.api,
                sources: &new.0,
            },
        );
        let is_major = report.bump() == Some(Bump::Major);
        for (side, (sources, outcome)) in [("old", old), ("new", new)] {
            let at = package.join("generated").join(format!("{name}_{side}"));
            modules.insert(format!("c{name}_{side}"), generate(&at, sources, &outcome));
        }
        cases.push(Case {
            name,
            program,
            is_major,
        });
    }
    assert!(cases.len() >= 80, "only {} programs are left", cases.len());
    write(&package.join("Cargo.toml"), &manifest());
    write(
        &package.join("Cargo.lock"),
        &fs::read_to_string(project().join("Cargo.lock")).unwrap(),
    );
    write(&package.join("src/lib.rs"), &root(&package, &modules));
    let mut failed = BTreeSet::new();
    loop {
        for case in &cases {
            for side in ["old", "new"] {
                let file = format!("c{}_{side}.rs", case.name);
                let text = match failed.contains(&file) {
                    true => String::new(),
                    false => format!("use super::api::*;\n\n{}", case.program),
                };
                write(&package.join("src").join(&file), &text);
            }
        }
        let errors = errors(&package);
        if errors.is_empty() {
            break;
        }
        for (file, text) in errors {
            assert!(
                failed.insert(file.clone()) && file.starts_with('c'),
                "{file}: {text}"
            );
            let is_expected = cases
                .iter()
                .any(|case| case.is_major && file == format!("c{}_new.rs", case.name));
            assert!(is_expected, "{file}: {text}");
        }
    }
    let wrong: Vec<_> = cases
        .iter()
        .filter(|case| case.is_major && !failed.contains(&format!("c{}_new.rs", case.name)))
        .map(|case| &case.name)
        .collect();
    assert!(
        wrong.is_empty(),
        "these compile, though the verdict is major: {wrong:?}"
    );
}

//! The explanations of codes: each has examples, and they show what they say they do.
//!
//! `rendered/codes/CODE.txt` is what a user sees of the wrong example. With `UPDATE_EXPECTED=1` in the environment it is
//! written instead of compared. What the emitter reports is tested in `codegen/tests/explanations.rs`.

#[path = "common/explained.rs"]
mod explained;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use explained::{Example, SHOWN_ELSEWHERE, examples};
use stone_parser::check;
use stone_parser::diagnostic::{Code, Diagnostic, Phase, Renderer, Severity};
use stone_parser::source::SourceMap;

/// Codes that this crate reports.
fn own_codes() -> impl Iterator<Item = Code> {
    let reported = |code: &Code| !code.as_str().starts_with("E08");
    Code::ALL.iter().copied().filter(reported)
}

fn sources(example: &Example) -> SourceMap {
    let mut sources = SourceMap::new();
    for (name, text) in example {
        sources.add(name, text.as_str());
    }
    sources
}

#[test]
fn wrong_examples_have_the_mistake_and_no_other() {
    let mut differing = Vec::new();
    for code in own_codes().filter(|code| !SHOWN_ELSEWHERE.contains(code)) {
        let wrong = examples(code, "stone,wrong");
        assert!(!wrong.is_empty(), "{} has no wrong example", code.as_str());
        for example in wrong {
            let found = check(&sources(&example)).diagnostics;
            // Examples of errors are kept short, at the price of warnings.
            let found = found.iter().filter(|d| {
                d.severity == Severity::Error
                    || code.phase() == Phase::Lint
                    || d.code.phase() != Phase::Lint
            });
            let codes: BTreeSet<_> = found.map(|d| d.code.as_str()).collect();
            if codes != BTreeSet::from([code.as_str()]) {
                differing.push(format!("{}: {codes:?} in {example:?}", code.as_str()));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn right_examples_are_right() {
    let mut differing = Vec::new();
    for code in own_codes().filter(|code| !SHOWN_ELSEWHERE.contains(code)) {
        let right = examples(code, "stone");
        assert!(!right.is_empty(), "{} has no right example", code.as_str());
        for example in right {
            let found = check(&sources(&example)).diagnostics;
            let wrong: Vec<_> = found
                .iter()
                .filter(|d| d.severity == Severity::Error || d.code == code)
                .collect();
            differing.extend(wrong.iter().map(|d| {
                let text = Renderer::default().render(&sources(&example), d);
                format!("{}:\n{text}", code.as_str())
            }));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn wrong_examples_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rendered/codes");
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut differing = Vec::new();
    for code in own_codes().filter(|code| !SHOWN_ELSEWHERE.contains(code)) {
        let found = rendered(code);
        let expected = folder.join(code.as_str()).with_extension("txt");
        if update {
            std::fs::write(&expected, &found).expect("the folder is writable");
        } else if std::fs::read_to_string(&expected).ok().as_ref() != Some(&found) {
            differing.push(format!("{}:\n{found}", expected.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn rendered(code: Code) -> String {
    let mut text = String::new();
    for example in examples(code, "stone,wrong") {
        let sources = sources(&example);
        let own = |d: &&Diagnostic| d.code == code;
        for d in check(&sources).diagnostics.iter().filter(own) {
            let _ = writeln!(text, "{}\n", Renderer::default().render(&sources, d));
        }
    }
    text
}

#[test]
fn codes_and_names_are_apart_and_tell_the_severity() {
    let mut seen = BTreeSet::new();
    for code in Code::ALL {
        let letter = match code.severity() {
            Severity::Error => 'E',
            Severity::Warning => 'W',
        };
        assert!(code.as_str().starts_with(letter), "{}", code.as_str());
        assert!(seen.insert(&code.as_str()[1..]), "{}", code.as_str());
        assert!(seen.insert(code.name()), "{}", code.name());
        assert_eq!(Code::find(&code.name().to_uppercase()), Some(*code));
        assert_eq!(Code::find(&code.as_str().to_lowercase()), Some(*code));
    }
    assert_eq!(Code::find("E0000"), None);
}

#[test]
fn every_code_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources: Vec<String> = ["stone-parser/src", "codegen/src", "xtask/src"]
        .iter()
        .flat_map(|folder| rust_files(&root.join(folder)))
        .filter(|path| !path.ends_with("diagnostic/codes.rs") && !path.ends_with("consequences.rs"))
        .map(|path| std::fs::read_to_string(path).expect("sources are text"))
        .collect();
    for code in Code::ALL {
        let name = format!("Code::{code:?}");
        let is_used = |text: &String| {
            let mut places = text.match_indices(&name);
            places.any(|(at, _)| {
                !text[at + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        };
        assert!(sources.iter().any(is_used), "{name} is never reported");
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of sources");
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

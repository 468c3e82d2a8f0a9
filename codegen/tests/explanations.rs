//! The explanations of what the emitter reports: their examples show what they say they do.
//!
//! `rendered/CODE.txt` is what a user sees of the wrong example. With `UPDATE_EXPECT=1` in the environment it is written
//! instead of compared.

#[path = "../../stone-parser/tests/common/explained.rs"]
mod explained;

use std::path::Path;

use codegen::Files;
use explained::{Example, SHOWN_ELSEWHERE, examples};
use stone_parser::diagnostic::{Code, Diagnostic, Renderer, Severity};
use stone_parser::source::{FileId, SourceMap};

const MANIFEST: &str = "[features]\n# <generated features>\n# </generated features>\n";

fn own_codes() -> impl Iterator<Item = Code> {
    let reported = |code: &Code| code.as_str().starts_with("E08");
    let codes = Code::ALL.iter().copied().filter(reported);
    codes.filter(|code| !SHOWN_ELSEWHERE.contains(code))
}

/// All that is reported about an example, which may bring an `sdk.toml` and a `Cargo.toml`.
fn findings(example: &Example) -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let text = |name: &str| {
        example
            .iter()
            .find(|(file, _)| file == name)
            .map(|(_, text)| text.as_str())
    };
    for (name, text) in example.iter().filter(|(name, _)| name.ends_with(".stone")) {
        sources.add(name, text.as_str());
    }
    let outcome = stone_parser::compile(&sources);
    let mut found = outcome.diagnostics;
    if found.iter().all(|d| d.severity == Severity::Warning) {
        let files = Files {
            manifest: sources.add("Cargo.toml", text("Cargo.toml").unwrap_or(MANIFEST)),
            facts: text("sdk.toml").map(|text| -> FileId { sources.add("sdk.toml", text) }),
            upstream: None,
        };
        found.extend(
            codegen::generate(&outcome.api, &sources, files)
                .err()
                .unwrap_or_default(),
        );
    }
    (sources, found)
}

#[test]
fn wrong_examples_have_the_mistake_and_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rendered");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for code in own_codes() {
        let wrong = examples(code, "stone,wrong");
        assert!(!wrong.is_empty(), "{} has no wrong example", code.as_str());
        let mut text = String::new();
        for example in &wrong {
            let (sources, found) = findings(example);
            assert!(
                found.iter().any(|d| d.code == code),
                "{}: {found:#?}",
                code.as_str()
            );
            for d in found {
                assert_eq!(d.code, code, "{}", d.message);
                text += &(Renderer::default().render(&sources, &d) + "\n\n");
            }
        }
        let expected = folder.join(code.as_str()).with_extension("txt");
        if update {
            std::fs::write(&expected, &text).expect("the folder is writable");
        }
        assert_eq!(std::fs::read_to_string(&expected).unwrap_or_default(), text);
    }
}

#[test]
fn right_examples_are_right() {
    for code in own_codes() {
        let right = examples(code, "stone");
        assert!(!right.is_empty(), "{} has no right example", code.as_str());
        for example in &right {
            let (_, found) = findings(example);
            assert_eq!(found, [], "{}", code.as_str());
        }
    }
}

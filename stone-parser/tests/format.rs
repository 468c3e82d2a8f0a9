//! Canonical text: `format/NAME.stone` becomes `format/NAME.expected`; and whatever the input, the text means the same,
//! holds the same comments and is canonical itself.
//!
//! With `UPDATE_EXPECTED=1` in the environment the expected files are written instead of compared.

mod common;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use stone_parser::diagnostic::{Diagnostic, Phase};
use stone_parser::source::{FileId, SourceMap};
use stone_parser::{compile, format, ir};

#[test]
fn texts_become_canonical_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for case in common::stone_files(&folder()) {
        let sources = text(common::read(&case));
        let found = formatted(&sources);
        let expected = case.with_extension("expected");
        if update {
            std::fs::write(&expected, &found).expect("the folder is writable");
        } else if std::fs::read_to_string(&expected).ok().as_ref() != Some(&found) {
            wrong.push(format!("{}:\n{found}", expected.display()));
        }
        assert_faithful(&common::name(&case), &sources);
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_case_without_syntax_errors_keeps_its_meaning() {
    let mut count = 0;
    for case in ["valid", "quirks", "invalid"]
        .iter()
        .flat_map(|group| common::cases(group))
    {
        let sources = common::sources(&case);
        if compile(&sources).diagnostics.iter().all(is_about_meaning) {
            assert_faithful(&common::name(&case), &sources);
            count += 1;
        }
    }
    assert!(count > 200, "only {count} cases were formatted");
}

#[test]
fn the_spec_keeps_its_meaning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    assert_faithful("spec", &common::sources(&root.join("spec")));
}

/// Snapshots of the published spec lie beside the project where it is developed, and nowhere else.
#[test]
fn published_specs_keep_their_meaning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/upstream");
    let Ok(snapshots) = std::fs::read_dir(&root) else {
        println!("skipped: there are no snapshots in {}", root.display());
        return;
    };
    for snapshot in snapshots.map(|entry| entry.expect("a readable entry").path()) {
        if snapshot.is_dir() {
            assert_faithful(&common::name(&snapshot), &common::sources(&snapshot));
        }
    }
}

#[test]
fn syntax_errors_are_returned() {
    let sources = text("namespace a\n\nstruct S\n  f String\n    g (\n");
    let errors = format(&sources, FileId(0)).expect_err("the text has mistakes");
    assert_eq!(errors, compile(&sources).diagnostics);
    assert_eq!(errors.len(), 2);
}

#[test]
fn long_texts_take_linear_time() {
    let many = |piece: &str| piece.repeat(30_000);
    for word in ["word ", "w", "- ", "\\n ", "a\n    ", ":type:`A` "] {
        formatted(&text(format!("namespace a\n    \"{}.\"\n", many(word))));
    }
    for gap in ["\n", "# c\n", "    # c\n\n"] {
        formatted(&text(format!("namespace a\n{}import b\n", many(gap))));
    }
    for argument in [
        "Int32, ",
        "Int32,\n    ",
        "# c\n    ",
        "Int32 # c\n    ,\n    ",
    ] {
        formatted(&text(format!(
            "namespace a\nalias A = B({}Int32)\n",
            many(argument)
        )));
    }
}

/// Pieces that keep many texts right, and move what is around them.
const PIECES: [&str; 24] = [
    "",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\n    ",
    "\n        ",
    "# c",
    "# c\n",
    " # c\n    ",
    ",",
    "(",
    "){",
    "=",
    "\"",
    "\\",
    "word ",
    "é\u{a0}",
    "1",
    "- ",
];

proptest! {
    #[test]
    fn any_damage_leaves_a_text_that_is_refused_or_keeps_its_meaning(
        case in any::<prop::sample::Index>(),
        damages in prop::collection::vec((any::<prop::sample::Index>(), 0..4usize, 0..PIECES.len()), 1..4),
    ) {
        let cases = common::stone_files(&folder());
        let mut text = common::read(&cases[case.index(cases.len())]);
        for (at, length, piece) in damages {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, PIECES[piece]);
        }
        let sources = self::text(text);
        if format(&sources, FileId(0)).is_ok() {
            assert_faithful(&format!("{:?}", sources[FileId(0)].text), &sources);
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format")
}

/// Asserts that formatting changes neither IR, nor comments, nor canonical text, nor what is wrong with a spec.
fn assert_faithful(name: &str, sources: &SourceMap) {
    let mut canonical = SourceMap::new();
    for (file, source) in sources.iter() {
        let text = format(sources, file).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        assert_eq!(
            comments(&text),
            comments(&source.text),
            "{name}: {}",
            source.path
        );
        canonical.add(source.path.clone(), text);
    }
    for (file, source) in canonical.iter() {
        let again = format(&canonical, file).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        assert_eq!(again, source.text, "{name}: {}", source.path);
    }
    let (before, after) = (compile(sources), compile(&canonical));
    let messages = |diagnostics: &[Diagnostic]| {
        let mut messages: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, d.message.clone()))
            .collect();
        messages.sort();
        messages
    };
    assert_eq!(
        messages(&after.diagnostics),
        messages(&before.diagnostics),
        "{name}"
    );
    let (before, after) = (ir::to_json(&before.api), ir::to_json(&after.api));
    assert!(
        before.to_string() == after.to_string(),
        "{name}: the IR has changed"
    );
}

fn formatted(sources: &SourceMap) -> String {
    format(sources, FileId(0)).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// A spec of one file.
fn text(text: impl Into<String>) -> SourceMap {
    let mut sources = SourceMap::new();
    sources.add("a.stone", text);
    sources
}

fn is_about_meaning(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.phase() == Phase::Semantic
}

/// The comments of a text, found without the help of the parser.
fn comments(text: &str) -> Vec<&str> {
    let (mut comments, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(['#', '"']) {
        let (found, after) = rest[at..].split_at(1);
        rest = after;
        if found == "#" {
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            comments.push(rest[..end].trim_end());
            rest = &rest[end..];
        } else {
            while let Some(at) = rest
                .find(['\\', '"'])
                .filter(|at| rest[*at..].starts_with('\\'))
            {
                let escaped = rest[at + 1..].chars().next().map_or(0, char::len_utf8);
                rest = &rest[at + 1 + escaped..];
            }
            rest = rest.split_once('"').map_or("", |(_, after)| after);
        }
    }
    comments
}

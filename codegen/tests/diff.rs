//! Fixtures of the rules of `codegen::diff`: each folder of `tests/diff` has an old and a new spec and the report of what
//! is between them. Folders are named after the rule that they are for; every rule judges every folder.
//!
//! `UPDATE_EXPECT=1 cargo test -p codegen --test diff` rewrites what is expected, and `docs/diff-rules.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::diff::{Bump, COVERED, Report, Rule, Side, catalogue, diff};
use stone_parser::Outcome;
use stone_parser::source::SourceMap;

struct Spec {
    sources: SourceMap,
    outcome: Outcome,
}

impl Spec {
    fn read(folder: &Path, side: &str) -> Self {
        let mut sources = SourceMap::new();
        for path in list(&folder.join(side)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            sources.add(format!("{side}/{name}"), fs::read_to_string(&path).unwrap());
        }
        Self::new(sources, &folder.display().to_string())
    }

    fn new(sources: SourceMap, name: &str) -> Self {
        let outcome = stone_parser::compile(&sources);
        assert!(
            outcome.diagnostics.is_empty(),
            "{name}: {:#?}",
            outcome.diagnostics
        );
        Self { sources, outcome }
    }

    fn side(&self) -> Side<'_> {
        Side {
            api: &self.outcome.api,
            sources: &self.sources,
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff")
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn report(case: &Path) -> Report {
    diff(
        Spec::read(case, "old").side(),
        Spec::read(case, "new").side(),
    )
}

fn name(case: &Path) -> String {
    case.file_name().unwrap().to_string_lossy().into_owned()
}

/// Compares with a file, or rewrites it.
fn expect(path: &Path, actual: &str) -> Option<String> {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, actual).unwrap();
        return None;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    (actual != expected).then(|| format!("{}:\n{actual}", path.display()))
}

#[test]
fn fixtures_give_what_is_expected() {
    let all = list(&root());
    let wrong: Vec<_> = all
        .iter()
        .filter_map(|case| expect(&case.join("expected.txt"), &report(case).human(true)))
        .collect();
    let how = "if this is meant: UPDATE_EXPECT=1 cargo test -p codegen --test diff";
    assert!(wrong.is_empty(), "{}\n{how}", wrong.join("\n"));
}

#[test]
fn every_rule_has_its_fixture() {
    let mut wrong = Vec::new();
    for rule in Rule::ALL {
        let found = report(&root().join(rule.id())).findings;
        let ids: Vec<_> = found.iter().map(|finding| finding.rule.id()).collect();
        if !ids.contains(&rule.id()) {
            wrong.push(format!("{} gives {ids:?}", rule.id()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (id, _, _) in COVERED {
        assert!(root().join(id).is_dir(), "there is no fixture for {id}");
    }
}

#[test]
fn numbers_are_unique() {
    let rules = Rule::ALL.iter().map(|rule| rule.id());
    let all: Vec<_> = rules.chain(COVERED.iter().map(|row| row.0)).collect();
    let unique: BTreeSet<_> = all.iter().collect();
    assert_eq!(unique.len(), all.len());
}

#[test]
fn nothing_changed_gives_nothing() {
    for case in list(&root()) {
        for side in ["old", "new"] {
            let (old, new) = (Spec::read(&case, side), Spec::read(&case, side));
            let found = diff(old.side(), new.side());
            assert!(
                found.findings.is_empty() && found.bump().is_none(),
                "{}",
                name(&case)
            );
        }
    }
}

#[test]
fn ids_name_one_finding() {
    for case in list(&root()) {
        let found = report(&case).findings;
        let ids: BTreeSet<_> = found.iter().map(|finding| &finding.id).collect();
        assert_eq!(ids.len(), found.len(), "{}", name(&case));
    }
}

/// What one rule breaks, no other hides: the verdict is the worst of all findings.
#[test]
fn the_worst_finding_decides() {
    for case in list(&root()) {
        let found = report(&case);
        let worst = found.findings.iter().map(|finding| finding.bump).max();
        assert_eq!(found.bump(), worst, "{}", name(&case));
        if let Some(Bump::Major) = worst {
            assert!(found.summary().ends_with("next version: major"));
        }
    }
}

#[test]
fn the_page_of_the_rules_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diff-rules.md");
    assert_eq!(expect(&path, &catalogue()), None);
}

/// Declarations and files in another order mean the same, but for the order of fields, which constructors show.
#[test]
fn order_means_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let files: Vec<_> = list(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|it| it == "stone"))
        .collect();
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap();
    let (mut straight, mut turned) = (SourceMap::new(), SourceMap::new());
    for path in &files {
        straight.add(name(path), read(path));
    }
    for path in files.iter().rev() {
        turned.add(name(path), turn(&read(path)));
    }
    let (old, new) = (Spec::new(straight, "spec"), Spec::new(turned, "turned"));
    let found = diff(old.side(), new.side());
    // Docs of a namespace are joined in the order of its files.
    let rest: Vec<_> = found
        .findings
        .iter()
        .filter(|it| it.rule != Rule::NamespaceDoc)
        .collect();
    assert!(rest.is_empty(), "{rest:#?}");
}

/// A file with its definitions backwards.
fn turn(text: &str) -> String {
    let is_start = |line: &str| !line.starts_with([' ', '#']) && !line.trim().is_empty();
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines() {
        if is_start(line) || blocks.is_empty() {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().unwrap();
        *block += line;
        block.push('\n');
    }
    let (head, mut rest): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|block| {
        block.starts_with("namespace ") || block.starts_with("import ") || block.starts_with('#')
    });
    rest.reverse();
    head.concat() + &rest.concat()
}

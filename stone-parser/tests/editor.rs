//! The editor's questions over marked specs: `editor/NAME.stone`.
//!
//! A comment with carets marks the name above them: `# ^^^ def X` where X is defined, `# ^^^ ref X` where it is used,
//! `# ^^^ none` where no symbol is. For each X, all definitions and all references in the case are marked.
//! A line `# file: NAME` begins another file of the case.

mod common;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use proptest::prelude::*;
use stone_parser::editor::{Entry, Hover, Index, Kind, Symbol};
use stone_parser::source::{FileId, SourceMap, Span};

/// What a comment says of the name above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Definition,
    Reference,
    Nothing,
}

struct Mark<'t> {
    role: Role,
    label: &'t str,
    span: Span,
}

#[test]
fn marked_names_are_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editor");
    for case in common::stone_files(&folder) {
        let sources = files(&common::read(&case));
        check(&common::name(&case), &sources);
    }
}

fn check(name: &str, sources: &SourceMap) {
    let index = Index::new(sources);
    let marks: Vec<_> = sources
        .iter()
        .flat_map(|(file, source)| marks(file, &source.text))
        .collect();
    assert!(!marks.is_empty(), "{name}: nothing is marked");
    let mut symbols: BTreeMap<&str, &Symbol> = BTreeMap::new();
    for mark in &marks {
        let Range { start, end } = mark.span.range();
        for offset in [start, start + (end - start) / 2, end] {
            let found = index.symbol_at(mark.span.file, offset);
            if mark.role == Role::Nothing {
                assert_eq!(found, None, "{name}: {}", sources.slice(mark.span));
                continue;
            }
            let found = found.unwrap_or_else(|| {
                panic!(
                    "{name}: nothing at {} {}",
                    mark.label,
                    sources.slice(mark.span)
                )
            });
            assert_eq!(
                *symbols.entry(mark.label).or_insert(found),
                found,
                "{name}: {}",
                mark.label
            );
        }
    }
    for (label, symbol) in symbols {
        let marked = |role| {
            let spans = marks
                .iter()
                .filter(|mark| mark.label == label && mark.role == role);
            spans.map(|mark| mark.span).collect::<Vec<_>>()
        };
        let definitions: Vec<_> = index.definition(symbol).collect();
        assert_eq!(
            definitions,
            marked(Role::Definition),
            "{name}: definitions of {symbol:?}"
        );
        let references: Vec<_> = index.references(symbol).collect();
        assert_eq!(
            references,
            marked(Role::Reference),
            "{name}: references to {symbol:?}"
        );
    }
}

/// The files of a case.
fn files(text: &str) -> SourceMap {
    let mut sources = SourceMap::new();
    for (number, text) in text.split("# file: ").enumerate() {
        sources.add(
            format!("{number}.stone"),
            text.split_once('\n').map_or(text, |(_, rest)| rest),
        );
    }
    sources
}

/// The marks of a file. They are about the last line above them that is no mark.
fn marks(file: FileId, text: &str) -> Vec<Mark<'_>> {
    let (mut marks, mut start, mut above) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let mark = line
            .trim_start()
            .strip_prefix('#')
            .map(str::trim)
            .filter(|mark| mark.starts_with('^'));
        if let Some((mark, column)) = mark.zip(line.find('^')) {
            let mut words = mark.split(' ');
            let carets = words.next().unwrap_or_default().len();
            let role = match words.next() {
                Some("def") => Role::Definition,
                Some("ref") => Role::Reference,
                Some("none") => Role::Nothing,
                other => panic!("unknown mark {other:?}"),
            };
            marks.push(Mark {
                role,
                label: words.next().unwrap_or_default(),
                span: Span::new(file, above + column, above + column + carets),
            });
        } else {
            above = start;
        }
        start += line.len();
    }
    marks
}

const SHELF: &str = r#"namespace shelf
    "Books."

annotation Old = Deprecated()

struct Book extends Item
    "A :type:`Item` with
    pages."
    pages   UInt32( min_value = 1, # at least one
        max_value=9) = 1
        @Old
        "How many."
    binding Binding
        union
            paper

    example default
        pages = 1
        binding = paper

route find:2(Void, Book, Void)
"#;

fn shelf() -> SourceMap {
    let mut sources = SourceMap::new();
    sources.add("shelf.stone", SHELF);
    sources
}

fn hover(text: &str) -> Option<Hover> {
    let sources = shelf();
    let index = Index::new(&sources);
    let at = SHELF.find(text).expect("the text holds it");
    index.hover(index.symbol_at(FileId(0), at)?)
}

#[test]
fn hovering_tells_what_a_name_is() {
    let book = hover("Book, Void").expect("a struct");
    assert_eq!(book.kind, Kind::Struct);
    assert_eq!(book.signature, "struct Book extends Item");
    assert_eq!(book.doc.as_deref(), Some("A :type:`Item` with pages."));
    let pages = hover("pages = 1").expect("a field");
    assert_eq!(pages.kind, Kind::Field);
    assert_eq!(
        pages.signature,
        "pages UInt32(min_value=1, max_value=9) = 1"
    );
    assert_eq!(hover("paper\n\n").map(|hover| hover.kind), Some(Kind::Tag));
    assert_eq!(hover("find").map(|hover| hover.doc), Some(None));
    assert_eq!(hover("Item`"), None);
}

#[test]
fn outlines_are_trees() {
    let sources = shelf();
    let outline = Index::new(&sources).outline(FileId(0));
    let expected = "Namespace shelf\nAnnotation Old\nStruct Book\n  Field pages\n  Field binding\n    Union Binding\n      \
        Tag paper\n  Example default\nRoute find:2\n";
    assert_eq!(draw(&outline, 0), expected);
    assert_inside(&sources, &outline);
    assert!(sources.slice(outline[2].span).ends_with("binding = paper"));
}

fn draw(entries: &[Entry], indent: usize) -> String {
    let lines = entries.iter().map(|entry| {
        let line = format!("{:indent$}{:?} {}\n", "", entry.kind, entry.name);
        line + &draw(&entry.children, indent + 2)
    });
    lines.collect()
}

fn assert_inside(sources: &SourceMap, entries: &[Entry]) {
    for entry in entries {
        let contains =
            |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
        assert!(
            entry.name.starts_with(sources.slice(entry.name_span)),
            "{}",
            entry.name
        );
        for child in &entry.children {
            assert!(
                contains(entry.span, child.span),
                "{} in {}",
                child.name,
                entry.name
            );
        }
        assert_inside(sources, &entry.children);
    }
}

#[test]
fn any_offset_may_be_asked_for() {
    let mut sources = SourceMap::new();
    let file = sources.add(
        "a.stone",
        "namespace a\n    \"é\"\n\nalias Ä = String\nalias B = Ä",
    );
    let index = Index::new(&sources);
    let end = sources[file].text.len();
    for offset in (0..end + 9).chain([u32::MAX as usize, u32::MAX as usize + 1, usize::MAX]) {
        index.symbol_at(file, offset);
    }
    assert_eq!(index.symbol_at(file, end + 1), None);
    assert_eq!(index.symbol_at(FileId(7), 0), None);
    assert_eq!(index.outline(FileId(7)), []);
}

#[test]
fn every_name_of_the_spec_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = common::sources(&root.join("spec"));
    let index = Index::new(&sources);
    for (file, source) in sources.iter() {
        for (at, _) in source.text.match_indices(":type:`") {
            let name = at + ":type:`".len();
            let symbol = index.symbol_at(file, name);
            let symbol = symbol
                .unwrap_or_else(|| panic!("{}: {}", source.path, &source.text[name..name + 30]));
            assert!(index.definition(symbol).next().is_some());
        }
        assert_inside(&sources, &index.outline(file));
    }
}

proptest! {
    #[test]
    fn any_damage_to_a_spec_is_indexed(start in any::<prop::sample::Index>(), length in 0..60usize, text in "[ \n\"(A-c:`.]{0,4}") {
        let mut damaged = SHELF.to_owned();
        let start = start.index(damaged.len());
        damaged.replace_range(start..(start + length).min(SHELF.len()), &text);
        let mut sources = SourceMap::new();
        let file = sources.add("shelf.stone", damaged);
        let index = Index::new(&sources);
        for offset in 0..=sources[file].text.len() {
            if let Some(symbol) = index.symbol_at(file, offset) {
                let places = index.definition(symbol).chain(index.references(symbol));
                prop_assert!(places.into_iter().all(|span| !sources.slice(span).is_empty()));
            }
        }
        index.outline(file);
    }
}

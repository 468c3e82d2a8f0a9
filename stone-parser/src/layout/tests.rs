//! The logical lines of small files, drawn as an outline.

use super::{Block, layout};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{FileId, SourceMap};

/// The first words of all lines, each below its parent in parentheses, and the codes of all diagnostics.
fn outline(text: &str) -> (String, Vec<Code>) {
    let mut sources = SourceMap::new();
    let file = sources.add("a.stone", text);
    let mut diagnostics = Diagnostics::default();
    let lines = layout(FileId(0), &sources[file].text, &mut diagnostics);
    let codes = diagnostics.into_sorted().iter().map(|d| d.code).collect();
    (draw(&sources, Block::new(&lines)), codes)
}

fn draw(sources: &SourceMap, block: Block<'_>) -> String {
    let lines = block.map(|(line, below)| match below.first() {
        Some(_) => format!("{}({})", sources.slice(line.head), draw(sources, below)),
        None => sources.slice(line.head).to_owned(),
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn sound(text: &str) -> String {
    let (outline, codes) = outline(text);
    assert_eq!(codes, []);
    outline
}

#[test]
fn indentation_makes_a_tree() {
    assert_eq!(
        sound("a\n    b\n        c\n    d\ne\n    f"),
        "a(b(c) d) e(f)"
    );
}

#[test]
fn blank_lines_and_comments_do_not_count() {
    assert_eq!(
        sound("a # x \"\n  \n # y\n    b\n\n# z (\n    c\n"),
        "a(b c)"
    );
}

#[test]
fn strings_and_parentheses_hold_lines_together() {
    assert_eq!(
        sound("a(\n    b, # c\n\n    (d),\n    e\n    ) f\ng \"h\n i\" j\nk"),
        "a g k"
    );
}

#[test]
fn spread_maps_hold_lines_together() {
    assert_eq!(
        sound("a = {\n    b: {\n        c: d,\n        e: f\n    },\n    g: h\n}\ni"),
        "a i"
    );
}

#[test]
fn all_line_breaks_are_alike() {
    assert_eq!(sound("a\r\n    b\r    c\n\rd"), "a(b c) d");
}

#[test]
fn the_first_line_may_be_indented_unless_a_blank_one_precedes() {
    assert_eq!(sound("   a\nb"), "a b");
    assert_eq!(sound("# x\n\n   a\nb"), "a b");
    assert_eq!(outline("\n   a\nb").1, [Code::Indentation]);
}

#[test]
fn a_block_with_wrong_indentation_costs_one_diagnostic() {
    assert_eq!(
        outline("a\n  b\n    c\n  d\ne\n"),
        ("a(b(c) d) e".to_owned(), vec![Code::Indentation])
    );
    assert_eq!(
        outline("a\n\tb\n\t\tc\n\td\n"),
        ("a(b(c) d)".to_owned(), vec![Code::Indentation])
    );
    assert_eq!(
        outline("a\n        b\n        c\nd"),
        ("a(b c) d".to_owned(), vec![Code::Syntax])
    );
}

#[test]
fn a_slip_does_not_move_a_line() {
    for slip in [2, 3, 5] {
        let text = format!("a\n    b\n{:slip$}c\n    d\n", "");
        assert_eq!(
            outline(&text),
            ("a(b c d)".to_owned(), vec![Code::Indentation]),
            "{slip}"
        );
    }
}

#[test]
fn an_open_bracket_does_not_swallow_what_follows() {
    assert_eq!(
        outline("a(b\nc d\n    e"),
        ("a c(e)".to_owned(), vec![Code::Continuation])
    );
    assert_eq!(
        outline("a\n    b = [c\n    d"),
        ("a(b d)".to_owned(), vec![Code::Syntax])
    );
    assert_eq!(
        outline("a = {b\nc d"),
        ("a c".to_owned(), vec![Code::Syntax])
    );
    assert_eq!(outline("a(b"), ("a".to_owned(), vec![Code::Syntax]));
}

#[test]
fn an_unclosed_string_loses_what_follows_its_likely_beginning() {
    let (outline, codes) = outline("a\n    \"b\nc\n    \"d\"\n");
    assert_eq!((outline.as_str(), codes), ("a", vec![Code::UnclosedString]));
}

#[test]
fn brackets_where_none_may_stand_hold_nothing() {
    assert_eq!(sound("a {\n    b [\n    c"), "a(b c)");
}

#[test]
fn a_bracket_of_the_wrong_kind_closes_what_was_meant() {
    assert_eq!(sound("a(b]\nc([d)\ne"), "a c e");
}

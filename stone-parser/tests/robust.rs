//! No input makes the parser panic, overflow its stack or take more than linear time.

use proptest::prelude::*;
use stone_parser::diagnostic::{Code, Diagnostic, Renderer, json};
use stone_parser::source::SourceMap;
use stone_parser::{Outcome, compile};

/// Compiles a file and renders what is wrong with it.
fn check(text: impl Into<String>) -> (Outcome, String) {
    let mut sources = SourceMap::new();
    sources.add("a.stone", text);
    let outcome = compile(&sources);
    let mut rendered = json(&sources, &outcome.diagnostics);
    for diagnostic in &outcome.diagnostics {
        rendered += &Renderer::default().render(&sources, diagnostic);
    }
    (outcome, rendered)
}

fn diagnostics(text: impl Into<String>) -> Vec<Diagnostic> {
    check(text).0.diagnostics
}

fn codes(text: impl Into<String>) -> Vec<Code> {
    diagnostics(text).iter().map(|d| d.code).collect()
}

fn nested(open: &str, middle: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + middle + &close.repeat(depth)
}

fn alias_of_lists(depth: usize) -> String {
    format!(
        "namespace n\n\nalias A = {}\n",
        nested("List(", "String", ")", depth)
    )
}

#[test]
fn brackets_nest_to_the_limit_and_no_further() {
    assert_eq!(codes(alias_of_lists(128)), []);
    assert_eq!(codes(alias_of_lists(129)), [Code::TooDeep]);
    assert_eq!(codes(alias_of_lists(100_000)), [Code::TooDeep]);
}

#[test]
fn values_nest_to_the_limit_and_no_further() {
    for (open, middle, close) in [("[", "1", "]"), ("{\"a\": ", "1", "}")] {
        let example = |depth| {
            let value = nested(open, middle, close, depth);
            format!(
                "namespace n\n\nstruct A\n    a String?\n\n    example b\n        a = {value}\n"
            )
        };
        let parsed = |depth| {
            codes(example(depth))
                .iter()
                .filter(|code| **code == Code::TooDeep)
                .count()
        };
        assert_eq!(parsed(128), 0, "{open}");
        assert_eq!(parsed(129), 1, "{open}");
        assert_eq!(parsed(100_000), 1, "{open}");
    }
}

#[test]
fn lines_nest_to_the_limit_and_no_further() {
    let mut text = String::from("namespace a\n");
    for depth in 0..4000 {
        text += &format!("{:1$}union\n", "", depth * 4);
    }
    let too_deep = diagnostics(text)
        .into_iter()
        .filter(|d| d.code == Code::TooDeep)
        .count();
    assert_eq!(too_deep, 1);
}

#[test]
fn one_mistake_in_a_line_of_ten_megabytes_is_shown_in_a_few_hundred_bytes() {
    let fill = "x".repeat(1_000_000);
    let (outcome, rendered) = check(format!(
        "namespace n\n\nalias A = String(\"{fill}\", 1 2, \"{fill}\")\n"
    ));
    assert_eq!(outcome.diagnostics.len(), 1);
    assert!(
        rendered.contains("a.stone:3:1000024") && rendered.len() < 2000,
        "{} bytes",
        rendered.len()
    );
}

#[test]
fn files_that_are_no_text_are_refused() {
    assert_eq!(codes("namespace a\0\n"), [Code::IllegalCharacter]);
    assert_eq!(
        codes("\u{7f}ELF\u{2}\u{1}\u{1}\0"),
        [Code::IllegalCharacter]
    );
}

#[test]
fn huge_integers_are_refused() {
    let field = |digits: usize| {
        format!(
            "namespace n\n\nstruct A\n    a Int32 = {}\n",
            "1".repeat(digits)
        )
    };
    assert_eq!(codes(field(4097)), [Code::Syntax]);
    assert_eq!(codes(field(1_000_000)), [Code::Syntax]);
}

/// Pieces that make all kinds of lines, good and bad.
const PIECES: [&str; 60] = [
    "namespace ",
    "import ",
    "alias ",
    "struct ",
    "union ",
    "union_closed ",
    "route ",
    "patch ",
    "annotation ",
    "annotation_type ",
    "example ",
    "attrs",
    "extends ",
    "deprecated ",
    "by ",
    "doc ",
    "@",
    "A ",
    "b ",
    "a.B ",
    "String",
    "List(",
    "Map(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    "?",
    ".",
    "/",
    "\"",
    "\"text\" ",
    "\\",
    "\n",
    "\n",
    "\n    ",
    "\n    ",
    "\n        ",
    "\n            ",
    "\n  ",
    "\r",
    "\r\n",
    "\t",
    "#",
    "-",
    "1 ",
    "-1.5e3 ",
    "null ",
    "true ",
    "é",
    "\u{feff}",
    "\0",
    ";",
    "Void, Void, Void)",
    " = 1",
];

proptest! {
    #[test]
    fn any_mixture_of_tokens_is_checked(indices in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = indices.into_iter().map(|index| PIECES[index]).collect();
        let length = text.len();
        for diagnostic in diagnostics(text) {
            let range = diagnostic.primary.span.range();
            prop_assert!(range.start <= range.end && range.end <= length);
        }
    }

    #[test]
    fn any_text_is_checked(text in "\\PC{0,200}") {
        check(text);
    }

    #[test]
    fn any_damage_to_a_spec_is_checked(at in any::<prop::sample::Index>(), length in 0..20usize, index in 0..PIECES.len()) {
        let mut text = String::from(include_str!("rendered/several_mistakes.stone"));
        let at = at.index(text.len());
        let end = (at + length).min(text.len());
        text.replace_range(at..end, PIECES[index]);
        check(text);
    }
}

//! Chains thousands of links long: nothing recurses over references.

use std::fmt::Write as _;

use stone_parser::source::SourceMap;
use stone_parser::{Outcome, compile};

const LINKS: usize = 10_000;

/// Compiles a file of one namespace with a line for each link.
fn chain(link: impl Fn(usize) -> String, end: &str) -> Outcome {
    let mut text = String::from("namespace chain\n\n");
    for number in 0..LINKS {
        let _ = writeln!(text, "{}", link(number));
    }
    let mut sources = SourceMap::new();
    sources.add("chain.stone", text + end);
    compile(&sources)
}

fn messages(outcome: &Outcome) -> Vec<&str> {
    outcome
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect()
}

#[test]
fn a_chain_of_aliases_is_followed_to_its_end() {
    let end = format!("alias A{LINKS} = String?\n\nstruct Thing\n    text A0 = \"x\"\n");
    let outcome = chain(|n| format!("alias A{n} = A{}", n + 1), &end);
    assert_eq!(messages(&outcome), ["a nullable type takes no default"]);
}

#[test]
fn a_circle_of_aliases_is_reported_once() {
    let outcome = chain(|n| format!("alias A{n} = A{}", (n + 1) % LINKS), "");
    assert_eq!(
        messages(&outcome),
        [format!("alias `A{}` contains itself", LINKS - 1)]
    );
}

#[test]
fn a_chain_of_structs_inherits_from_its_root() {
    let end =
        format!("struct S{LINKS}\n    root String\n\nstruct Leaf extends S0\n    root String\n");
    let outcome = chain(
        |n| format!("struct S{n} extends S{}\n    f{n} String\n", n + 1),
        &end,
    );
    assert_eq!(
        messages(&outcome),
        ["field `root` is declared already, by an ancestor"]
    );
}

#[test]
fn a_chain_of_unions_inherits_from_its_root() {
    let end = format!(
        "union U{LINKS}\n    root\n\nstruct Leaf\n    known U0 = root\n    unknown U{LINKS} = t0\n"
    );
    let outcome = chain(
        |n| format!("union U{n} extends U{}\n    t{n}\n", n + 1),
        &end,
    );
    let unknown = format!("the default does not fit: union `U{LINKS}` has no tag `t0`");
    assert_eq!(messages(&outcome), [unknown]);
}

#[test]
fn a_circle_of_structs_is_reported_once() {
    let outcome = chain(
        |n| {
            format!(
                "struct S{n} extends S{}\n    f{n} String\n",
                (n + 1) % LINKS
            )
        },
        "",
    );
    assert_eq!(
        messages(&outcome),
        [format!("`S{}` extends itself", LINKS - 1)]
    );
}

#[test]
fn a_ring_of_imports_is_fine() {
    let mut sources = SourceMap::new();
    for number in 0..LINKS {
        let next = (number + 1) % LINKS;
        let text = format!(
            "namespace n{number}\n\nimport n{next}\n\nstruct Thing\n    next n{next}.Thing?\n"
        );
        sources.add(format!("n{number}.stone"), text);
    }
    let outcome = compile(&sources);
    assert_eq!(messages(&outcome), [""; 0]);
    assert_eq!(outcome.api.structs.len(), LINKS);
}

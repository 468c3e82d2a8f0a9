//! The page about the rules.
//!
//! In: the table. Out: Markdown.

use super::rules::{Area, COVERED, Rule};
use super::verdict::Wire;

const HEAD: &str = "# Rules of `cargo xtask diff`

Written by `UPDATE_EXPECT=1 cargo test -p codegen --test diff` from `codegen/src/diff/rules.rs`.

*Old receivers* read what new senders send; *old senders* send what new receivers read. Clients send arguments to servers,
which are strict; servers send results and errors to clients, which are lenient. The column *Rust* says the most that a
change can mean for programs that use the generated crate: what its items look like decides, so that a field that is new
in a result is less than one that is new in an argument.

A change is **breaking** where it breaks who decides there: old senders in arguments, old receivers in results and errors.
It is **risky** where it depends on values, or breaks the other side while servers are being updated. What was in preview
or deprecated before is reported one step milder; what was in preview raises the third number at most.
";

/// The page.
pub fn catalogue() -> String {
    let mut page = String::from(HEAD);
    let mut area = None;
    for rule in Rule::ALL {
        if area.replace(rule.area()) != Some(rule.area()) {
            page += &heading(rule.area());
        }
        page += &row(*rule);
    }
    page += "\n## Covered by others\n\n| rule | change | how |\n|---|---|---|\n";
    for (id, title, how) in COVERED {
        page += &format!("| {id} | {title} | {how} |\n");
    }
    page
}

fn heading(area: Area) -> String {
    format!(
        "\n## {}\n\n| rule | change | old receivers | old senders | Rust | why |\n|---|---|---|---|---|---|\n",
        area.title()
    )
}

fn row(rule: Rule) -> String {
    let wire = |wire: Wire| wire.text();
    format!(
        "| {} | {} | {} | {} | {} | {} |\n",
        rule.id(),
        rule.title(),
        wire(rule.receivers()),
        wire(rule.senders()),
        rule.rust().text(),
        rule.reason()
    )
}

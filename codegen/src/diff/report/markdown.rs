//! For changelogs and comments on changes.
//!
//! In: a [`Report`]. Out: a section of Markdown: what programs have to change, what behaves otherwise, what is new.

use std::collections::BTreeMap;

use crate::diff::text::counted;
use crate::diff::{Bump, Finding, Report, Rule, Severity};

impl Report {
    /// A section, with headings of the third level.
    pub fn markdown(&self) -> String {
        let counted_ones: Vec<_> = self
            .counted()
            .filter(|it| it.severity != Severity::Note)
            .collect();
        let of = |is: &dyn Fn(&Finding) -> bool| -> Vec<&Finding> {
            counted_ones.iter().copied().filter(|it| is(it)).collect()
        };
        let is_new = |it: &Finding| it.bump < Bump::Major && is_addition(it.rule);
        let breaks = of(&|it| it.bump == Bump::Major);
        let behaves =
            of(&|it| it.bump < Bump::Major && it.severity > Severity::Compatible && !is_new(it));
        let new = of(&is_new);
        let rest =
            of(&|it| it.bump < Bump::Major && it.severity == Severity::Compatible && !is_new(it));
        let mut text = format!("**{}**\n", self.summary());
        text += &section("Programs have to change", &breaks);
        text += &section("Calls behave differently", &behaves);
        text += &section("New", &new);
        text += &section("Also", &rest);
        let notes = self
            .counted()
            .filter(|it| it.severity == Severity::Note)
            .count();
        if notes > 0 {
            text += &format!(
                "\n{} of docs, examples and the like.\n",
                counted(notes, "change")
            );
        }
        text
    }
}

fn is_addition(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::NamespaceAdded
            | Rule::TypeAdded
            | Rule::RouteAdded
            | Rule::FieldOptionalAdded
            | Rule::FieldOptionalInEmptyPayload
            | Rule::FieldRequiredAdded
            | Rule::TagAddedOpen
            | Rule::SubtypeAddedOpen
    )
}

/// A heading with one line per rule and namespace.
fn section(title: &str, findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut groups: BTreeMap<(&str, Rule), Vec<&Finding>> = BTreeMap::new();
    for it in findings {
        groups.entry((&it.namespace, it.rule)).or_default().push(it);
    }
    let mut text = format!("\n### {title}\n\n");
    for ((namespace, rule), group) in groups {
        let lists =
            group.len() > 1 && (is_addition(rule) || group.iter().all(|it| it.detail.is_empty()));
        if lists {
            let names: Vec<_> = group.iter().map(|it| format!("`{}`", it.subject)).collect();
            text += &format!("* `{namespace}`: {}: {}\n", rule.title(), names.join(", "));
        } else {
            group.iter().for_each(|it| text += &line(it));
        }
    }
    text
}

fn line(it: &Finding) -> String {
    let detail = match it.detail.as_str() {
        "" => String::new(),
        detail => format!(" ({})", detail.replace('`', "")),
    };
    format!("* `{}`: {}{detail}\n", it.subject, it.rule.title())
}

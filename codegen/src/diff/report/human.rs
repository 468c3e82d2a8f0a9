//! For people at a terminal.
//!
//! In: a [`Report`]. Out: findings by severity and namespace, notes counted, a summary.

use std::collections::BTreeMap;

use crate::diff::text::counted;
use crate::diff::{Bump, Finding, Location, Report, Severity};

impl Report {
    /// Findings with reasons; of notes, such as changed docs, only how many there are, unless `all` are asked for.
    pub fn human(&self, all: bool) -> String {
        let mut text = String::new();
        for severity in Severity::ALL {
            let of_severity = |it: &&Finding| it.severity == severity && it.allowed.is_none();
            let findings: Vec<_> = self.findings.iter().filter(of_severity).collect();
            if findings.is_empty() {
                continue;
            }
            text += &format!("{}\n", heading(severity));
            text += &match severity {
                Severity::Note if !all => notes(&findings),
                _ => namespaces(&findings),
            };
            text += "\n";
        }
        text += &self.accepted();
        text + &self.summary() + "\n"
    }

    /// For those who only care whether programs still compile: by what rises.
    pub fn human_rust(&self) -> String {
        let mut text = String::new();
        for bump in [Bump::Major, Bump::Minor] {
            let findings: Vec<_> = self.counted().filter(|it| it.rust == bump).collect();
            if !findings.is_empty() {
                text += &format!("{}\n", bump.text());
                text += &namespaces(&findings);
                text += "\n";
            }
        }
        text += &self.accepted();
        text + &format!("{}\n", self.verdict())
    }

    fn accepted(&self) -> String {
        let allowed = self
            .findings
            .iter()
            .filter_map(|it| Some((it, it.allowed.as_ref()?)));
        let mut text: String = allowed
            .map(|(it, reason)| format!("allowed: {} ({reason})\n", it.id))
            .collect();
        for id in &self.unused {
            text += &format!("allowed in vain, remove it: {id}\n");
        }
        if !text.is_empty() {
            text += "\n";
        }
        text
    }

    /// Counts and the verdict in a line.
    pub fn summary(&self) -> String {
        if self.findings.is_empty() {
            return "no changes".into();
        }
        let count = |severity| self.counted().filter(|it| it.severity == severity).count();
        let counts = Severity::ALL.map(|severity| match severity {
            Severity::Note => counted(count(severity), "note"),
            _ => format!("{} {}", count(severity), severity.text()),
        });
        format!("{}; {}", counts.join(", "), self.verdict())
    }

    /// What the next version is, in words.
    pub fn verdict(&self) -> &'static str {
        match self.bump() {
            None => "no new version is needed",
            Some(Bump::Patch) => "next version: patch",
            Some(Bump::Minor) => "next version: minor",
            Some(Bump::Major) => "next version: major",
        }
    }
}

fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "BREAKING: old programs fail",
        Severity::Risky => "RISKY: some fail, or all of them while servers are being updated",
        Severity::Compatible => "COMPATIBLE: old programs go on working",
        Severity::Note => "NOTES",
    }
}

/// Findings below their namespaces, those of one rule and verdict together.
fn namespaces(findings: &[&Finding]) -> String {
    let mut text = String::new();
    let mut groups: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    for it in findings {
        let verdict = (it.receivers, it.senders, it.rust);
        let key = (it.namespace.as_str(), it.rule, verdict);
        groups.entry(key).or_default().push(it);
    }
    let mut here = None;
    for ((namespace, rule, _), group) in groups {
        if here.replace(namespace) != Some(namespace) {
            text += &format!("  {namespace}\n");
        }
        text += &format!("    [{}] {}\n", rule.id(), rule.title());
        if let Some(it) = group.first().filter(|it| it.severity != Severity::Note) {
            text += &verdict(it);
        }
        group.iter().for_each(|it| text += &item(it));
    }
    text
}

fn verdict(it: &Finding) -> String {
    let (receivers, senders) = (it.receivers.text(), it.senders.text());
    format!(
        "      old receivers: {receivers}; old senders: {senders}; Rust: {}\n      because {}\n",
        it.rust.text(),
        it.rule.reason()
    )
}

fn item(it: &Finding) -> String {
    let detail = match it.detail.as_str() {
        "" => String::new(),
        detail => format!(": {detail}"),
    };
    let mut text = format!("      - {}{detail}\n", it.subject);
    let is_milder = it.severity != it.raw_severity || it.bump != it.rust;
    if let Some(mark) = it.mark.filter(|_| is_milder) {
        let (mark, raw) = (mark.text(), it.raw_severity.text());
        text += &format!("        {mark}, otherwise {raw}\n");
    }
    let path = it
        .path
        .as_ref()
        .filter(|_| it.severity > Severity::Compatible);
    text += &path
        .map(|path| format!("        in {path}\n"))
        .unwrap_or_default();
    text + &place(&it.old, &it.new)
}

fn place(old: &Option<Location>, new: &Option<Location>) -> String {
    let at = |it: &Location| format!("{}:{}", it.path, it.line);
    match (old, new) {
        (_, Some(new)) => format!("        at {}\n", at(new)),
        (Some(old), None) => format!("        was at {}\n", at(old)),
        (None, None) => String::new(),
    }
}

/// How many of each kind, and in which namespaces.
fn notes(findings: &[&Finding]) -> String {
    let mut kinds: BTreeMap<_, BTreeMap<&str, usize>> = BTreeMap::new();
    for it in findings {
        let namespaces = kinds.entry(it.rule).or_default();
        *namespaces.entry(&it.namespace).or_default() += 1;
    }
    let line = |(rule, namespaces): (&crate::diff::Rule, &BTreeMap<&str, usize>)| {
        let total: usize = namespaces.values().sum();
        let each: Vec<_> = namespaces
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        format!(
            "  [{}] {}: {total} ({})\n",
            rule.id(),
            rule.title(),
            each.join(", ")
        )
    };
    kinds.iter().map(line).collect()
}

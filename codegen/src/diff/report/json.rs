//! For programs.
//!
//! In: a [`Report`]. Out: one JSON object. Ids of findings are stable: the rule's number and the subject.

use serde::Serialize;

use crate::diff::{Finding, Location, Report, Severity};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    bump: Option<&'static str>,
    counts: Counts,
    findings: Vec<Entry<'a>>,
    allowed_in_vain: &'a [String],
}

#[derive(Serialize)]
struct Counts {
    breaking: usize,
    risky: usize,
    compatible: usize,
    note: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    rule: &'static str,
    area: &'static str,
    title: &'static str,
    reason: &'static str,
    namespace: &'a str,
    subject: &'a str,
    detail: &'a str,
    severity: &'static str,
    raw_severity: &'static str,
    old_receivers: &'static str,
    old_senders: &'static str,
    rust: &'static str,
    bump: &'static str,
    positions: Vec<&'static str>,
    via: Option<&'a str>,
    mark: Option<&'static str>,
    old: Option<Place<'a>>,
    new: Option<Place<'a>>,
    allowed: Option<&'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: u32,
}

impl Report {
    /// As JSON, ended by a line break.
    pub fn json(&self) -> String {
        let count = |severity| self.counted().filter(|it| it.severity == severity).count();
        let document = Document {
            format: "stone-diff/1",
            bump: self.bump().map(|bump| bump.text()),
            counts: Counts {
                breaking: count(Severity::Breaking),
                risky: count(Severity::Risky),
                compatible: count(Severity::Compatible),
                note: count(Severity::Note),
            },
            findings: self.findings.iter().map(entry).collect(),
            allowed_in_vain: &self.unused,
        };
        // Strings, numbers and lists of them always have JSON.
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }
}

fn entry(it: &Finding) -> Entry<'_> {
    Entry {
        id: &it.id,
        rule: it.rule.id(),
        area: it.rule.area().title(),
        title: it.rule.title(),
        reason: it.rule.reason(),
        namespace: &it.namespace,
        subject: &it.subject,
        detail: &it.detail,
        severity: it.severity.text(),
        raw_severity: it.raw_severity.text(),
        old_receivers: it.receivers.text(),
        old_senders: it.senders.text(),
        rust: it.rust.text(),
        bump: it.bump.text(),
        positions: it.positions.names(),
        via: it.path.as_deref(),
        mark: it.mark.map(|mark| mark.text()),
        old: it.old.as_ref().map(place),
        new: it.new.as_ref().map(place),
        allowed: it.allowed.as_deref(),
    }
}

fn place(location: &Location) -> Place<'_> {
    Place {
        path: &location.path,
        line: location.line,
    }
}

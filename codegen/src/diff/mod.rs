//! What changed from one spec to another, and what that means for callers.
//!
//! In: two specs without errors. Out: a [`Report`]. Data flows from `pairs`, which says what is the same thing in both,
//! through `compare`, which finds facts and judges nothing, to `judge`, which looks each up in the table of `rules` and
//! asks `reach` where it travels and `surface` what programs see of it; `report` prints, `allow` suppresses.

mod allow;
mod catalogue;
mod changes;
mod compare;
mod fact;
mod judge;
mod pairs;
mod reach;
mod report;
mod rules;
mod surface;
mod text;
mod verdict;

use stone_parser::ir::Api;
use stone_parser::source::{SourceMap, Span};

pub use allow::Allowed;
pub use catalogue::catalogue;
pub(crate) use changes::{Changes, changes};
pub use fact::Mark;
pub use rules::{Area, COVERED, Rule};
pub use verdict::{Bump, Positions, Severity, Wire};

use judge::Judge;
use pairs::Pairs;
use reach::Reach;

/// A spec without errors.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What it means.
    pub api: &'a Api,
    /// What it says.
    pub sources: &'a SourceMap,
}

/// A place in a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, as it was read.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
}

impl Location {
    fn new(sources: &SourceMap, span: Span) -> Self {
        let file = &sources[span.file];
        Self {
            path: file.path.clone(),
            line: file.position(span.start as usize).line,
        }
    }
}

/// A change and what it means.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The kind of change.
    pub rule: Rule,
    /// Names this finding in files that allow it: the number of the rule and the subject.
    pub id: String,
    /// The namespace of the subject.
    pub namespace: String,
    /// What changed, such as `files.CommitInfo.mode` or `files/upload:2`.
    pub subject: String,
    /// From what to what.
    pub detail: String,
    /// Whether old receivers understand new senders.
    pub receivers: Wire,
    /// Whether new receivers understand old senders.
    pub senders: Wire,
    /// What it means for programs that use the generated crate.
    pub rust: Bump,
    /// The number that rises because of it: less than `rust` for what is in preview, of which nothing is promised.
    pub bump: Bump,
    /// How bad it is where it travels.
    pub raw_severity: Severity,
    /// The same, milder for what was deprecated or in preview before.
    pub severity: Severity,
    /// Where it travels.
    pub positions: Positions,
    /// A way from a route to it.
    pub path: Option<String>,
    /// What was said of it before.
    pub mark: Option<Mark>,
    /// Where it was.
    pub old: Option<Location>,
    /// Where it is.
    pub new: Option<Location>,
    /// Why it is accepted, if it is.
    pub allowed: Option<String>,
}

/// All findings, by severity, namespace and subject.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// Ids that are allowed and were not found.
    pub unused: Vec<String>,
}

impl Report {
    /// The number of the version that has to rise, if any has to.
    pub fn bump(&self) -> Option<Bump> {
        self.counted().map(|finding| finding.bump).max()
    }

    /// The same without what no program notices when it is compiled.
    pub fn for_programs(mut self) -> Self {
        self.findings.retain(|finding| finding.rust > Bump::Patch);
        self
    }

    /// Findings that are not allowed.
    pub fn counted(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.allowed.is_none())
    }
}

/// Compares two specs.
pub fn diff(old: Side<'_>, new: Side<'_>) -> Report {
    let pairs = Pairs::new(old.api, new.api);
    let reach = (Reach::new(old.api), Reach::new(new.api));
    let facts = compare::compare((old.api, &reach.0), (new.api, &reach.1), &pairs);
    let judge = Judge::new(old, new, (&reach.0, &reach.1), &pairs, &facts);
    let mut findings = judge.findings(&facts);
    findings.sort_by(|a, b| {
        let place = |it: &'_ Finding| (it.namespace.clone(), it.subject.clone(), it.rule);
        b.severity
            .cmp(&a.severity)
            .then_with(|| place(a).cmp(&place(b)))
    });
    Report {
        findings,
        unused: Vec::new(),
    }
}

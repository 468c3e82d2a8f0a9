//! Invalid specs, one mistake each: an error of the rule at the place that the case names, and nowhere else.
//!
//! `not-yet.txt` lists the cases whose place is not right yet; it may only shrink.

mod common;

use std::path::Path;

use serde_json::Value;
use stone_parser::compile;
use stone_parser::diagnostic::{Diagnostic, Severity};
use stone_parser::source::SourceMap;

#[test]
fn every_invalid_case_is_refused_where_it_is_wrong() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/cases/not-yet.txt");
    let list = common::read(&list);
    let not_yet: Vec<_> = list.lines().collect();
    let mut wrong = Vec::new();
    for case in common::cases("invalid")
        .into_iter()
        .chain(common::cases("quirks"))
    {
        let about = common::json(&case, "case.json");
        if about["verdict"] != "invalid" {
            continue;
        }
        let name = common::name(&case);
        let problem = problem(&case, &about);
        let fatal = problem
            .as_ref()
            .is_some_and(|problem| problem.starts_with(ACCEPTED));
        match problem {
            Some(problem) if fatal || !not_yet.contains(&name.as_str()) => {
                wrong.push(format!("{name}: {problem}"))
            }
            None if not_yet.contains(&name.as_str()) => {
                wrong.push(format!("{name}: right now, strike it from the list"))
            }
            _ => {}
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The reference stops at lexical errors, and this case is about that; we report its syntax error, too.
const TWO_MISTAKES: &str = "L01-lexical-error-beats-earlier-parse-error";

const ACCEPTED: &str = "accepted";

/// What is wrong with the outcome of a case, if anything is.
fn problem(case: &Path, about: &Value) -> Option<String> {
    let sources = common::sources(case);
    let outcome = compile(&sources);
    let errors: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    if errors.is_empty() {
        return Some(ACCEPTED.to_owned());
    }
    let rule = about["rule"].as_str().unwrap_or_default();
    let expected = Expected {
        path: about["path"].as_str(),
        line: about["line"].as_u64(),
        lenient: about["lenient_line"] == true,
    };
    let found = errors
        .iter()
        .any(|error| expected.fits(&sources, error) && covers(error, rule));
    let astray = errors.iter().find(|error| !expected.fits(&sources, error));
    match astray {
        _ if !found => Some(format!(
            "no error of {rule} at {:?}:{:?}; found\n{}",
            expected.path,
            expected.line,
            listing(&sources, &errors)
        )),
        Some(_) if about["multi"] != true && common::name(case) != TWO_MISTAKES => Some(format!(
            "more than one error\n{}",
            listing(&sources, &errors)
        )),
        _ => None,
    }
}

struct Expected<'c> {
    path: Option<&'c str>,
    line: Option<u64>,
    lenient: bool,
}

impl Expected<'_> {
    fn fits(&self, sources: &SourceMap, error: &Diagnostic) -> bool {
        let file = &sources[error.primary.span.file];
        let line = file.position(error.primary.span.start as usize).line;
        self.path == Some(&file.path) && (self.lenient || self.line == Some(line.into()))
    }
}

/// Whether the error's code is that of the rule, whose sub-rules have a letter at the end.
fn covers(error: &Diagnostic, rule: &str) -> bool {
    let whole = rule.trim_end_matches(|c: char| c.is_ascii_lowercase());
    error
        .code
        .rules()
        .split(' ')
        .any(|covered| covered == rule || covered == whole)
}

fn listing(sources: &SourceMap, errors: &[&Diagnostic]) -> String {
    let line = |error: &&Diagnostic| {
        let file = &sources[error.primary.span.file];
        let line = file.position(error.primary.span.start as usize).line;
        format!(
            "    {}:{line}: {} {}",
            file.path,
            error.code.as_str(),
            error.message
        )
    };
    errors.iter().map(line).collect::<Vec<_>>().join("\n")
}

//! Valid specs, one construct or corner each: no errors, and the IR of the case.
//!
//! Quirks that are valid take part; their expected files say what the language asks for, not what the reference
//! implementation does.

mod common;

use std::path::Path;

use serde_json::Value;
use stone_parser::diagnostic::Severity;
use stone_parser::{compile, ir};

#[test]
fn every_valid_case_yields_its_ir() {
    let mut cases = common::cases("valid");
    let quirks = common::cases("quirks").into_iter();
    cases.extend(quirks.filter(|case| common::json(case, "case.json")["verdict"] == "valid"));
    let wrong: Vec<_> = cases.iter().filter_map(|case| problem(case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the outcome of a case, if anything is.
fn problem(case: &Path) -> Option<String> {
    let outcome = compile(&common::sources(case));
    let name = common::name(case);
    if let Some(error) = outcome
        .diagnostics
        .iter()
        .find(|d| d.severity == Severity::Error)
    {
        return Some(format!("{name}: {}", error.message));
    }
    let dump = ir::to_json(&filtered(case, outcome.api)).to_string();
    let actual = serde_json::from_str(&dump).expect("the dump is JSON");
    let place = difference(&actual, &common::json(case, "expected.json"))?;
    Some(format!("{name}: {place}"))
}

/// The API after the whitelist of the case, if it has one.
fn filtered(case: &Path, api: ir::Api) -> ir::Api {
    let path = case.join("whitelist.json");
    if !path.exists() {
        return api;
    }
    let whitelist =
        ir::Whitelist::from_json(&common::read(&path)).expect("fixtures hold whitelists");
    ir::whitelist(&api, &whitelist).expect("whitelists name what exists")
}

/// The first place where two documents differ.
fn difference(actual: &Value, expected: &Value) -> Option<String> {
    match (actual, expected) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().find_map(|(key, value)| {
                difference(value, &b[key]).map(|place| format!("/{key}{place}"))
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(index, (a, b))| {
                difference(a, b).map(|place| format!("/{index}{place}"))
            })
        }
        _ if actual == expected => None,
        _ => Some(format!(": {actual} instead of {expected}")),
    }
}

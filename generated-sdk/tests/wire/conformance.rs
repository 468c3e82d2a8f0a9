//! JSON documents with what the reader makes of them: one file per case, `NAME.json` with `NAME.expect` beside it.
//!
//! An expectation has lines `key: value`. `verdict` is accept or refuse, `as` the type that is read (`any` passes over
//! the document), `value` what comes out, `why` the rule or, where JSON leaves it open, the decision. serde_json is asked
//! as well; `differs` says why it takes another view.

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use generated_sdk::json::{Blank, Wire, from_slice};
use serde::de::{DeserializeOwned, IgnoredAny};

#[test]
fn documents_are_read_or_refused_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let mut cases = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let expectation = fs::read_to_string(path.with_extension("expect")).unwrap();
            cases += 1;
            if let Err(problem) = check(&fs::read(&path).unwrap(), &expectation) {
                wrong.push(format!("{}: {problem}", path.display()));
            }
        }
    }
    assert!(cases >= 110, "only {cases} cases are left");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(json: &[u8], expectation: &str) -> Result<(), String> {
    let line = |key: &str| {
        let mut lines = expectation.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| *found == key)
            .map(|(_, value)| value)
    };
    if line("why").is_none() {
        return Err("no reason is given".into());
    }
    let expected = match line("verdict") {
        Some("accept") => Ok(line("value").map(str::to_owned)),
        Some("refuse") => Err(()),
        other => return Err(format!("unknown verdict {other:?}")),
    };
    let (ours, theirs) = match line("as") {
        Some("any") => (
            from_slice::<()>(json).map(|()| None).map_err(|_| ()),
            serde_json::from_slice::<IgnoredAny>(json)
                .map(|_| None)
                .map_err(|_| ()),
        ),
        Some("string") => both::<String>(json),
        Some("i32") => both::<i32>(json),
        Some("i64") => both::<i64>(json),
        Some("u32") => both::<u32>(json),
        Some("u64") => both::<u64>(json),
        Some("f64") => both::<f64>(json),
        other => return Err(format!("unknown type {other:?}")),
    };
    if ours != expected {
        return Err(format!("expected {expected:?}, found {ours:?}"));
    }
    match (theirs == ours, line("differs")) {
        (true, None) | (false, Some(_)) => Ok(()),
        (true, Some(_)) => Err("serde_json does not differ".into()),
        (false, None) => Err(format!("serde_json differs: {theirs:?}")),
    }
}

type Read = Result<Option<String>, ()>;

fn both<T: Wire + Blank + DeserializeOwned + Debug>(json: &[u8]) -> (Read, Read) {
    let show = |value: T| Some(format!("{value:?}"));
    (
        from_slice::<T>(json).map(show).map_err(|_| ()),
        serde_json::from_slice::<T>(json).map(show).map_err(|_| ()),
    )
}

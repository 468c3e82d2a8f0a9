//! `docs/stone-differences.md` has an entry for each quirk of the reference implementation on which we differ from it.
//! `reference` in `case.json` says what that does: it crashes, accepts, rejects or computes another IR.

mod common;

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_difference_is_listed() {
    let listed = listed();
    for case in common::cases("quirks") {
        let name = common::name(&case);
        let id = name.split('-').next().unwrap_or_default();
        assert!(listed.contains(id), "{name} has no entry");
    }
}

#[test]
fn every_entry_has_a_case() {
    let cases: Vec<String> = common::cases("quirks")
        .iter()
        .map(|case| common::name(case))
        .collect();
    for id in listed() {
        let has_case = cases
            .iter()
            .any(|case| case.split('-').next() == Some(id.as_str()));
        assert!(has_case, "{id} has no case");
    }
}

/// The ids in the first columns of the tables.
fn listed() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/stone-differences.md");
    let text = common::read(&path);
    let rows = text.lines().filter_map(|line| line.strip_prefix("| Q"));
    let cells = rows.filter_map(|row| row.split(" |").next());
    let ids = cells.flat_map(|cell| cell.split(", "));
    ids.map(|id| format!("Q{}", id.trim_start_matches('Q')))
        .collect()
}

//! The whole spec, ours and the snapshots of the upstream one: no diagnostics, exact counts, deterministic.

use stone_parser::diagnostic::Severity;
use stone_parser::ir::{self, Api};
use tests::snapshots;

fn compile(folder: &std::path::Path) -> Api {
    let sources = snapshots::sources(folder);
    let outcome = stone_parser::compile(&sources);
    let errors: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{}: {errors:?}", folder.display());
    outcome.api
}

/// Namespaces, structs, unions, aliases, routes.
fn counts(api: &Api) -> [usize; 5] {
    let count = |list: fn(&ir::Namespace) -> usize| api.namespaces.iter().map(list).sum();
    [
        api.namespaces.len(),
        count(|namespace| namespace.structs.len()),
        count(|namespace| namespace.unions.len()),
        count(|namespace| namespace.aliases.len()),
        count(|namespace| namespace.routes.len()),
    ]
}

#[test]
fn spec_has_what_the_api_has() {
    let api = compile(&snapshots::root().join("spec"));
    assert_eq!(counts(&api), [22, 1809, 591, 72, 276]);
    let structs = api
        .namespaces
        .iter()
        .flat_map(|namespace| &namespace.structs);
    let unions = api
        .namespaces
        .iter()
        .flat_map(|namespace| &namespace.unions);
    assert_eq!(structs.map(|id| api[*id].fields.len()).sum::<usize>(), 2992);
    assert_eq!(unions.map(|id| api[*id].tags.len()).sum::<usize>(), 3710);
    assert_eq!(api.route_schema.len(), 8);
}

#[test]
fn spec_has_no_warnings() {
    let sources = snapshots::sources(&snapshots::root().join("spec"));
    assert_eq!(stone_parser::compile(&sources).diagnostics, []);
}

#[test]
fn same_spec_same_ir() {
    let folder = snapshots::root().join("spec");
    let print = || ir::to_json(&compile(&folder)).to_string();
    assert!(print() == print(), "two runs print different text");
}

#[test]
fn upstream_snapshots_have_no_mistakes() {
    let Some(folders) = snapshots::upstream() else {
        return;
    };
    assert_eq!(folders.len(), 6);
    let newest = folders.iter().map(|folder| counts(&compile(folder)));
    let newest = newest.reduce(|_, newer| newer);
    assert_eq!(newest, Some([22, 1809, 591, 72, 276]));
}

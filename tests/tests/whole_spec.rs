//! The whole spec, ours and the snapshots of the upstream one: no diagnostics, exact counts, deterministic.

use stone_parser::ir::{self, Api};
use tests::snapshots;

fn compile(folder: &std::path::Path) -> Api {
    let sources = snapshots::sources(folder);
    let outcome = stone_parser::compile(&sources);
    assert_eq!(outcome.diagnostics, [], "{}", folder.display());
    outcome.api
}

/// Namespaces, structs, unions, aliases, routes, declared examples.
fn counts(api: &Api) -> [usize; 6] {
    let examples = api.structs.iter().map(|s| s.examples.len()).sum::<usize>()
        + api.unions.iter().map(|u| u.examples.len()).sum::<usize>();
    [api.namespaces.len(), api.structs.len(), api.unions.len(), api.aliases.len(), api.routes.len(), examples]
}

#[test]
fn spec_has_what_the_api_has() {
    let api = compile(&snapshots::root().join("spec"));
    let [namespaces, structs, unions, aliases, routes, _] = counts(&api);
    assert_eq!([namespaces, structs, unions, aliases, routes], [22, 1809, 591, 72, 276]);
    let fields: usize = api.structs.iter().map(|s| s.fields.len()).sum();
    let tags: usize = api.unions.iter().map(|u| u.tags.len()).sum();
    assert_eq!([fields, tags], [2992, 3710]);
    assert_eq!(api.route_schema.len(), 8);
}

#[test]
fn same_spec_same_ir() {
    let folder = snapshots::root().join("spec");
    let print = || ir::to_json(&compile(&folder)).to_string();
    assert!(print() == print(), "two runs print different text");
}

#[test]
fn upstream_snapshots_have_no_mistakes() {
    let Some(folders) = snapshots::upstream() else { return };
    assert_eq!(folders.len(), 6);
    let newest = folders.iter().map(|folder| counts(&compile(folder))).last();
    assert_eq!(newest.map(|counts| counts[..5].to_vec()), Some(vec![22, 1809, 591, 72, 276]));
}

//! Reports between consecutive snapshots of the upstream spec, which some developers have beside the project. They were
//! read, and samples compared with the specs by hand; the summaries show when something moves.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::diff::{Report, Side, diff};
use codegen::merge::{NEUTRAL, merge};
use stone_parser::ir::{Api, Doc};
use stone_parser::source::SourceMap;

/// Old and new snapshot, the summary of their report, and findings that were looked up in the specs.
const PAIRS: &[(&str, &str, &str, &[&str])] = &[
    (
        "2016-07-27",
        "2019-12-13",
        "126 breaking, 22 risky, 569 compatible, 474 notes; next version: major",
        &[
            "6.2 team.MemberAddResult.persistent_id_disabled",
            "8.2 team/alpha/groups/create",
            "8.3 files/upload_session/append:2",
        ],
    ),
    (
        "2019-12-13",
        "2022-06-15",
        "40 breaking, 19 risky, 612 compatible, 291 notes; next version: major",
        &[
            "5.15 team.LegalHoldPolicy.members",
            "8.6 files/alpha/upload",
            "12.12 files.CommitInfo",
        ],
    ),
    (
        "2022-06-15",
        "2023-04-26",
        "4 breaking, 2 risky, 145 compatible, 17 notes; next version: minor",
        &[
            "7.2 files.DeleteBatchArg.entries",
            "7.6b sharing.ShareFolderArgBase.path",
        ],
    ),
    (
        "2023-04-26",
        "2026-07-13",
        "10 breaking, 16 risky, 821 compatible, 369 notes; next version: major",
        &[
            "4.11 sharing.ListFileMembersBatchArg.limit",
            "6.2 files.ThumbnailError.encrypted_content",
            "7.2 common.OptionalNamePart",
        ],
    ),
    (
        "2026-07-13",
        "2026-08-05",
        "4 breaking, 1 risky, 105 compatible, 77 notes; next version: major",
        &[
            "4.11 riviera.GetTranscriptArgs.timestamp_level",
            "6.3 riviera.TimestampLevel.unknown",
            "8.1 team/members/bulk_suspend",
        ],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The `.stone` files of a folder.
fn read(folder: &Path) -> SourceMap {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|it| it == "stone"))
        .collect();
    paths.sort();
    let mut sources = SourceMap::new();
    for path in paths {
        sources.add(
            path.display().to_string(),
            fs::read_to_string(&path).unwrap(),
        );
    }
    sources
}

fn report(old: &Path, new: &Path) -> Report {
    let (old, new) = (read(old), read(new));
    let outcomes = (stone_parser::compile(&old), stone_parser::compile(&new));
    diff(
        Side {
            api: &outcomes.0.api,
            sources: &old,
        },
        Side {
            api: &outcomes.1.api,
            sources: &new,
        },
    )
}

#[test]
fn consecutive_snapshots_give_what_was_read() {
    let folder = root().join("../shared/upstream");
    if !folder.is_dir() {
        eprintln!("skipped: no snapshots of the upstream spec beside the project");
        return;
    }
    let mut wrong = Vec::new();
    for (old, new, summary, known) in PAIRS {
        let report = report(&folder.join(old), &folder.join(new));
        if report.summary() != *summary {
            wrong.push(format!("{old} to {new}: {}", report.summary()));
        }
        let found = |id: &&&str| !report.findings.iter().any(|finding| finding.id == **id);
        wrong.extend(
            known
                .iter()
                .filter(found)
                .map(|id| format!("{old} to {new} lacks {id}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Our spec states the facts of the snapshot that it says it is of, in words of its own.
#[test]
fn our_spec_has_the_facts_of_its_snapshot() {
    let folder = root().join("../shared/upstream/2026-08-05");
    if !folder.is_dir() {
        eprintln!("skipped: no snapshots of the upstream spec beside the project");
        return;
    }
    let report = report(&folder, &root().join("spec"));
    let facts: Vec<_> = report
        .findings
        .iter()
        .filter(|it| !it.rule.is_text())
        .collect();
    assert!(facts.is_empty(), "{facts:#?}");
}

/// The facts of every snapshot go into our spec, which `merge` itself makes sure of, and none of their sentences does.
#[test]
fn facts_of_all_snapshots_are_taken_over_without_their_words() {
    let folder = root().join("../shared/upstream");
    if !folder.is_dir() {
        eprintln!("skipped: no snapshots of the upstream spec beside the project");
        return;
    }
    let ours = read(&root().join("spec"));
    let our_outcome = stone_parser::compile(&ours);
    let our_side = Side {
        api: &our_outcome.api,
        sources: &ours,
    };
    let our_docs = docs(&our_outcome.api);
    for (snapshot, ..) in PAIRS {
        let theirs = read(&folder.join(snapshot));
        let outcome = stone_parser::compile(&theirs);
        let side = Side {
            api: &outcome.api,
            sources: &theirs,
        };
        let merged =
            merge(our_side, side, false).unwrap_or_else(|error| panic!("{snapshot}: {error:?}"));
        let mut sources = SourceMap::new();
        for (path, text) in merged.files {
            sources.add(path, text);
        }
        let their_docs = docs(&outcome.api);
        let merged = docs(&stone_parser::compile(&sources).api);
        let foreign: Vec<_> = merged
            .difference(&our_docs)
            .filter(|text| text.trim() != NEUTRAL && their_docs.contains(*text))
            .collect();
        assert!(foreign.is_empty(), "{snapshot}: {foreign:#?}");
    }
}

fn docs(api: &Api) -> BTreeSet<String> {
    let text = |doc: &Option<Doc>| doc.as_ref().map(|doc| doc.text.clone());
    let mut docs = BTreeSet::new();
    docs.extend(api.namespaces.iter().filter_map(|it| text(&it.doc)));
    docs.extend(api.aliases.iter().filter_map(|it| text(&it.doc)));
    docs.extend(api.routes.iter().filter_map(|it| text(&it.doc)));
    for it in &api.structs {
        docs.extend(text(&it.doc));
        docs.extend(it.fields.iter().filter_map(|field| text(&field.doc)));
        docs.extend(it.examples.iter().filter_map(|example| text(&example.text)));
    }
    for it in &api.unions {
        docs.extend(text(&it.doc));
        docs.extend(it.tags.iter().filter_map(|tag| text(&tag.doc)));
        docs.extend(it.examples.iter().filter_map(|example| text(&example.text)));
    }
    docs
}

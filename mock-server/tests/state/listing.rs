//! Listings and cursors: a client that follows them ends with the tree that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use mock_server::state::Answered;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::bench::{Bench, USER, each};

/// What a client remembers of a Dropbox: lower-case paths, and revisions of files.
type Mirror = BTreeMap<String, Option<String>>;

/// Applies entries as the documentation of the listing asks for.
fn apply(mirror: &mut Mirror, entries: &Value) {
    for entry in entries.as_array().expect("is a list") {
        let path = entry["path_lower"].as_str().expect("is a text").to_owned();
        if entry[".tag"] != "folder" {
            let below = format!("{path}/");
            mirror.retain(|known, _| *known != path && !known.starts_with(&below));
        }
        match entry[".tag"].as_str() {
            Some("file") => mirror.insert(path, entry["rev"].as_str().map(str::to_owned)),
            Some("folder") => mirror.insert(path, None),
            _ => None,
        };
    }
}

/// Follows a cursor until there is no more, and returns the last one.
fn follow(bench: &mut Bench, mirror: &mut Mirror, mut page: Value) -> String {
    loop {
        apply(mirror, &page["entries"]);
        let cursor = page["cursor"].as_str().expect("is a text").to_owned();
        if page["has_more"] == false {
            return cursor;
        }
        page = next(bench, &cursor);
    }
}

fn next(bench: &mut Bench, cursor: &str) -> Value {
    bench.call(
        USER,
        "files/list_folder/continue",
        json!({ "cursor": cursor }),
    )
}

fn list(bench: &mut Bench, path: &str, recursive: bool, limit: usize) -> Value {
    let arg = json!({ "path": path, "recursive": recursive, "limit": limit });
    bench.call(USER, "files/list_folder", arg)
}

/// The tree as one page tells it.
fn tree(bench: &mut Bench) -> Mirror {
    let mut mirror = Mirror::new();
    let page = list(bench, "", true, 2000);
    assert_eq!(page["has_more"], false);
    apply(&mut mirror, &page["entries"]);
    let ids = each(&page["entries"], "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    mirror
}

const NAMES: [&str; 4] = ["a", "B", "c.txt", "d e"];

fn path() -> impl Strategy<Value = String> {
    let names = vec(prop::sample::select(&NAMES[..]), 1..4);
    names.prop_map(|names| format!("/{}", names.join("/")))
}

/// A change that may fail.
fn change() -> impl Strategy<Value = (&'static str, Value)> {
    let mode = prop::sample::select(vec!["add", "overwrite"]);
    let upload = (path(), mode, any::<bool>()).prop_map(|(path, mode, autorename)| {
        (
            "files/upload",
            json!({ "path": path, "mode": mode, "autorename": autorename }),
        )
    });
    let folder = path().prop_map(|path| ("files/create_folder:2", json!({ "path": path })));
    let delete = prop::sample::select(vec!["files/delete:2", "files/permanently_delete"]);
    let delete = (delete, path()).prop_map(|(route, path)| (route, json!({ "path": path })));
    let relocate = prop::sample::select(vec!["files/move:2", "files/copy:2"]);
    let relocate =
        (relocate, path(), path(), any::<bool>()).prop_map(|(route, from, to, autorename)| {
            (
                route,
                json!({ "from_path": from, "to_path": to, "autorename": autorename }),
            )
        });
    prop_oneof![3 => upload, 1 => folder, 2 => delete, 3 => relocate]
}

/// Changes, and now and then a page of a listing.
fn story() -> impl Strategy<Value = Vec<(Option<(&'static str, Value)>, u8)>> {
    vec((prop::option::weighted(0.8, change()), any::<u8>()), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn who_follows_the_cursor_sees_the_tree(story in story(), limit in 1_usize..6) {
        let mut bench = Bench::new();
        let mut mirror = Mirror::new();
        let mut page = list(&mut bench, "", true, limit);
        apply(&mut mirror, &page["entries"]);
        for (change, content) in story {
            match change {
                Some((route, arg)) => {
                    let body: &[u8] = if route == "files/upload" { &[content] } else { b"" };
                    bench.ask(USER, route, arg, body);
                }
                None => {
                    let cursor = page["cursor"].as_str().expect("is a text").to_owned();
                    page = next(&mut bench, &cursor);
                    apply(&mut mirror, &page["entries"]);
                }
            }
        }
        let cursor = page["cursor"].as_str().expect("is a text").to_owned();
        let page = next(&mut bench, &cursor);
        follow(&mut bench, &mut mirror, page);
        prop_assert_eq!(&mirror, &tree(&mut bench));
        let mut afresh = Mirror::new();
        let page = list(&mut bench, "", true, limit);
        follow(&mut bench, &mut afresh, page);
        prop_assert_eq!(mirror, afresh);
    }
}

#[test]
fn a_listing_is_of_one_folder_unless_it_is_recursive() {
    let mut bench = Bench::new();
    for path in ["/a/b/c.txt", "/a/d.txt", "/a-b", "/ab/x"] {
        bench.upload(path, b"x");
    }
    let page = list(&mut bench, "/A", false, 10);
    assert_eq!(each(&page["entries"], "path_lower"), ["/a/b", "/a/d.txt"]);
    let page = list(&mut bench, "/a", true, 10);
    assert_eq!(
        each(&page["entries"], "path_lower"),
        ["/a", "/a/b", "/a/b/c.txt", "/a/d.txt"]
    );
    let page = list(&mut bench, "", false, 10);
    assert_eq!(each(&page["entries"], "path_lower"), ["/a", "/a-b", "/ab"]);
    bench.call(USER, "files/delete:2", json!({ "path": "/a/b" }));
    let arg = json!({ "path": "/a", "include_deleted": true });
    let page = bench.call(USER, "files/list_folder", arg);
    assert_eq!(each(&page["entries"], ".tag"), ["deleted", "file"]);
}

#[test]
fn the_same_cursor_tells_the_same_again() {
    let mut bench = Bench::new();
    for number in 0..5 {
        bench.upload(&format!("/{number}"), b"x");
    }
    let page = list(&mut bench, "", false, 2);
    let cursor = page["cursor"].as_str().expect("is a text").to_owned();
    let (first, second) = (next(&mut bench, &cursor), next(&mut bench, &cursor));
    assert_eq!(first["entries"], second["entries"]);
    assert_eq!(each(&first["entries"], "name"), ["2", "3"]);
}

#[test]
fn the_latest_cursor_sees_later_changes_only() {
    let mut bench = Bench::new();
    bench.upload("/old", b"x");
    let arg = json!({ "path": "", "recursive": true });
    let latest = bench.call(USER, "files/list_folder/get_latest_cursor", arg);
    let cursor = latest["cursor"].as_str().expect("is a text").to_owned();
    assert_eq!(next(&mut bench, &cursor)["entries"], json!([]));
    bench.upload("/new", b"x");
    assert_eq!(each(&next(&mut bench, &cursor)["entries"], "name"), ["new"]);
}

#[test]
fn a_poll_waits_until_something_changes_there() {
    let mut bench = Bench::new();
    bench.upload("/a/x", b"x");
    let arg = json!({ "path": "/a" });
    let cursor = bench.call(USER, "files/list_folder/get_latest_cursor", arg)["cursor"].clone();
    let poll = |bench: &mut Bench| {
        let arg = json!({ "cursor": cursor, "timeout": 60 });
        bench.ask(
            mock_server::state::Caller::Nobody,
            "files/list_folder/longpoll",
            arg,
            b"",
        )
    };
    let pending = Answered::Pending {
        at_most: Duration::from_secs(60),
        otherwise: json!({ "changes": false }),
    };
    assert_eq!(poll(&mut bench), pending);
    let version = bench.world.version();
    bench.upload("/b", b"x");
    assert!(bench.world.version() > version);
    assert_eq!(poll(&mut bench), pending, "it changed elsewhere");
    bench.upload("/a/y", b"x");
    assert_eq!(
        poll(&mut bench),
        Answered::Result(json!({ "changes": true }))
    );
    bench.world.expire_cursors();
    assert_eq!(
        poll(&mut bench),
        Answered::Error(json!({ ".tag": "reset" }))
    );
}

#[test]
fn cursors_end_with_their_folder_or_when_they_expire() {
    let mut bench = Bench::new();
    bench.upload("/a/x", b"x");
    let of_folder = list(&mut bench, "/a", false, 9)["cursor"].clone();
    let of_root = list(&mut bench, "", false, 9)["cursor"].clone();
    bench.call(USER, "files/delete:2", json!({ "path": "/a" }));
    let route = "files/list_folder/continue";
    assert_eq!(
        bench.error(USER, route, json!({ "cursor": of_folder })),
        "path/not_found"
    );
    bench.world.expire_cursors();
    assert_eq!(
        bench.error(USER, route, json!({ "cursor": of_root })),
        "reset"
    );
    assert_eq!(
        bench.error(USER, route, json!({ "cursor": "unknown" })),
        "reset"
    );
}

#[test]
fn the_root_is_an_empty_path() {
    let mut bench = Bench::new();
    let answered = bench.ask(USER, "files/list_folder", json!({ "path": "/" }), b"");
    assert!(
        matches!(answered, Answered::Refused { status: 400, .. }),
        "{answered:?}"
    );
}

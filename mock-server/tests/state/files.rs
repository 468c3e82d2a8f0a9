//! The tree: what is written, where it goes when something is there, what can be read of it.

use std::io::{Cursor, Read};

use serde_json::{Value, json};

use crate::bench::{Bench, USER, each};

fn write(bench: &mut Bench, arg: Value, content: &[u8]) -> Value {
    bench.send(USER, "files/upload", arg, content)
}

#[test]
fn paths_keep_their_case_and_do_not_differ_by_it() {
    let mut bench = Bench::new();
    bench.call(USER, "files/create_folder:2", json!({ "path": "/Reports" }));
    let file = bench.upload("/REPORTS/Été.txt", b"warm");
    assert_eq!(file["path_display"], "/Reports/Été.txt");
    assert_eq!(file["path_lower"], "/reports/été.txt");
    let again = bench.call(
        USER,
        "files/get_metadata",
        json!({ "path": "/reports/ÉTÉ.TXT" }),
    );
    assert_eq!(again["id"], file["id"]);
    assert_eq!(again[".tag"], "file");
}

#[test]
fn one_file_has_many_names() {
    let mut bench = Bench::new();
    let first = bench.upload("/a/b.txt", b"one");
    bench.upload("/a/b.txt", b"two");
    let download = |bench: &mut Bench, path: &str| {
        bench.content(USER, "files/download", json!({ "path": path }))
    };
    assert_eq!(download(&mut bench, "/a/b.txt"), "two");
    assert_eq!(
        download(&mut bench, first["id"].as_str().expect("is a text")),
        "two"
    );
    assert_eq!(
        download(
            &mut bench,
            &format!("rev:{}", first["rev"].as_str().expect("is a text"))
        ),
        "one"
    );
    let account = bench.call(USER, "users/get_current_account", Value::Null);
    let namespace = account["root_info"]["root_namespace_id"]
        .as_str()
        .expect("is a text")
        .to_owned();
    assert_eq!(
        download(&mut bench, &format!("ns:{namespace}/A/B.TXT")),
        "two"
    );
    let folder = bench.call(USER, "files/get_metadata", json!({ "path": "/a" }));
    assert_eq!(
        download(
            &mut bench,
            &format!("{}/b.txt", folder["id"].as_str().expect("is a text"))
        ),
        "two"
    );
}

#[test]
fn what_is_not_there_is_told_apart() {
    let mut bench = Bench::new();
    bench.upload("/a/b.txt", b"one");
    let mut error = |route: &str, path: &str| bench.error(USER, route, json!({ "path": path }));
    assert_eq!(error("files/download", "/x"), "path/not_found");
    assert_eq!(error("files/download", "/a"), "path/not_file");
    assert_eq!(error("files/download", "/a//b.txt"), "path/malformed_path");
    assert_eq!(error("files/download", "rev:0123456789"), "path/not_found");
    assert_eq!(error("files/list_folder", "/a/b.txt"), "path/not_folder");
    assert_eq!(error("files/list_folder", "/x"), "path/not_found");
    assert_eq!(error("files/get_metadata", "id:x"), "path/not_found");
    assert_eq!(error("files/delete:2", "/x"), "path_lookup/not_found");
    assert_eq!(error("files/download_zip", "/a/b.txt"), "path/not_folder");
}

#[test]
fn a_file_in_the_way_is_left_alone_unless_told() {
    let mut bench = Bench::new();
    let first = write(&mut bench, json!({ "path": "/notes.txt" }), b"one");
    let same = write(&mut bench, json!({ "path": "/notes.txt" }), b"one");
    assert_eq!(
        same["rev"], first["rev"],
        "identical content is not written again"
    );
    let add = json!({ "path": "/notes.txt", "mode": "add" });
    assert_eq!(
        bench.refuse(USER, "files/upload", add, b"two"),
        "path/conflict/file"
    );
    let strict = json!({ "path": "/notes.txt", "strict_conflict": true });
    assert_eq!(
        bench.refuse(USER, "files/upload", strict, b"one"),
        "path/conflict/file"
    );
    let renamed = write(
        &mut bench,
        json!({ "path": "/notes.txt", "autorename": true }),
        b"two",
    );
    assert_eq!(renamed["name"], "notes (2).txt");
    let over = write(
        &mut bench,
        json!({ "path": "/notes.txt", "mode": "overwrite" }),
        b"three",
    );
    assert_eq!(over["id"], first["id"]);
    assert_ne!(over["rev"], first["rev"]);
}

#[test]
fn an_update_needs_the_revision_that_is_there() {
    let mut bench = Bench::new();
    let first = write(&mut bench, json!({ "path": "/notes.txt" }), b"one");
    let update = |rename: bool| {
        json!({
            "path": "/notes.txt",
            "mode": { ".tag": "update", "update": first["rev"] },
            "autorename": rename,
        })
    };
    let second = write(&mut bench, update(false), b"two");
    assert_eq!(second["id"], first["id"]);
    assert_eq!(
        bench.refuse(USER, "files/upload", update(false), b"three"),
        "path/conflict/file"
    );
    let copy = write(&mut bench, update(true), b"three");
    assert_eq!(copy["name"], "notes (conflicted copy).txt");
    let copy = write(&mut bench, update(true), b"four");
    assert_eq!(copy["name"], "notes (conflicted copy 2).txt");
    bench.call(USER, "files/delete:2", json!({ "path": "/notes.txt" }));
    let mut strict = update(false);
    strict["strict_conflict"] = true.into();
    assert_eq!(
        bench.refuse(USER, "files/upload", strict, b"five"),
        "path/conflict/file"
    );
    write(&mut bench, update(false), b"five");
}

#[test]
fn what_cannot_be_stored_is_kept_in_a_session() {
    let mut bench = Bench::new();
    bench.upload("/a", b"file");
    let arg = json!({ "path": "/a/b.txt" });
    let answered = bench.ask(USER, "files/upload", arg, b"content");
    let mock_server::state::Answered::Error(error) = answered else {
        panic!("{answered:?}")
    };
    assert_eq!(crate::bench::tags(&error), "path/conflict/file_ancestor");
    let cursor = json!({ "session_id": error["upload_session_id"], "offset": 7 });
    let finish = json!({ "cursor": cursor, "commit": { "path": "/b.txt" } });
    let file = bench.send(USER, "files/upload_session/finish", finish, b"");
    assert_eq!(file["size"], 7);
}

#[test]
fn names_that_systems_use_are_refused() {
    let mut bench = Bench::new();
    let arg = json!({ "path": "/a/Thumbs.db" });
    assert_eq!(
        bench.refuse(USER, "files/upload", arg, b"x"),
        "path/disallowed_name"
    );
    let arg = json!({ "path": "/a/.." });
    assert_eq!(
        bench.error(USER, "files/create_folder:2", arg),
        "path/malformed_path"
    );
}

#[test]
fn content_hashes_are_told_and_checked() {
    let mut bench = Bench::new();
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let file = write(
        &mut bench,
        json!({ "path": "/empty", "content_hash": nothing }),
        b"",
    );
    assert_eq!(file["content_hash"], nothing);
    let arg = json!({ "path": "/full", "content_hash": nothing });
    assert_eq!(
        bench.refuse(USER, "files/upload", arg, b"x"),
        "content_hash_mismatch"
    );
}

#[test]
fn folders_are_made_once() {
    let mut bench = Bench::new();
    let made = bench.call(USER, "files/create_folder:2", json!({ "path": "/a/b" }));
    assert_eq!(made["metadata"]["path_display"], "/a/b");
    let arg = json!({ "path": "/A/B" });
    assert_eq!(
        bench.error(USER, "files/create_folder:2", arg),
        "path/conflict/folder"
    );
    let arg = json!({ "path": "/A/B", "autorename": true });
    let made = bench.call(USER, "files/create_folder:2", arg);
    assert_eq!(made["metadata"]["path_display"], "/a/B (2)");
}

#[test]
fn folders_are_made_in_batches() {
    let mut bench = Bench::new();
    bench.upload("/file", b"x");
    let arg = json!({ "paths": ["/a", "/A", "/file/b"] });
    let made = bench.call(USER, "files/create_folder_batch", arg);
    assert_eq!(made[".tag"], "complete");
    let entries = &made["entries"];
    assert_eq!(entries[0], entries[1]);
    assert_eq!(
        crate::bench::tags(&entries[2]),
        "failure/path/conflict/file_ancestor"
    );
    let arg = json!({ "paths": ["/c"], "force_async": true });
    let done = bench.job(
        USER,
        "files/create_folder_batch",
        "files/create_folder_batch/check",
        arg,
    );
    assert_eq!(done["entries"][0][".tag"], "success");
}

#[test]
fn moves_keep_ids_and_copies_do_not() {
    let mut bench = Bench::new();
    let file = bench.upload("/a/b/c.txt", b"one");
    let arg = json!({ "from_path": "/a", "to_path": "/x/y" });
    let moved = bench.call(USER, "files/move:2", arg);
    assert_eq!(moved["metadata"]["path_display"], "/x/y");
    let there = bench.call(
        USER,
        "files/get_metadata",
        json!({ "path": "/X/Y/B/C.txt" }),
    );
    assert_eq!(there["id"], file["id"]);
    assert_eq!(there["path_display"], "/x/y/b/c.txt");
    assert_eq!(
        bench.error(USER, "files/get_metadata", json!({ "path": "/a/b" })),
        "path/not_found"
    );
    let arg = json!({ "from_path": "/x", "to_path": "/z" });
    bench.call(USER, "files/copy:2", arg);
    let copy = bench.call(
        USER,
        "files/get_metadata",
        json!({ "path": "/z/y/b/c.txt" }),
    );
    assert_ne!(copy["id"], file["id"]);
    assert_eq!(
        bench.content(USER, "files/download", json!({ "path": "/z/y/b/c.txt" })),
        "one"
    );
}

#[test]
fn relocations_say_why_not() {
    let mut bench = Bench::new();
    bench.upload("/a/b.txt", b"one");
    bench.upload("/c.txt", b"two");
    let mut error = |route: &str, from: &str, to: &str| {
        bench.error(USER, route, json!({ "from_path": from, "to_path": to }))
    };
    assert_eq!(error("files/move:2", "/x", "/y"), "from_lookup/not_found");
    assert_eq!(
        error("files/move:2", "/a", "/a/d"),
        "cant_move_folder_into_itself"
    );
    assert_eq!(
        error("files/move:2", "/a", "/A"),
        "duplicated_or_nested_paths"
    );
    assert_eq!(error("files/copy:2", "/a", "/c.txt"), "to/conflict/file");
    assert_eq!(error("files/copy:2", "/c.txt", "/a"), "to/conflict/folder");
    assert_eq!(
        error("files/copy:2", "/a", "/c.txt/d"),
        "to/conflict/file_ancestor"
    );
    let arg = json!({ "from_path": "/a", "to_path": "/c.txt", "autorename": true });
    assert_eq!(
        bench.call(USER, "files/copy:2", arg)["metadata"]["name"],
        "c (2).txt"
    );
}

#[test]
fn a_batch_of_the_first_version_succeeds_or_changes_nothing() {
    let mut bench = Bench::new();
    bench.upload("/a", b"one");
    let pair = |from: &str, to: &str| json!({ "from_path": from, "to_path": to });
    let arg = json!({ "entries": [pair("/a", "/b"), pair("/x", "/y")] });
    let done = bench.job(
        USER,
        "files/move_batch",
        "files/move_batch/check",
        arg.clone(),
    );
    assert_eq!(crate::bench::tags(&done), "failed/from_lookup/not_found");
    bench.call(USER, "files/get_metadata", json!({ "path": "/a" }));
    let done = bench.job(USER, "files/move_batch:2", "files/move_batch/check:2", arg);
    assert_eq!(each(&done["entries"], ".tag"), ["success", "failure"]);
    bench.call(USER, "files/get_metadata", json!({ "path": "/b" }));
}

#[test]
fn jobs_take_as_many_polls_as_is_said_and_belong_to_who_launched_them() {
    let mut bench = Bench::new();
    bench.world.set_job_polls(3);
    let launch = |bench: &mut Bench| {
        let arg = json!({ "entries": [{ "path": "/a" }] });
        bench.call(USER, "files/delete_batch", arg)
    };
    let job = json!({ "async_job_id": launch(&mut bench)["async_job_id"] });
    for _ in 0..3 {
        let check = bench.call(USER, "files/delete_batch/check", job.clone());
        assert_eq!(check[".tag"], "in_progress");
    }
    let check = bench.call(USER, "files/delete_batch/check", job.clone());
    assert_eq!(
        crate::bench::tags(&check["entries"][0]),
        "failure/path_lookup/not_found"
    );
    let other = mock_server::state::Caller::User("somebody else");
    let error = bench.error(other, "files/delete_batch/check", job.clone());
    assert_eq!(error, "invalid_async_job_id");
    assert_eq!(
        bench.error(USER, "files/copy_batch/check:2", job),
        "invalid_async_job_id"
    );
    bench.world.set_job_polls(0);
    bench.upload("/a", b"x");
    let arg = json!({ "entries": [{ "from_path": "/a", "to_path": "/b" }] });
    assert_eq!(
        bench.call(USER, "files/copy_batch:2", arg)[".tag"],
        "complete"
    );
}

#[test]
fn what_was_deleted_can_be_seen_and_restored() {
    let mut bench = Bench::new();
    let first = bench.upload("/a/b.txt", b"one");
    bench.upload("/a/b.txt", b"two");
    let arg = json!({ "path": "/a/b.txt", "parent_rev": first["rev"] });
    assert_eq!(
        bench.error(USER, "files/delete:2", arg),
        "path_write/conflict/file"
    );
    bench.call(USER, "files/delete:2", json!({ "path": "/a" }));
    let arg = json!({ "path": "/a/b.txt", "include_deleted": true });
    assert_eq!(
        bench.call(USER, "files/get_metadata", arg)[".tag"],
        "deleted"
    );
    let revisions = bench.call(USER, "files/list_revisions", json!({ "path": "/a/b.txt" }));
    assert_eq!(revisions["is_deleted"], true);
    assert!(revisions["server_deleted"].is_string());
    assert_eq!(revisions["entries"][1]["rev"], first["rev"]);
    let arg = json!({ "path": "/a/b.txt", "rev": first["rev"] });
    let restored = bench.call(USER, "files/restore", arg);
    assert_eq!(restored["content_hash"], first["content_hash"]);
    assert_eq!(
        bench.content(USER, "files/download", json!({ "path": "/a/b.txt" })),
        "one"
    );
    bench.call(
        USER,
        "files/permanently_delete",
        json!({ "path": "/a/b.txt" }),
    );
    let arg = json!({ "path": "/a/b.txt", "include_deleted": true });
    assert_eq!(
        bench.error(USER, "files/get_metadata", arg),
        "path/not_found"
    );
    let arg = json!({ "path": "/c.txt", "rev": first["rev"] });
    assert_eq!(bench.error(USER, "files/restore", arg), "invalid_revision");
}

#[test]
fn what_was_moved_is_not_deleted_by_its_id() {
    let mut bench = Bench::new();
    let first = bench.upload("/a.txt", b"one");
    let relocation = json!({ "from_path": "/a.txt", "to_path": "/b.txt" });
    bench.call(USER, "files/move:2", relocation);
    let arg = json!({ "path": first["id"], "include_deleted": true });
    let there = bench.call(USER, "files/get_metadata", arg.clone());
    assert_eq!(there["path_lower"], "/b.txt");
    let by_path = json!({ "path": "/a.txt", "include_deleted": true });
    assert_eq!(
        bench.call(USER, "files/get_metadata", by_path)[".tag"],
        "deleted"
    );
    let restore = json!({ "path": "/a.txt", "rev": first["rev"] });
    let restored = bench.call(USER, "files/restore", restore);
    assert_ne!(restored["id"], first["id"], "that one is elsewhere");
    bench.call(
        USER,
        "files/permanently_delete",
        json!({ "path": first["id"] }),
    );
    assert_eq!(
        bench.error(USER, "files/get_metadata", arg),
        "path/not_found"
    );
    bench.call(USER, "files/get_metadata", json!({ "path": "/a.txt" }));
}

#[test]
fn revisions_come_page_by_page_and_follow_an_id() {
    let mut bench = Bench::new();
    let revs: Vec<_> = (0..5)
        .map(|n| bench.upload("/a.txt", format!("{n}").as_bytes())["rev"].clone())
        .collect();
    let arg = json!({ "path": "/a.txt", "limit": 2 });
    let page = bench.call(USER, "files/list_revisions", arg);
    assert_eq!(
        each(&page["entries"], "rev"),
        [&revs[4], &revs[3]].map(|rev| rev.as_str().expect("is a text"))
    );
    assert_eq!(page["has_more"], true);
    let arg = json!({ "path": "/a.txt", "limit": 3, "before_rev": revs[3] });
    let page = bench.call(USER, "files/list_revisions", arg);
    assert_eq!(page["entries"].as_array().map(Vec::len), Some(3));
    assert_eq!(page["has_more"], false);
    bench.call(
        USER,
        "files/move:2",
        json!({ "from_path": "/a.txt", "to_path": "/b.txt" }),
    );
    let by_path = bench.call(USER, "files/list_revisions", json!({ "path": "/b.txt" }));
    assert_eq!(by_path["entries"].as_array().map(Vec::len), Some(1));
    let by_id = bench.call(
        USER,
        "files/list_revisions",
        json!({ "path": "/b.txt", "mode": "id" }),
    );
    assert_eq!(by_id["entries"].as_array().map(Vec::len), Some(6));
    let arg = json!({ "path": "/b.txt", "mode": "id", "before_rev": revs[3] });
    assert_eq!(
        bench.error(USER, "files/list_revisions", arg),
        "before_rev_not_supported"
    );
}

#[test]
fn a_folder_comes_as_a_zip() {
    let mut bench = Bench::new();
    bench.upload("/a/Docs/one.txt", b"1");
    bench.upload("/a/Docs/Sub/two.txt", b"22");
    let zip = bench.content(USER, "files/download_zip", json!({ "path": "/a/docs" }));
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).expect("is a zip");
    let names: Result<Vec<_>, _> = zip
        .file_names()
        .map(|name| name.map(String::from))
        .collect();
    assert_eq!(
        names.expect("are texts"),
        ["Docs/", "Docs/one.txt", "Docs/Sub/", "Docs/Sub/two.txt"]
    );
    let mut content = String::new();
    let mut file = zip.by_name("Docs/Sub/two.txt").expect("is there");
    file.read_to_string(&mut content).expect("is a text");
    assert_eq!(content, "22");
}

#[test]
fn a_search_looks_at_names() {
    let mut bench = Bench::new();
    for path in [
        "/Plan A.txt",
        "/x/plan b.md",
        "/x/other.txt",
        "/plans/y.txt",
    ] {
        bench.upload(path, b"x");
    }
    let found = |result: &Value| -> Vec<String> {
        let matches = result["matches"].as_array().expect("is a list");
        let path = |found: &Value| {
            found["metadata"]["metadata"]["path_lower"]
                .as_str()
                .map(str::to_owned)
        };
        matches.iter().filter_map(path).collect()
    };
    let arg = json!({ "query": "PLAN", "options": { "max_results": 2 } });
    let first = bench.call(USER, "files/search:2", arg);
    assert_eq!(found(&first), ["/plan a.txt", "/plans"]);
    assert_eq!(first["has_more"], true);
    let second = bench.call(
        USER,
        "files/search/continue:2",
        json!({ "cursor": first["cursor"] }),
    );
    assert_eq!(found(&second), ["/x/plan b.md"]);
    assert_eq!(second["has_more"], false);
    let arg = json!({ "query": "plan", "options": { "path": "/x", "file_extensions": ["md"] } });
    assert_eq!(
        found(&bench.call(USER, "files/search:2", arg)),
        ["/x/plan b.md"]
    );
}

#[test]
fn space_is_what_the_files_take() {
    let mut bench = Bench::new();
    bench.upload("/a", b"12345");
    bench.upload("/b/c", b"123");
    assert_eq!(
        bench.call(USER, "users/get_space_usage", Value::Null)["used"],
        8
    );
    let other = mock_server::state::Caller::User("somebody else");
    assert_eq!(
        bench.call(other, "users/get_space_usage", Value::Null)["used"],
        0
    );
}

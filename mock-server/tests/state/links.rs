//! Shared links: who may open what.

use mock_server::state::{Answered, Caller};
use serde_json::{Value, json};

use crate::bench::{Bench, USER, each};

const CREATE: &str = "sharing/create_shared_link_with_settings";
const METADATA: &str = "sharing/get_shared_link_metadata";
const FILE: &str = "sharing/get_shared_link_file";
const LIST: &str = "sharing/list_shared_links";
const MODIFY: &str = "sharing/modify_shared_link_settings";
const REVOKE: &str = "sharing/revoke_shared_link";
const OTHER: Caller<'static> = Caller::User("somebody else");

fn link(bench: &mut Bench, path: &str) -> Value {
    bench.call(USER, CREATE, json!({ "path": path }))["url"].clone()
}

#[test]
fn a_link_opens_for_others_until_it_is_revoked() {
    let mut bench = Bench::new();
    bench.upload("/a/b.txt", b"content");
    let url = link(&mut bench, "/a/b.txt");
    let arg = json!({ "url": url });
    assert_eq!(bench.content(OTHER, FILE, arg.clone()), "content");
    assert_eq!(bench.content(Caller::App, FILE, arg.clone()), "content");
    let theirs = bench.call(OTHER, METADATA, arg.clone());
    assert_eq!(theirs["link_permissions"]["can_revoke"], false);
    assert!(theirs["path_lower"].is_null());
    assert_eq!(
        bench.call(USER, METADATA, arg.clone())["path_lower"],
        "/a/b.txt"
    );
    assert_eq!(
        bench.error(OTHER, REVOKE, arg.clone()),
        "shared_link_access_denied"
    );
    bench.call(USER, REVOKE, arg.clone());
    assert_eq!(
        bench.error(OTHER, METADATA, arg.clone()),
        "shared_link_not_found"
    );
    assert_eq!(bench.error(USER, REVOKE, arg), "shared_link_not_found");
    assert_eq!(
        bench.error(USER, REVOKE, json!({ "url": "b" })),
        "shared_link_malformed"
    );
}

#[test]
fn a_path_has_one_link() {
    let mut bench = Bench::new();
    bench.upload("/a/b.txt", b"content");
    assert_eq!(
        bench.error(USER, CREATE, json!({ "path": "/x" })),
        "path/not_found"
    );
    let url = link(&mut bench, "/a");
    let answered = bench.ask(USER, CREATE, json!({ "path": "/A" }), b"");
    let Answered::Error(error) = answered else {
        panic!("{answered:?}")
    };
    assert_eq!(error["shared_link_already_exists"]["metadata"]["url"], url);
    let arg = json!({ "path": "/a", "settings": { "audience": "team" } });
    let answered = bench.ask(USER, CREATE, arg, b"");
    assert_eq!(
        answered,
        Answered::Error(json!({ ".tag": "shared_link_already_exists" }))
    );
}

#[test]
fn a_link_to_a_folder_leads_into_it() {
    let mut bench = Bench::new();
    bench.upload("/a/b/c.txt", b"content");
    let url = link(&mut bench, "/a");
    assert_eq!(
        bench.error(OTHER, FILE, json!({ "url": url })),
        "shared_link_is_directory"
    );
    assert_eq!(
        bench.content(OTHER, FILE, json!({ "url": url, "path": "/b/C.txt" })),
        "content"
    );
    assert_eq!(
        bench.error(OTHER, FILE, json!({ "url": url, "path": "/../x" })),
        "shared_link_not_found"
    );
    let arg = json!({ "path": "/b", "shared_link": { "url": url } });
    let listed = bench.call(Caller::App, "files/list_folder", arg);
    assert_eq!(each(&listed["entries"], "name"), ["c.txt"]);
}

#[test]
fn passwords_and_dates_close_links() {
    let mut bench = Bench::new();
    bench.upload("/a", b"content");
    let create = |settings: Value| json!({ "path": "/a", "settings": settings });
    let arg = create(json!({ "require_password": true }));
    assert_eq!(
        bench.error(USER, CREATE, arg),
        "settings_error/invalid_settings"
    );
    let arg = create(json!({ "expires": "2020-01-01T00:00:00Z" }));
    assert_eq!(
        bench.error(USER, CREATE, arg),
        "settings_error/invalid_settings"
    );
    let arg = create(json!({ "require_password": true, "link_password": "secret" }));
    let made = bench.call(USER, CREATE, arg);
    assert_eq!(
        made["link_permissions"]["resolved_visibility"][".tag"],
        "password"
    );
    let url = &made["url"];
    assert_eq!(
        bench.error(OTHER, FILE, json!({ "url": url })),
        "shared_link_access_denied"
    );
    let arg = json!({ "url": url, "link_password": "secret" });
    assert_eq!(bench.content(OTHER, FILE, arg), "content");
    let arg = json!({ "url": url, "settings": { "require_password": false, "expires": "2030-01-01T00:00:00Z" } });
    bench.call(USER, MODIFY, arg);
    assert_eq!(bench.content(OTHER, FILE, json!({ "url": url })), "content");
    bench.now += std::time::Duration::from_secs(4 * 366 * 24 * 60 * 60);
    assert_eq!(
        bench.error(OTHER, FILE, json!({ "url": url })),
        "shared_link_access_denied"
    );
    let arg = json!({ "url": url, "settings": {}, "remove_expiration": true });
    assert!(bench.call(USER, MODIFY, arg)["expires"].is_null());
    bench.content(OTHER, FILE, json!({ "url": url }));
}

#[test]
fn links_are_listed_by_path_or_page_by_page() {
    let mut bench = Bench::new();
    for number in 0..101 {
        bench.upload(&format!("/a/{number}"), b"x");
        link(&mut bench, &format!("/a/{number}"));
    }
    let folder = link(&mut bench, "/a");
    let listed = bench.call(USER, LIST, json!({ "path": "/a/7" }));
    assert_eq!(listed["links"].as_array().map(Vec::len), Some(2));
    let listed = bench.call(USER, LIST, json!({ "path": "/a", "direct_only": true }));
    assert_eq!(
        each(&listed["links"], "url"),
        [folder.as_str().expect("is a text")]
    );
    let first = bench.call(USER, LIST, json!({}));
    assert_eq!(first["has_more"], true);
    let second = bench.call(USER, LIST, json!({ "cursor": first["cursor"] }));
    assert_eq!(second["has_more"], false);
    let count = [&first, &second].map(|page| page["links"].as_array().map_or(0, Vec::len));
    assert_eq!(count, [100, 2]);
    assert_eq!(
        bench.error(OTHER, LIST, json!({ "cursor": first["cursor"] })),
        "reset"
    );
    assert_eq!(
        bench.error(USER, LIST, json!({ "path": "/x" })),
        "path/not_found"
    );
}

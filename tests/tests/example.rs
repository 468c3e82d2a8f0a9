//! The example application as its users meet it: a program with a token and a server, and what it says when things
//! go wrong.

use std::process::{Command, Output};

use tests::program::example;
use tests::server::{Recorded, Reply, Server};

fn run(server: &Server, args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(example("team_member_files"))
        .args(args)
        .env("DROPBOX_TEAM_TOKEN", "team-token")
        .env("DROPBOX_API_URL", server.url())
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy")
        .output()
        .expect("the example starts");
    texts(&output)
}

fn texts(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

const MEMBERS: &str = r#"{
    "members": [{"profile": {"team_member_id": "dbmid:1", "email": "kim@example.org", "email_verified": true,
        "status": "active", "membership_type": {".tag": "full"},
        "name": {"given_name": "Kim", "surname": "Lee", "familiar_name": "Kim", "display_name": "Kim Lee",
            "abbreviated_name": "KL"},
        "groups": [], "member_folder_id": "7", "root_folder_id": "7"}}],
    "cursor": "c", "has_more": false}"#;

const FOLDER: &str = r#"{
    "entries": [{".tag": "folder", "name": "photos", "id": "id:abcd"},
        {".tag": "file", "name": "plan.txt", "id": "id:efgh", "client_modified": "2026-01-15T09:30:00Z",
            "server_modified": "2026-01-15T09:30:00Z", "rev": "0123456789abc", "size": 42}],
    "cursor": "c", "has_more": false}"#;

fn answer(request: &Recorded) -> Reply {
    match request.path.as_str() {
        "/2/team/members/list_v2" => Reply::json(200, MEMBERS),
        "/2/files/list_folder" => Reply::json(200, FOLDER),
        path => Reply::text(404, path),
    }
}

#[test]
fn lists_a_folder_of_the_first_active_member() {
    let server = Server::with(answer);
    let (code, out, err) = run(&server, &[]);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(
        out,
        "1 members\nkim@example.org has in \"/\":\n              photos/\n          42  plan.txt\n"
    );
    let requests = server.requests();
    assert_eq!(requests[0].header("dropbox-api-select-user"), None);
    assert_eq!(
        requests[1].header("dropbox-api-select-user"),
        Some("dbmid:1")
    );
}

#[test]
fn says_plainly_what_went_wrong() {
    let not_found = r#"{"error": {".tag": "path", "path": {".tag": "not_found"}}, "error_summary": "path/not_found/."}"#;
    let expired =
        r#"{"error": {".tag": "expired_access_token"}, "error_summary": "expired_access_token/."}"#;
    let cases: [(&str, Reply, &str); 4] = [
        (
            "/2/files/list_folder",
            Reply::json(409, not_found),
            "Dropbox cannot list \"/x\": NotFound",
        ),
        (
            "/2/team/members/list_v2",
            Reply::json(401, expired),
            "check that the token is that of a team app",
        ),
        (
            "/2/team/members/list_v2",
            Reply::text(429, "slow down"),
            "wait, then try again",
        ),
        (
            "/2/team/members/list_v2",
            Reply::text(503, "busy"),
            "try again later",
        ),
    ];
    for (path, reply, expected) in cases {
        let server = Server::with(move |request| {
            if request.path == path {
                reply.clone()
            } else {
                answer(request)
            }
        });
        let (code, _, err) = run(&server, &["kim@example.org", "/x"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains(expected), "{err}");
        assert!(!err.contains("team-token"), "{err}");
    }
}

#[test]
fn asks_for_a_token() {
    let output = Command::new(example("team_member_files"))
        .env_remove("DROPBOX_TEAM_TOKEN")
        .output();
    let (code, _, err) = texts(&output.expect("the example starts"));
    assert_eq!(code, Some(1));
    assert!(err.contains("set DROPBOX_TEAM_TOKEN"), "{err}");
}

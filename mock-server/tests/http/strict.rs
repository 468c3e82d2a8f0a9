//! What the service refuses, the server refuses: with the same status and the same form of body.

use std::time::Duration;

use mock_server::{Grant, MockServer};

use crate::raw::{Ask, Came};
use crate::start;

const PATH: &str = r#"{"path": "/a"}"#;

fn read(server: &MockServer) -> Ask {
    Ask::post(format!("{}/2/shelf/read", server.url()))
}

fn right(server: &MockServer) -> Ask {
    read(server).bearer(server.user_token())
}

/// A 400 with a text that begins with the name of the function and has these words in it.
#[track_caller]
fn assert_bad(came: &Came, words: &str) {
    assert_eq!(came.status, 400, "{came:?}");
    assert_eq!(
        came.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let text = came.text();
    assert!(
        text.starts_with("Error in call to API function \"shelf/"),
        "{text}"
    );
    assert!(text.contains(words), "{text}");
}

#[track_caller]
fn assert_unauthorized(came: &Came, tag: &str) {
    assert_eq!(came.status, 401, "{came:?}");
    assert_eq!(came.header("content-type"), Some("application/json"));
    assert_eq!(came.json()["error"][".tag"], tag);
    assert_eq!(came.summary(), format!("{tag}/.."));
}

#[test]
fn what_is_right_is_taken() {
    let server = start();
    let url = server.url();
    let (user, team) = (server.user_token(), server.team_token());
    for (ask, what) in [
        (right(&server).json(PATH), "user"),
        (
            read(&server)
                .json(PATH)
                .header("Authorization", format!("Bearer {user}"))
                .header("Dropbox-API-User-Locale", "pt-BR"),
            "locale",
        ),
        (
            right(&server)
                .header("Content-Type", "application/json; charset=utf-8")
                .body(PATH),
            "charset",
        ),
        (
            right(&server)
                .header("Content-Type", "text/plain; charset=dropbox-cors-hack")
                .body(PATH),
            "browser",
        ),
        (
            right(&server)
                .json(PATH)
                .header("Dropbox-API-Path-Root", r#"{".tag":"home"}"#),
            "root",
        ),
        (
            Ask::post(format!("{url}/2/shelf/read?authorization=Bearer%20{user}")).json(PATH),
            "query",
        ),
        (
            Ask::post(format!("{url}/2/shelf/put"))
                .bearer(user)
                .upload(r#"{"path":"/\u00e9"}"#, "x"),
            "upload",
        ),
        (
            Ask::post(format!("{url}/2/shelf/put?arg=%7B%22path%22%3A%22/a%22%7D"))
                .bearer(user)
                .header("Content-Type", "application/octet-stream"),
            "arg in the URL",
        ),
        (
            Ask::post(format!("{url}/2/shelf/fetch"))
                .bearer(user)
                .header("Dropbox-API-Arg", PATH),
            "download",
        ),
        (
            Ask::post(format!(
                "{url}/2/shelf/fetch?arg=%7B%22path%22%3A%22/a%22%7D"
            ))
            .method("GET")
            .bearer(user),
            "GET",
        ),
        (
            Ask::post(format!("{url}/2/shelf/staff"))
                .bearer(team)
                .json("null"),
            "team",
        ),
        (
            Ask::post(format!("{url}/2/shelf/staff")).bearer(team),
            "no argument",
        ),
        (
            Ask::post(format!("{url}/2/shelf/count"))
                .bearer(user)
                .json(PATH),
            "a user of both",
        ),
        (
            Ask::post(format!("{url}/2/shelf/count"))
                .basic(server.app())
                .json(PATH),
            "an app of both",
        ),
        (
            Ask::post(format!("{url}/2/shelf/key"))
                .basic(server.team_app())
                .json("null"),
            "app",
        ),
        (
            Ask::post(format!("{url}/2/shelf/wait")).json("null"),
            "nobody",
        ),
        (
            Ask::post(format!("{url}/2/shelf/read_v2"))
                .bearer(user)
                .json(PATH),
            "second version",
        ),
    ] {
        let came = ask.send();
        assert_eq!(came.status, 200, "{what}: {came:?}");
        assert_eq!(came.header("x-dropbox-request-id").map(str::len), Some(32));
    }
    assert_eq!(server.violations(), []);
}

#[test]
fn heads_are_checked() {
    let server = start();
    assert_bad(&right(&server).method("PUT").json(PATH).send(), "POST");
    assert_bad(&right(&server).method("GET").send(), "POST");
    assert_bad(&right(&server).body(PATH).send(), "Content-Type");
    let form = "application/x-www-form-urlencoded";
    assert_bad(
        &right(&server)
            .header("Content-Type", form)
            .body(PATH)
            .send(),
        "Content-Type",
    );
    let locale = right(&server)
        .json(PATH)
        .header("Dropbox-API-User-Locale", "pt_BR");
    assert_bad(&locale.send(), "pt_BR");
    let fetch = Ask::post(format!("{}/2/shelf/fetch", server.url())).bearer(server.user_token());
    assert_bad(
        &fetch
            .header("Content-Type", form)
            .header("Dropbox-API-Arg", PATH)
            .send(),
        "Content-Type",
    );
    let unknown = Ask::post(format!("{}/2/shelf/unknown", server.url()))
        .bearer("x")
        .json("null")
        .send();
    assert_eq!(
        (unknown.status, unknown.text().as_str()),
        (400, "Unknown API function: \"shelf/unknown\"")
    );
    assert_eq!(Ask::post(format!("{}/x", server.url())).send().status, 404);
    assert_eq!(server.violations().len(), 8);
}

#[test]
fn hosts_are_told_apart() {
    let server = start();
    let send = |base: &str| {
        Ask::post(format!("{base}/2/shelf/put"))
            .bearer(server.user_token())
            .upload(PATH, "x")
            .send()
    };
    assert_eq!(send(server.host_url("content")).status, 200);
    assert_eq!(send(&format!("{}/content", server.url())).status, 200);
    assert_bad(
        &send(server.host_url("api")),
        "on the host \"content\", not on \"api\"",
    );
    assert_bad(
        &send(&format!("{}/notify", server.url())),
        "not on \"notify\"",
    );
    let hosts: Vec<_> = server.hosts().map(|(host, _)| host).collect();
    assert_eq!(hosts, ["api", "content", "notify", "web"]);
}

#[test]
fn arguments_are_checked() {
    let server = start();
    for (body, words) in [
        ("{", "request body: EOF"),
        (r#"{"path": "/a", "path": "/b"}"#, "comes twice"),
        ("{}", "missing required field \"path\""),
        (
            r#"{"path": "a"}"#,
            "path: \"a\" does not match the pattern \"/.*\"",
        ),
        (r#"{"path": "/a", "colour": 1}"#, "unknown field \"colour\""),
        (
            r#"{"path": "/a", "deep": null}"#,
            "deep: expected a boolean, got null",
        ),
        ("null", "expected an object"),
        ("", "EOF"),
    ] {
        assert_bad(&right(&server).json(body).send(), words);
    }
    let both = right(&server).json(PATH).header("Dropbox-API-Arg", PATH);
    assert_bad(&both.send(), "the argument is the body");
    let put = |arg: &[u8]| {
        let ask = Ask::post(format!("{}/2/shelf/put", server.url())).bearer(server.user_token());
        ask.header("Content-Type", "application/octet-stream")
            .header("Dropbox-API-Arg", arg)
            .body("x")
            .send()
    };
    assert_bad(
        &put("{\"path\": \"/é\"}".as_bytes()),
        "\"Dropbox-API-Arg\": byte 0xc3 is not allowed",
    );
    // Such a byte is no part of HTTP at all.
    assert_eq!(put(b"{\"path\": \"/\x7f\"}").status, 400);
    assert_bad(&put(b"{"), "HTTP header \"Dropbox-API-Arg\": EOF");
    let none = Ask::post(format!("{}/2/shelf/put", server.url())).bearer(server.user_token());
    assert_bad(
        &none
            .header("Content-Type", "application/octet-stream")
            .send(),
        "\"Dropbox-API-Arg\" is missing",
    );
    let fetch = Ask::post(format!("{}/2/shelf/fetch", server.url())).bearer(server.user_token());
    assert_bad(
        &fetch.header("Dropbox-API-Arg", PATH).body("x").send(),
        "must be empty",
    );
    let root = right(&server)
        .json(PATH)
        .header("Dropbox-API-Path-Root", r#"{".tag":"root","root":"x"}"#);
    assert_bad(
        &root.send(),
        "\"Dropbox-API-Path-Root\": root: \"x\" does not match",
    );
}

#[test]
fn tokens_are_checked() {
    let server = start();
    assert_bad(
        &read(&server).json(PATH).send(),
        "\"Authorization\" is missing",
    );
    assert_bad(
        &read(&server)
            .header("Authorization", "Token x")
            .json(PATH)
            .send(),
        "neither",
    );
    assert_unauthorized(
        &read(&server).bearer("x").json(PATH).send(),
        "invalid_access_token",
    );
    assert_bad(
        &read(&server).basic(server.app()).json(PATH).send(),
        "takes an access token",
    );
    let key = |ask: Ask| ask.json("null").send();
    let url = format!("{}/2/shelf/key", server.url());
    assert_bad(
        &key(Ask::post(&*url).bearer(server.user_token())),
        "takes the key and the secret",
    );
    assert_unauthorized(
        &key(Ask::post(&*url).basic(("mock-app-key", "x"))),
        "invalid_access_token",
    );
    let wait = Ask::post(format!("{}/2/shelf/wait", server.url()));
    assert_bad(
        &wait.bearer(server.user_token()).json("null").send(),
        "takes no authorization",
    );
    let staff = Ask::post(format!("{}/2/shelf/staff", server.url()));
    assert_bad(
        &staff.bearer(server.user_token()).json("null").send(),
        "about a team",
    );
    assert_eq!(server.violations().len(), 8);
}

#[test]
fn scopes_are_checked() {
    let server = start();
    server.grant(
        "narrow",
        Grant::user(server.account_id()).scopes(["shelf.write"]),
    );
    let came = read(&server).bearer("narrow").json(PATH).send();
    assert_unauthorized(&came, "missing_scope");
    assert_eq!(came.json()["error"]["required_scope"], "shelf.read");
    server.grant(
        "narrow",
        Grant::user(server.account_id()).scopes(["shelf.read"]),
    );
    assert_eq!(read(&server).bearer("narrow").json(PATH).send().status, 200);
}

#[test]
fn tokens_expire_by_the_clock_of_the_server() {
    let server = start();
    let end = server.now() + Duration::from_secs(60);
    server.grant("short", Grant::user(server.account_id()).until(end));
    assert_eq!(read(&server).bearer("short").json(PATH).send().status, 200);
    server.advance(Duration::from_secs(61));
    assert_unauthorized(
        &read(&server).bearer("short").json(PATH).send(),
        "expired_access_token",
    );
    // That is no mistake of the client.
    assert_eq!(server.violations(), []);
    server.revoke("short");
    assert_unauthorized(
        &read(&server).bearer("short").json(PATH).send(),
        "invalid_access_token",
    );
}

#[test]
fn select_headers_are_checked() {
    let server = start();
    let member = server.world(|world| world.members().next().map(|(id, _)| id.to_owned()));
    let member = member.expect("the team has members");
    let team = |route: &str| {
        Ask::post(format!("{}/2/shelf/{route}", server.url())).bearer(server.team_token())
    };
    let (user, admin) = ("Dropbox-API-Select-User", "Dropbox-API-Select-Admin");
    assert_bad(&team("read").json(PATH).send(), "name a member");
    assert_eq!(
        team("read").header(user, &member).json(PATH).send().status,
        200
    );
    assert_eq!(
        team("read").header(admin, &member).json(PATH).send().status,
        200
    );
    assert_unauthorized(
        &team("read").header(user, "dbmid:x").json(PATH).send(),
        "invalid_select_user",
    );
    assert_unauthorized(
        &team("read").header(admin, "dbmid:x").json(PATH).send(),
        "invalid_select_admin",
    );
    assert_unauthorized(
        &team("read_v2").header(admin, &member).json(PATH).send(),
        "invalid_select_admin",
    );
    assert_bad(
        &team("read")
            .header(user, &member)
            .header(admin, &member)
            .json(PATH)
            .send(),
        "two select headers",
    );
    assert_bad(
        &right(&server).header(user, &member).json(PATH).send(),
        "needs the token of a team",
    );
    assert_bad(
        &team("staff").header(user, &member).json("null").send(),
        "takes no select header",
    );
}

#[test]
fn path_roots_are_checked() {
    let server = start();
    let account = server.account_id().to_owned();
    let own = server.world(|world| world.root_of(&account).to_owned());
    let with = |tag: &str, id: &str| {
        let root = format!(r#"{{".tag":"{tag}","{tag}":"{id}"}}"#);
        let ask = right(&server).json(PATH);
        ask.header("Dropbox-API-Path-Root", root).send()
    };
    assert_eq!(with("root", &own).status, 200);
    assert_eq!(with("namespace_id", &own).status, 200);
    let moved = with("root", "1");
    assert_eq!(
        (moved.status, moved.summary().as_str()),
        (422, "invalid_root/user/..")
    );
    let info = &moved.json()["error"]["invalid_root"];
    assert_eq!(info["root_namespace_id"], own);
    let closed = with("namespace_id", "1");
    assert_eq!(
        (closed.status, closed.summary().as_str()),
        (422, "no_permission/..")
    );
    assert_eq!(server.violations(), []);
}

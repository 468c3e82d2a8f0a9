//! Calls without types.

use generated_sdk::files::ListFolderArg;
use generated_sdk::json::RawJson;
use generated_sdk::{FailureKind, json, route, routes};
use tests::sample::{FETCH, READ, SEND, user, wait};
use tests::server::{Reply, Server};

#[test]
fn any_json_goes_out_and_comes_back() {
    let server = Server::start([Reply::json(200, r#" {"size": 1, "new": [1, {}]} "#)]);
    let client = user(&server);
    let answer = wait(async { client.core().call_raw(&READ, r#"{"path": "é"}"#).await }).unwrap();
    assert_eq!(answer.as_str(), r#"{"size": 1, "new": [1, {}]}"#);
    let request = server.request();
    assert_eq!(request.text(), r#"{"path": "é"}"#);
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[test]
fn content_goes_both_ways_without_types() {
    let server = Server::start([
        Reply::json(200, "null"),
        Reply::with(200, &[("Dropbox-API-Result", r#"{"a":1}"#)], "content"),
    ]);
    let client = user(&server);
    let (result, content) = wait(async {
        let sent = client.core().upload_raw(&SEND, r#"{"path":"é"}"#, "abc");
        assert_eq!(sent.await.unwrap(), RawJson::default());
        let got = client.core().download_raw(&FETCH, "null").await.unwrap();
        (got.result, got.body.bytes(100).await.unwrap())
    });
    assert_eq!(
        (result.as_str(), &*content),
        (r#"{"a":1}"#, b"content".as_slice())
    );
    let requests = server.requests();
    assert_eq!(
        requests[0].header("dropbox-api-arg"),
        Some(r#"{"path":"\u00e9"}"#)
    );
    assert_eq!(requests[0].text(), "abc");
    assert_eq!(requests[1].header("dropbox-api-arg"), Some("null"));
}

#[test]
fn errors_of_calls_without_types_are_json_too() {
    let body = r#"{"error":{".tag":"path","path":{".tag":"not_found"}},"error_summary":"x"}"#;
    let server = Server::start([Reply::json(409, body)]);
    let client = user(&server);
    let error = wait(async { client.core().call_raw(&READ, "{}").await }).unwrap_err();
    let json = error.api().map(RawJson::as_str);
    assert_eq!(json, Some(r#"{".tag":"path","path":{".tag":"not_found"}}"#));
    assert!(error.is_not_found());
    assert_eq!(error.tag_path(), "path/not_found");
}

#[test]
fn what_is_not_json_is_not_sent() {
    let server = Server::start([]);
    let client = user(&server);
    for text in ["", "{path}", "{} {}", "\"\u{1}\"", "nul"] {
        let error = wait(async { client.core().call_raw(&READ, text).await }).unwrap_err();
        let failure = error.failure().unwrap();
        assert_eq!(failure.kind(), FailureKind::InvalidArgument, "{text}");
        let line = failure.to_string();
        assert!(line.contains("the argument is not JSON"), "{line}");
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_raw_call_shows_its_request_and_takes_settings() {
    let server = Server::start([]);
    let client = user(&server);
    let call = client.core().call_raw(&READ, "[1]").header("X-Mine", "1");
    let request = call.to_request().unwrap();
    assert_eq!(request.body.as_deref(), Some(b"[1]".as_slice()));
    assert_eq!(request.headers["x-mine"], "1");
    assert!(request.url.ends_with("/2/sample/read"));
}

#[test]
fn types_are_read_from_raw_values_and_written_to_them() {
    let raw: RawJson = r#"{"path":"/a","recursive":true}"#.parse().unwrap();
    let arg: ListFolderArg = raw.decode().unwrap();
    assert_eq!((arg.path.as_str(), arg.recursive), ("/a", true));
    assert_eq!(json::to_string(&arg), raw.to_string());
    assert_eq!(RawJson::default().as_str(), "null");
    assert_eq!(format!("{raw:?}"), "RawJson(30 bytes)");
}

#[test]
fn every_route_is_found_by_its_name() {
    assert_eq!(routes().count(), 276);
    for known in routes() {
        let name = known.path.strip_prefix("/2/").unwrap();
        assert_eq!(route(name), Some(known));
    }
    assert_eq!(route("files/copy_v2"), Some(&generated_sdk::files::COPY_V2));
    for name in [
        "",
        "files",
        "files/",
        "/2/files/copy",
        "files/copy_v9",
        "Files/copy",
    ] {
        assert_eq!(route(name), None, "{name}");
    }
}

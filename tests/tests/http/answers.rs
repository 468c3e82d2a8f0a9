//! Answers that say that a call succeeded and yet are not what the specification says.

use std::error::Error as _;

use generated_sdk::{Call, Download, FailureKind};
use tests::sample::{FETCH, Note, NoteError, READ, user, wait};
use tests::server::{Reply, Server};

#[test]
fn a_result_that_cannot_be_decoded_names_the_field() {
    let cases = [
        (r#"{"path":"/a","size":"big"}"#, "size"),
        (r#"{"path":"/a"}"#, "size"),
        ("", "null"),
        ("<html>", ""),
        ("\u{1}", ""),
    ];
    for (body, hint) in cases {
        let headers = [("X-Dropbox-Request-Id", "42")];
        let server = Server::start([Reply::with(200, &headers, body)]);
        let client = user(&server);
        let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
        let error = wait(async { call.await }).unwrap_err();
        assert_eq!(
            error.failure().unwrap().kind(),
            FailureKind::Decode,
            "{body}"
        );
        assert_eq!(error.request_id(), Some("42"));
        assert_eq!(error.raw(), body);
        assert!(
            error.source().unwrap().to_string().contains(hint),
            "{body}: {:?}",
            error.source()
        );
    }
}

#[test]
fn a_download_without_its_result_keeps_the_request_id() {
    let server = Server::start([Reply::with(
        200,
        &[("X-Dropbox-Request-Id", "42")],
        "content",
    )]);
    let client = user(&server);
    let call: Call<Download<Note>, NoteError> =
        Call::download(client.core(), &FETCH, Note::new("/a"));
    let error = wait(async { call.await }).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Unexpected);
    assert_eq!(
        error.to_string(),
        "sample/fetch: the answer lacks the header Dropbox-API-Result (request 42)"
    );
}

#[test]
fn a_download_whose_result_is_not_ascii_is_decoded_as_json() {
    let headers = [("Dropbox-API-Result", r#"{"path":"/é","size":1}"#)];
    let server = Server::start([Reply::with(200, &headers, "x")]);
    let client = user(&server);
    let call: Call<Download<Note>, NoteError> =
        Call::download(client.core(), &FETCH, Note::new("/a"));
    assert_eq!(wait(async { call.await }).unwrap().result.path, "/é");
}

#[test]
fn style_and_result_must_go_together() {
    let result = [("Dropbox-API-Result", "null")];
    let server = Server::with(move |_| Reply::with(200, &result, "null"));
    let client = user(&server);
    let call: Call<(), ()> = Call::rpc(client.core(), &FETCH, ());
    let error = wait(async { call.await }).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Unexpected);
    let call: Call<Download<()>, ()> = Call::download(client.core(), &READ, ());
    let error = wait(async { call.await }).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Unexpected);
}

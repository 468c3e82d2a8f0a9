//! Answers that say that a call succeeded and yet are not what the specification says.

use std::error::Error as _;

use generated_sdk::{Call, Download, FailureKind};
use tests::sample::{FETCH, Note, NoteError, READ, SEND, user, wait};
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

#[test]
fn the_id_of_the_request_comes_with_the_result_when_asked_for() {
    let headers = [
        ("X-Dropbox-Request-Id", "a1b2c3"),
        ("Dropbox-API-Result", r#"{"path":"/a","size":7}"#),
    ];
    let note = r#"{"path":"/a","size":7}"#;
    let server = Server::with(move |request| {
        let status = if request.header("range").is_some() {
            206
        } else {
            200
        };
        Reply::with(status, &headers, note)
    });
    let client = user(&server);
    wait(async {
        let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
        let read = call.with_details().await.unwrap();
        assert_eq!(read.request_id.as_deref(), Some("a1b2c3"));
        assert_eq!((read.status.as_u16(), read.result.size), (200, 7));

        let call: Call<Note, NoteError> =
            Call::upload(client.core(), &SEND, Note::new("/a"), "content".into());
        let sent = call.with_details().await.unwrap();
        assert_eq!(sent.request_id.as_deref(), Some("a1b2c3"));

        let call: Call<Download<Note>, NoteError> =
            Call::download(client.core(), &FETCH, Note::new("/a"));
        let part = call.range(..100).with_details().await.unwrap();
        assert_eq!(part.status.as_u16(), 206);
        assert_eq!(part.result.request_id, part.request_id);
    });
}

#[test]
fn a_result_without_an_id_has_none() {
    let server = Server::start([Reply::json(200, "null")]);
    let call: Call<(), ()> = Call::rpc(user(&server).core(), &READ, ());
    let read = wait(async { call.with_details().await }).unwrap();
    assert_eq!((read.request_id, read.status.as_u16()), (None, 200));
}

/// `{"path":"/a","size":7}`, compressed by Python.
const COMPRESSED: [u8; 42] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x2a, 0x48, 0x2c, 0xc9,
    0x50, 0xb2, 0x52, 0xd2, 0x4f, 0x54, 0xd2, 0x51, 0x2a, 0xce, 0xac, 0x4a, 0x55, 0xb2, 0x32, 0xaf,
    0x05, 0x00, 0x3d, 0xe3, 0x1d, 0xd9, 0x16, 0x00, 0x00, 0x00,
];

#[test]
fn answers_may_be_compressed_except_for_downloads() {
    let headers = [
        ("Content-Encoding", "gzip"),
        ("Dropbox-API-Result", r#"{"path":"/a","size":7}"#),
    ];
    let server = Server::start([
        Reply::with(200, &headers[..1], COMPRESSED),
        Reply::with(200, &headers[1..], COMPRESSED),
    ]);
    let client = user(&server);
    wait(async {
        let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
        assert_eq!(call.await.unwrap().size, 7);
        let call: Call<Download<Note>, NoteError> =
            Call::download(client.core(), &FETCH, Note::new("/a"));
        let content = call.await.unwrap().body.bytes(100).await.unwrap();
        assert_eq!(content, COMPRESSED.as_slice());
    });
    let requests = server.requests();
    assert_eq!(requests[0].header("accept-encoding"), Some("gzip"));
    assert_eq!(requests[1].header("accept-encoding"), Some("identity"));
}

//! The three styles of routes: where argument, content and result travel.

use generated_sdk::runtime::{CallFuture, Client};
use generated_sdk::{Call, Download, Error, FailureKind, UserClient};
use tests::sample::{FETCH, Note, NoteError, READ, SEND, user, wait};
use tests::server::{Reply, Server};

fn fetch(client: &Client) -> Call<Download<Note>, NoteError> {
    Call::download(client, &FETCH, Note::new("/a"))
}

#[test]
fn rpc_sends_and_receives_json() {
    let server = Server::start([Reply::json(200, r#"{"path":"/b","text":"hi","size":7}"#)]);
    let client = user(&server);
    let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
    let note = wait(async { call.await }).unwrap();
    assert_eq!(
        (note.path.as_str(), note.text.as_deref(), note.size),
        ("/b", Some("hi"), 7)
    );

    let request = server.request();
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/2/sample/read")
    );
    assert_eq!(request.text(), r#"{"path":"/a","size":0}"#);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some("22"));
    assert_eq!(request.header("authorization"), Some("Bearer secret-token"));
    assert_eq!(request.header("dropbox-api-arg"), None);
}

#[test]
fn a_void_argument_is_null_and_a_void_result_may_be_anything() {
    for body in ["null", "", "{}", r#"{"more":[1,{"a":"b"}]}"#] {
        let server = Server::start([Reply::json(200, body)]);
        let client = user(&server);
        let call: Call<(), ()> = Call::rpc(client.core(), &READ, ());
        wait(async { call.await }).unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(server.request().text(), "null");
    }
}

#[test]
fn upload_sends_the_argument_in_a_header() {
    let server = Server::start([Reply::json(200, r#"{"path":"/a","size":5}"#)]);
    let client = user(&server);
    let call: Call<Note, NoteError> =
        Call::upload(client.core(), &SEND, Note::new("/a"), "hello".into());
    let note = wait(async { call.await }).unwrap();
    assert_eq!(note.size, 5);

    let request = server.request();
    assert_eq!(request.path, "/2/sample/send_v2");
    assert_eq!(request.text(), "hello");
    assert_eq!(
        request.header("dropbox-api-arg"),
        Some(r#"{"path":"/a","size":0}"#)
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(request.header("content-length"), Some("5"));
}

#[test]
fn a_download_of_what_is_known_is_not_transferred() {
    let head = [("ETag", "\"abc\""), ("Content-Length", "7")];
    let server = Server::start([Reply::with(304, &head, "")]);
    let client = user(&server);
    let call = fetch(client.core()).if_none_match("\"abc\"");
    assert_eq!(call.to_request().unwrap().method, "GET");
    let error = wait(async { call.await }).unwrap_err();
    assert!(error.is_not_modified());
    assert!(!error.is_retryable());

    let request = server.request();
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("GET", "/2/sample/fetch")
    );
    assert_eq!(request.header("if-none-match"), Some("\"abc\""));
    let arg = r#"{"path":"/a","size":0}"#;
    assert_eq!(request.header("dropbox-api-arg"), Some(arg));
    assert_eq!(request.header("content-length"), None);
    assert!(request.header("authorization").is_some());
}

#[test]
fn a_tag_that_no_header_can_carry_is_refused() {
    let server = Server::start([]);
    let client = user(&server);
    let call = fetch(client.core()).if_none_match("a\nb");
    let error = wait(async { call.await }).unwrap_err();
    let kind = error.failure().unwrap().kind();
    assert_eq!(kind, FailureKind::InvalidArgument);
}

#[test]
fn download_receives_the_result_in_a_header() {
    let headers = [
        ("Dropbox-API-Result", r#"{"path":"/\u00e9","size":7}"#),
        ("Content-Type", "text/plain"),
        ("ETag", "\"abc\""),
        ("X-Dropbox-Request-Id", "42"),
    ];
    let server = Server::start([Reply::with(200, &headers, "content")]);
    let client = user(&server);
    let call = fetch(client.core());
    let (down, bytes) = wait(async {
        let down = call.await.unwrap();
        let facts = (
            down.result.path,
            down.content_length,
            down.content_type,
            down.etag,
            down.request_id,
        );
        (facts, down.body.bytes(100).await.unwrap())
    });
    assert_eq!(&bytes[..], b"content");
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        down,
        (
            "/é".to_owned(),
            Some(7),
            some("text/plain"),
            some("\"abc\""),
            some("42")
        )
    );

    let request = server.request();
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    assert_eq!(request.header("range"), None);
    assert!(request.body.is_empty());
}

#[test]
fn ranges_name_their_first_and_last_byte() {
    type Downloading = Call<Download<Note>, NoteError>;
    type Setting = fn(Downloading) -> Downloading;
    let cases: [(Setting, &str); 6] = [
        (|call| call.range(0..1024), "bytes=0-1023"),
        (|call| call.range(5..), "bytes=5-"),
        (|call| call.range(..10), "bytes=0-9"),
        (|call| call.range(..=10), "bytes=0-10"),
        (|call| call.range(..), "bytes=0-"),
        (|call| call.last_bytes(3), "bytes=-3"),
    ];
    for (with_range, header) in cases {
        let server = Server::start([Reply::with(
            206,
            &[("Dropbox-API-Result", r#"{"path":"","size":0}"#)],
            "x",
        )]);
        let client = user(&server);
        let call = with_range(fetch(client.core()));
        wait(async { call.await }).unwrap();
        assert_eq!(server.request().header("range"), Some(header));
    }
}

#[test]
fn a_download_is_read_in_pieces_and_within_a_limit() {
    let reply = Reply::with(
        200,
        &[("Dropbox-API-Result", r#"{"path":"","size":0}"#)],
        vec![7; 300_000],
    );
    let server = Server::start([reply.clone(), reply]);
    let client = user(&server);
    wait(async {
        let mut body = fetch(client.core()).await.unwrap().body;
        let mut size = 0;
        while let Some(piece) = body.chunk().await.unwrap() {
            size += piece.len();
        }
        assert_eq!(size, 300_000);
        let error = fetch(client.core())
            .await
            .unwrap()
            .body
            .bytes(299_999)
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("longer than 299999 bytes"),
            "{error}"
        );
    });
}

#[test]
fn calls_share_a_connection() {
    let server = Server::with(|_| Reply::json(200, "null"));
    let client = user(&server);
    wait(async {
        for _ in 0..3 {
            let call: Call<(), ()> = Call::rpc(client.core(), &READ, ());
            call.await.unwrap();
        }
    });
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|request| request.connection == requests[0].connection)
    );
}

#[test]
fn nothing_is_sent_before_the_call_is_awaited() {
    let server = Server::start([]);
    let client = user(&server);
    let call: Call<(), ()> = Call::rpc(client.core(), &READ, ());
    drop(call);
    assert!(server.requests().is_empty());
}

#[test]
fn blocking_calls_work_with_and_within_a_runtime() {
    let server = Server::with(|request| match request.path.as_str() {
        "/2/sample/read" => Reply::json(200, r#"{"path":"/b","size":7}"#),
        _ => Reply::with(
            200,
            &[("Dropbox-API-Result", r#"{"path":"","size":0}"#)],
            vec![7; 300_000],
        ),
    });
    let client = user(&server);
    let run = || {
        let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
        assert_eq!(call.send_blocking().unwrap().size, 7);
        let mut content = Vec::new();
        let mut reader = fetch(client.core())
            .send_blocking()
            .unwrap()
            .body
            .into_reader();
        std::io::Read::read_to_end(&mut reader, &mut content).unwrap();
        assert_eq!(content, vec![7; 300_000]);
    };
    run();
    wait(async { run() });
}

#[test]
fn calls_and_what_they_give_move_between_threads() {
    fn moves<T: Send + 'static>() {}
    fn is_shared<T: Send + Sync + 'static>() {}
    moves::<Call<Note, NoteError>>();
    moves::<CallFuture<Download<Note>, NoteError>>();
    moves::<Download<Note>>();
    is_shared::<Error<NoteError>>();
    is_shared::<UserClient>();
    assert_eq!(
        size_of::<Call<Download<Note>, NoteError>>(),
        size_of::<usize>()
    );
}

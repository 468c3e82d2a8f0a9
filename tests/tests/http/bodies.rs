//! Where the content of an upload may come from.

use std::io::{Seek, SeekFrom, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use generated_sdk::{Call, Error, FailureKind, UploadBody};
use tests::sample::{SEND, user, wait};
use tests::server::{Recorded, Reply, Server};

/// Uploads, and gives what came in.
fn upload(body: UploadBody) -> (Result<(), Error<()>>, Vec<Recorded>) {
    let server = Server::with(|_| Reply::json(200, "null"));
    let client = user(&server);
    let call: Call<(), ()> = Call::upload(client.core(), &SEND, (), body);
    let result = wait(async { call.await });
    (result, server.requests())
}

/// Uploads, and gives the body that came in and whether its length was announced.
fn sent(body: UploadBody) -> (Vec<u8>, Option<u64>) {
    let (result, requests) = upload(body);
    result.unwrap();
    let length = requests[0]
        .header("content-length")
        .map(|length| length.parse().unwrap());
    assert_eq!(length.is_none(), requests[0].chunked);
    (requests[0].body.clone(), length)
}

/// A stream of these pieces.
struct Pieces(std::vec::IntoIter<Result<&'static str, &'static str>>);

impl Stream for Pieces {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

fn pieces<const N: usize>(pieces: [Result<&'static str, &'static str>; N]) -> Pieces {
    Pieces(Vec::from(pieces).into_iter())
}

/// A file with content that is gone when the test ends.
struct Temporary(std::path::PathBuf);

impl Temporary {
    fn new(name: &str, content: &[u8]) -> Self {
        let path =
            std::env::temp_dir().join(format!("generated-sdk-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).unwrap();
    }
}

#[test]
fn content_in_memory_is_replayable() {
    let bodies: [UploadBody; 5] = [
        "hello".into(),
        String::from("hello").into(),
        b"hello".as_slice().into(),
        b"hello".to_vec().into(),
        Bytes::from_static(b"hello").into(),
    ];
    for body in bodies {
        assert!(body.is_replayable());
        assert_eq!(sent(body), (b"hello".to_vec(), Some(5)));
    }
    assert_eq!(sent("".into()), (Vec::new(), Some(0)));
    let large: Vec<u8> = (0..1_000_003u32).map(|n| n.to_le_bytes()[0]).collect();
    assert_eq!(sent(large.clone().into()), (large, Some(1_000_003)));
}

#[test]
fn a_path_is_read_in_pieces_and_replayable() {
    let content: Vec<u8> = (0..700_001u32).map(|n| n.to_le_bytes()[1]).collect();
    let file = Temporary::new("path", &content);
    let body = UploadBody::from_path(&file.0);
    assert!(body.is_replayable());
    assert_eq!(sent(body), (content, Some(700_001)));
}

#[test]
fn an_open_file_is_read_from_where_it_stands() {
    let file = Temporary::new("open", b"0123456789");
    let mut open = std::fs::OpenOptions::new()
        .read(true)
        .append(true)
        .open(&file.0)
        .unwrap();
    open.write_all(b"ab").unwrap();
    open.seek(SeekFrom::Start(4)).unwrap();
    let body = UploadBody::from(open);
    assert!(!body.is_replayable());
    assert_eq!(sent(body), (b"456789ab".to_vec(), Some(8)));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let (result, requests) = upload(UploadBody::from_path("/no/such/file"));
    let error = result.unwrap_err();
    assert_eq!(
        error.failure().unwrap().kind(),
        FailureKind::InvalidArgument
    );
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("/no/such/file"), "{source}");
    assert!(requests.is_empty());
}

#[test]
fn a_stream_is_sent_with_or_without_its_length() {
    let body = UploadBody::from_stream(pieces([Ok("hel"), Ok(""), Ok("lo")]), Some(5));
    assert!(!body.is_replayable());
    assert_eq!(sent(body), (b"hello".to_vec(), Some(5)));
    let body = UploadBody::from_stream(pieces([Ok("hel"), Ok("lo")]), None);
    assert_eq!(sent(body), (b"hello".to_vec(), None));
}

#[test]
fn content_that_is_not_what_was_announced_ends_the_call() {
    let cases = [
        (
            UploadBody::from_stream(pieces([Ok("hel"), Err("disk on fire")]), Some(5)),
            "disk on fire",
        ),
        (
            UploadBody::from_stream(pieces([Ok("hel"), Err("disk on fire")]), None),
            "disk on fire",
        ),
        (
            UploadBody::from_stream(pieces([Ok("hel")]), Some(5)),
            "3 bytes came and 5 were announced",
        ),
        (
            UploadBody::from_stream(pieces([Ok("hello!")]), Some(5)),
            "6 bytes came and 5 were announced",
        ),
    ];
    for (faulty, reason) in cases {
        let (result, requests) = upload(faulty);
        let error = result.unwrap_err();
        assert_eq!(
            error.failure().unwrap().kind(),
            FailureKind::InvalidArgument
        );
        assert_eq!(
            error.to_string(),
            "sample/send:2: the content to upload cannot be read"
        );
        let chain: Vec<String> = chain(&error).map(ToString::to_string).collect();
        assert!(chain.iter().any(|message| message == reason), "{chain:?}");
        assert!(!error.is_retryable() && requests.is_empty());
    }
}

/// The causes of an error.
fn chain(error: &dyn std::error::Error) -> impl Iterator<Item = &dyn std::error::Error> {
    std::iter::successors(error.source(), |error| error.source())
}

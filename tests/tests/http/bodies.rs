//! Where the content of an upload may come from.

use std::io::{Seek, SeekFrom, Write};
use std::ops::Bound;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use generated_sdk::{AccessToken, BaseUrls, Call, Error, FailureKind, UploadBody, UserClient};
use tempfile::NamedTempFile;
use tests::clock::TestClock;
use tests::sample::{SEND, user, wait};
use tests::server::{Recorded, Reply, Server};
use tokio::io::AsyncReadExt;

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
fn file(content: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(content).unwrap();
    file
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
    let file = file(&content);
    let body = UploadBody::from_path(file.path());
    assert!(body.is_replayable());
    assert_eq!(sent(body), (content, Some(700_001)));
}

#[test]
fn an_open_file_is_read_from_where_it_stands() {
    let file = file(b"0123456789");
    let mut open = std::fs::OpenOptions::new()
        .read(true)
        .append(true)
        .open(file.path())
        .unwrap();
    open.write_all(b"ab").unwrap();
    open.seek(SeekFrom::Start(4)).unwrap();
    let body = UploadBody::from(open);
    assert!(body.is_replayable());
    assert_eq!(sent(body), (b"456789ab".to_vec(), Some(8)));
}

#[test]
fn an_asynchronous_file_is_read_from_where_it_stands() {
    let file = file(b"0123456789");
    let body = wait(async {
        let mut open = tokio::fs::File::open(file.path()).await.unwrap();
        let mut start = [0; 4];
        open.read_exact(&mut start).await.unwrap();
        UploadBody::from(open)
    });
    assert_eq!(sent(body), (b"456789".to_vec(), Some(6)));
}

#[test]
fn a_part_of_a_file_or_of_memory_is_sent_alone() {
    let file = file(b"0123456789");
    let open = || std::fs::File::open(file.path()).unwrap();
    let moved = || {
        let mut open = open();
        open.seek(SeekFrom::Start(1)).unwrap();
        open
    };
    let path = || UploadBody::from_path(file.path());
    let cases = [
        (path().range(2..5), "234"),
        (path().range(2..=5), "2345"),
        (path().range(7..), "789"),
        (path().range(..), "0123456789"),
        (path().range(10..), ""),
        (UploadBody::from(open()).range(..3), "012"),
        (UploadBody::from(moved()).range(2..4), "34"),
        (UploadBody::from("0123456789").range(2..5), "234"),
        (UploadBody::from("0123456789").range(3..3), ""),
    ];
    for (body, part) in cases {
        assert!(body.is_replayable());
        let shown = format!("{body:?}");
        assert_eq!(
            sent(body),
            (part.into(), Some(part.len() as u64)),
            "{shown}"
        );
    }
}

#[test]
fn a_part_that_is_not_there_is_refused() {
    let file = file(b"0123456789");
    let cases = [
        UploadBody::from_path(file.path()).range(2..11),
        UploadBody::from_path(file.path()).range(11..),
        UploadBody::from("0123456789").range(..11),
        UploadBody::from("0123456789").range((Bound::Included(5), Bound::Excluded(3))),
        UploadBody::from_stream(pieces([Ok("hello")]), None).range(1..),
        UploadBody::from_reader(b"hello".as_slice(), None).range(..3),
    ];
    for body in cases {
        let shown = format!("{body:?}");
        let (result, requests) = upload(body);
        let error = result.unwrap_err();
        let kind = error.failure().unwrap().kind();
        assert_eq!(kind, FailureKind::InvalidArgument, "{shown}");
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("part"), "{shown}: {source}");
        assert!(requests.is_empty());
    }
}

#[test]
fn a_reader_is_sent_with_or_without_its_length() {
    let content: Vec<u8> = (0..700_001u32).map(|n| n.to_le_bytes()[1]).collect();
    for length in [None, Some(700_001)] {
        let body = UploadBody::from_reader(std::io::Cursor::new(content.clone()), length);
        assert!(!body.is_replayable());
        assert_eq!(sent(body), (content.clone(), length));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_sent_once_and_without_a_length() {
    let (reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(b"through a pipe").unwrap();
    drop(writer);
    let body = UploadBody::from(std::fs::File::from(std::os::fd::OwnedFd::from(reader)));
    assert!(!body.is_replayable());
    assert_eq!(sent(body), (b"through a pipe".to_vec(), None));
}

/// Makes a call on a client that repeats it, against a server that fails once, and gives the bodies that came.
fn sent_twice(body: UploadBody) -> Vec<Vec<u8>> {
    let server = Server::start([Reply::text(503, "busy"), Reply::json(200, "null")]);
    let client = UserClient::builder()
        .credential(AccessToken::new("t"))
        .base_urls(BaseUrls::single(server.url()))
        .clock(TestClock::default())
        .read_timeout(None)
        .build()
        .unwrap();
    let call: Call<(), ()> = Call::upload(client.core(), &SEND, (), body);
    wait(async { call.await }).unwrap();
    server.requests().into_iter().map(|it| it.body).collect()
}

#[test]
fn files_are_sent_again_from_where_they_stood() {
    let file = file(b"0123456789");
    let mut open = std::fs::File::open(file.path()).unwrap();
    open.seek(SeekFrom::Start(4)).unwrap();
    let asynchronous = tokio::fs::File::from_std(std::fs::File::open(file.path()).unwrap());
    let cases: [(UploadBody, &[u8]); 4] = [
        (UploadBody::from_path(file.path()), b"0123456789"),
        (UploadBody::from_path(file.path()).range(1..3), b"12"),
        (open.into(), b"456789"),
        (asynchronous.into(), b"0123456789"),
    ];
    for (body, content) in cases {
        assert_eq!(sent_twice(body), [content, content]);
    }
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

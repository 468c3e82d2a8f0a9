//! The content hash: its value, and when it goes along with an upload.

use std::io::Write;

use generated_sdk::files::{
    self, CommitInfo, DownloadArg, FileMetadata, UploadArg, UploadSessionAppendArg,
    UploadSessionAppendBatchArg, UploadSessionAppendBatchArgEntry, UploadSessionCursor,
    UploadSessionFinishArg, UploadSessionStartArg,
};
use generated_sdk::runtime::wire::Wire;
use generated_sdk::{
    AccessToken, BaseUrls, Call, ContentHash, ContentHasher, Route, UploadBody, UserClient,
};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tests::generated::calls::CALLS;
use tests::sample::{SEND, user, wait};
use tests::server::{Recorded, Reply, Server};

/// What the specification and RFC 6234 agree on for no content.
const OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const BLOCK: usize = 4_194_304;

/// The hash by the description of the algorithm, all content at once.
fn by_hand(content: &[u8]) -> String {
    let blocks = content.chunks(BLOCK).flat_map(Sha256::digest);
    let hash = Sha256::digest(blocks.collect::<Vec<u8>>());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn nothing_has_the_hash_that_is_published() {
    assert_eq!(ContentHash::of("").to_string(), OF_NOTHING);
    assert_eq!(ContentHasher::new().finish().to_string(), OF_NOTHING);
}

#[test]
fn edges_of_blocks_are_where_they_belong() {
    let content: Vec<u8> = (0..2 * BLOCK + 1).map(|n| (n % 251) as u8).collect();
    for length in [1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 1] {
        let content = &content[..length];
        let expected = by_hand(content);
        assert_eq!(ContentHash::of(content).to_string(), expected, "{length}");
        for size in [1_000_003, BLOCK - 1, BLOCK + 1] {
            let mut hasher = ContentHasher::new();
            content.chunks(size).for_each(|piece| hasher.update(piece));
            assert_eq!(hasher.finish().to_string(), expected, "{length} by {size}");
        }
    }
}

#[test]
fn a_clone_of_a_hasher_goes_its_own_way() {
    let mut hasher = ContentHasher::new();
    hasher.update(b"a");
    let mut other = hasher.clone();
    other.update(b"b");
    hasher.update(b"c");
    assert_eq!(other.finish(), ContentHash::of("ab"));
    assert_eq!(hasher.finish(), ContentHash::of("ac"));
}

#[test]
fn only_64_digits_are_a_hash() {
    let upper = OF_NOTHING.to_uppercase();
    assert_eq!(upper.parse(), Ok(ContentHash::of("")));
    let long = format!("{OF_NOTHING}0");
    let foreign = OF_NOTHING.replacen('b', "g", 1);
    let wide = "é".repeat(32);
    for wrong in ["", &OF_NOTHING[1..], &long, &foreign, &wide] {
        assert!(wrong.parse::<ContentHash>().is_err(), "{wrong}");
    }
}

/// A client for a server that takes everything.
fn server() -> Server {
    Server::with(|_| Reply::json(200, "null"))
}

/// Uploads to the route, and gives the argument that came in.
fn argument(
    route: &'static Route,
    arg: impl Wire + 'static,
    body: UploadBody,
) -> serde_json::Value {
    let server = server();
    let client = user(&server);
    let call: Call<(), ()> = Call::upload(client.core(), route, arg, body);
    wait(async { call.await }).unwrap();
    sent_argument(&server.requests()[0])
}

fn sent_argument(request: &Recorded) -> serde_json::Value {
    serde_json::from_str(request.header("dropbox-api-arg").unwrap()).unwrap()
}

fn cursor() -> UploadSessionCursor {
    UploadSessionCursor::new("session", 0)
}

#[test]
fn all_routes_that_take_a_hash_get_one() {
    let hashed = CALLS.iter().map(|case| case.route);
    let hashed: Vec<_> = hashed
        .filter(|route| route.content_hash)
        .map(|route| route.name)
        .collect();
    let expected = [
        "alpha/upload",
        "download",
        "upload",
        "upload_session/append",
        "upload_session/append_batch",
        "upload_session/finish",
        "upload_session/start",
    ];
    assert_eq!(hashed, expected);

    let body = || UploadBody::from("hello");
    let entries = vec![UploadSessionAppendBatchArgEntry::new(cursor(), 5)];
    #[allow(deprecated)] // It takes a hash like any other.
    let alpha = &files::ALPHA_UPLOAD;
    let sent = [
        argument(alpha, UploadArg::new("/a"), body()),
        argument(&files::UPLOAD, UploadArg::new("/a"), body()),
        argument(
            &files::UPLOAD_SESSION_APPEND_V2,
            UploadSessionAppendArg::new(cursor()),
            body(),
        ),
        argument(
            &files::UPLOAD_SESSION_APPEND_BATCH,
            UploadSessionAppendBatchArg::new(entries),
            body(),
        ),
        argument(
            &files::UPLOAD_SESSION_FINISH,
            UploadSessionFinishArg::new(cursor(), CommitInfo::new("/a")),
            body(),
        ),
        argument(
            &files::UPLOAD_SESSION_START,
            UploadSessionStartArg::new(),
            body(),
        ),
    ];
    for argument in sent {
        assert_eq!(argument["content_hash"], by_hand(b"hello"), "{argument}");
    }
}

#[test]
fn the_argument_is_otherwise_as_it_was() {
    let hash = by_hand(b"hello");
    let full = argument(
        &files::UPLOAD,
        UploadArg::new("/é\u{1F600}"),
        "hello".into(),
    );
    let expected = serde_json::json!({"path": "/é\u{1F600}", "content_hash": hash});
    assert_eq!(full, expected);
    let empty = argument(
        &files::UPLOAD_SESSION_START,
        UploadSessionStartArg::new(),
        "hello".into(),
    );
    assert_eq!(empty, serde_json::json!({"content_hash": hash}));
}

#[test]
fn a_hash_of_the_caller_wins() {
    let hash = ContentHash::of("something else");
    let arg = UploadArg::new("/a").content_hash(hash);
    let argument = argument(&files::UPLOAD, arg, "hello".into());
    assert_eq!(argument["content_hash"], hash.to_string());
}

#[test]
fn what_can_be_read_only_once_goes_without_a_hash() {
    let body = UploadBody::from_reader(b"hello".as_slice(), Some(5));
    let argument = argument(&files::UPLOAD, UploadArg::new("/a"), body);
    assert_eq!(argument, serde_json::json!({"path": "/a"}));
}

#[test]
fn routes_that_take_no_hash_get_none() {
    let argument = argument(&SEND, UploadArg::new("/a"), "hello".into());
    assert_eq!(argument, serde_json::json!({"path": "/a"}));
}

#[test]
fn the_hash_is_that_of_the_part_that_is_sent() {
    let mut file = NamedTempFile::new().unwrap();
    let content: Vec<u8> = (0..BLOCK + 700_001).map(|n| (n % 253) as u8).collect();
    file.write_all(&content).unwrap();
    let open = || std::fs::File::open(file.path()).unwrap();
    let asynchronous = tokio::fs::File::from_std(open());
    let cases: [(UploadBody, &[u8]); 6] = [
        (UploadBody::from_path(file.path()), &content),
        (
            UploadBody::from_path(file.path()).range(5..BLOCK as u64 + 7),
            &content[5..BLOCK + 7],
        ),
        (open().into(), &content),
        (UploadBody::from(open()).range(7..), &content[7..]),
        (asynchronous.into(), &content),
        (UploadBody::from(content.clone()).range(1..), &content[1..]),
    ];
    for (body, content) in cases {
        let shown = format!("{body:?}");
        let argument = argument(&files::UPLOAD, UploadArg::new("/a"), body);
        assert_eq!(argument["content_hash"], by_hand(content), "{shown}");
    }
}

#[test]
fn hashes_are_sent_on_a_runtime_of_many_threads_too() {
    let server = server();
    let client = user(&server);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let content = vec![7; BLOCK];
    let body = UploadBody::from(content.clone());
    let call: Call<(), ()> =
        Call::upload(client.core(), &files::UPLOAD, UploadArg::new("/a"), body);
    runtime.block_on(async { tokio::spawn(async { call.await }).await.unwrap().unwrap() });
    let argument = sent_argument(&server.requests()[0]);
    assert_eq!(argument["content_hash"], by_hand(&content));
}

#[test]
fn hashes_can_be_switched_off_for_a_client_and_for_a_call() {
    let server = server();
    let without = UserClient::builder()
        .credential(AccessToken::new("t"))
        .base_urls(BaseUrls::single(server.url()))
        .content_hash(false)
        .build()
        .unwrap();
    let with = user(&server);
    let call = |client: &UserClient| -> Call<(), ()> {
        let arg = UploadArg::new("/a");
        Call::upload(client.core(), &files::UPLOAD, arg, "hello".into())
    };
    wait(async {
        call(&without).await.unwrap();
        call(&without).content_hash(true).await.unwrap();
        call(&with).content_hash(false).await.unwrap();
    });
    let hashed: Vec<bool> = server
        .requests()
        .iter()
        .map(|request| sent_argument(request).get("content_hash").is_some())
        .collect();
    assert_eq!(hashed, [false, true, false]);
}

#[test]
fn a_preview_has_the_hash_of_what_is_in_memory() {
    let server = server();
    let client = user(&server);
    let preview = |body: UploadBody| {
        let call = client.files().upload(UploadArg::new("/a"), body);
        let headers = call.to_request().unwrap().headers;
        let argument = headers["dropbox-api-arg"].to_str().unwrap().to_owned();
        serde_json::from_str::<serde_json::Value>(&argument).unwrap()
    };
    assert_eq!(preview("hello".into())["content_hash"], by_hand(b"hello"));
    let path = UploadBody::from_path("/no/such/file");
    assert_eq!(preview(path), serde_json::json!({"path": "/a"}));
    assert!(server.requests().is_empty());
}

#[test]
fn only_downloads_of_files_as_they_are_are_said_to_be_hashed() {
    // Both answer with the metadata of a file, but one of them sends a picture that was made of it.
    let described: fn(&UserClient) -> Call<generated_sdk::Download<FileMetadata>, _> =
        |client| client.files().download(DownloadArg::new("/a"));
    let server = server();
    let _ = described(&user(&server));
    assert!(files::DOWNLOAD.content_hash);
    #[allow(deprecated)]
    let thumbnail = &files::GET_THUMBNAIL;
    assert!(!thumbnail.content_hash && !files::GET_PREVIEW.content_hash);
}

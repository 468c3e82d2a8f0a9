//! Downloads into files, readers and memory: whole and right, or not there at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use generated_sdk::files::FileMetadata;
use generated_sdk::{
    AccessToken, BaseUrls, ContentHash, Failure, FailureKind, RetryPolicy, UserClient,
};
use tempfile::TempDir;
use tests::sample::{user, wait};
use tests::server::{Reply, Server};
use tokio::io::AsyncReadExt;

/// The metadata of a file with this content.
fn metadata(content: &[u8]) -> String {
    let (size, hash) = (content.len(), ContentHash::of(content));
    format!(
        r#"{{"name":"a","id":"id:a4ayc_80_OEAAAAAAAAAXw","client_modified":"2026-05-12T15:50:38Z","server_modified":"2026-05-12T15:50:38Z","rev":"a1c10ce0dd78","size":{size},"content_hash":"{hash}"}}"#
    )
}

/// The answer to a download of a file with the content `meant`, which brings the content `sent`.
fn reply(status: u16, meant: &[u8], sent: &[u8]) -> Reply {
    Reply::with(status, &[("Dropbox-API-Result", &metadata(meant))], sent)
}

/// Enough for several batches.
fn content() -> Vec<u8> {
    (0..3_000_001u32).map(|n| (n % 251) as u8).collect()
}

async fn save(client: &UserClient, path: &Path) -> Result<FileMetadata, Box<Failure>> {
    let download = client.files().download("/a").await.expect("it is answered");
    download.to_file(path).await
}

/// Names and content of the files in a folder.
type Entries = Vec<(PathBuf, Vec<u8>)>;

/// Downloads to a file beside an older one, and gives how it ended and what is in the folder then.
fn saved(reply: Reply) -> (Result<FileMetadata, Box<Failure>>, Entries) {
    let server = Server::start([reply]);
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("target"), "old").unwrap();
    let result = wait(async { save(&user(&server), &folder.path().join("target")).await });
    (result, entries(folder.path()))
}

fn entries(folder: &Path) -> Entries {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut entries: Vec<_> = entries
        .map(|path| (path.file_name().unwrap().into(), fs::read(&path).unwrap()))
        .collect();
    entries.sort();
    entries
}

#[test]
fn a_file_that_is_there_is_replaced_by_the_content() {
    for content in [content(), Vec::new(), b"short".to_vec()] {
        let (result, entries) = saved(reply(200, &content, &content));
        assert_eq!(result.unwrap().size, content.len() as u64);
        assert!(entries == [("target".into(), content)]);
    }
}

#[test]
fn content_goes_to_files_on_a_runtime_of_many_threads_too() {
    let content = content();
    let server = Server::start([reply(200, &content, &content)]);
    let folder = TempDir::new().unwrap();
    let (client, path) = (user(&server), folder.path().join("new"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let saving = async move { tokio::spawn(async move { save(&client, &path).await }).await };
    runtime.block_on(saving).unwrap().unwrap();
    assert!(entries(folder.path()) == [("new".into(), content)]);
}

#[test]
fn content_with_another_hash_is_refused() {
    let mut other = content();
    other[1_000_000] ^= 1;
    let (result, entries) = saved(reply(200, &content(), &other));
    let failure = result.unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Transport);
    let (came, announced) = (ContentHash::of(&other), ContentHash::of(content()));
    assert_eq!(
        failure.to_string(),
        format!("files/download: the content has the hash {came} and {announced} was announced")
    );
    assert_eq!(entries, [("target".into(), b"old".to_vec())]);
}

#[test]
fn content_that_breaks_off_leaves_nothing_behind() {
    let content = content();
    for missing in [1, 400_000, 2_999_999, 3_000_001] {
        let reply = reply(200, &content, &content);
        let (result, entries) = saved(reply.without_last(missing).then_close());
        let failure = result.unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Transport, "{missing}");
        assert_eq!(entries, [("target".into(), b"old".to_vec())], "{missing}");
    }
}

#[test]
fn content_that_stops_coming_leaves_nothing_behind() {
    let content = content();
    let reply = reply(200, &content, &content).without_last(1).then_hold();
    let server = Server::start([reply]);
    let client = UserClient::builder()
        .credential(AccessToken::new("t"))
        .retry(RetryPolicy::off())
        .read_timeout(Duration::from_millis(250))
        .base_urls(BaseUrls::single(server.url()))
        .build()
        .unwrap();
    let folder = TempDir::new().unwrap();
    let failure = wait(async { save(&client, &folder.path().join("new")).await }).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Timeout);
    assert!(entries(folder.path()).is_empty());
}

#[test]
fn a_download_that_is_dropped_leaves_nothing_behind() {
    let content = content();
    let reply = reply(200, &content, &content).without_last(1).then_hold();
    let server = Server::start([reply]);
    let folder = TempDir::new().unwrap();
    let (client, path) = (user(&server), folder.path().join("new"));
    wait(async {
        let task = tokio::spawn(async move { save(&client, &path).await });
        // Once there is a file, it is being written; the rest never comes.
        while entries(folder.path()).is_empty() {
            tokio::task::yield_now().await;
        }
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    });
    // The runtime has ended, and with it the writing that was going on.
    assert!(entries(folder.path()).is_empty());
}

#[test]
fn a_part_of_a_file_is_not_held_against_the_hash_of_the_whole() {
    let content = content();
    let (result, entries) = saved(reply(206, &content, &content[..100]));
    assert_eq!(result.unwrap().size, 3_000_001);
    assert!(entries == [("target".into(), content[..100].to_vec())]);
}

#[test]
fn content_that_was_made_of_a_file_is_not_held_against_its_hash() {
    let server = Server::start([reply(200, &content(), b"a preview")]);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("preview");
    wait(async {
        let download = user(&server).files().get_preview("/a").await.unwrap();
        download.to_file(&path).await.unwrap();
    });
    assert_eq!(fs::read(path).unwrap(), b"a preview");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let server = Server::with(|_| reply(200, b"content", b"content"));
    let folder = TempDir::new().unwrap();
    let there = folder.path().join("no/such/folder");
    for path in [there.as_path(), Path::new("/"), Path::new("")] {
        let failure = wait(async { save(&user(&server), path).await }).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::File);
        assert_eq!(
            failure.to_string(),
            "files/download: the content cannot be written to its file"
        );
        let source = std::error::Error::source(&failure).unwrap().to_string();
        assert!(
            source.starts_with(&*path.with_file_name("").to_string_lossy()),
            "{source}"
        );
    }
    assert!(entries(folder.path()).is_empty());
}

#[test]
fn a_name_that_is_as_long_as_names_can_be_is_written() {
    let server = Server::start([reply(200, b"content", b"content")]);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("é".repeat(127));
    wait(async { save(&user(&server), &path).await }).unwrap();
    assert_eq!(fs::read(path).unwrap(), b"content");
}

#[test]
fn a_download_reads_like_a_file() {
    let content = content();
    let server = Server::start([
        reply(200, &content, &content),
        reply(200, &content, &content).without_last(5).then_close(),
    ]);
    wait(async {
        let client = user(&server);
        let body = client.files().download("/a").await.unwrap().body;
        let mut read = Vec::new();
        body.into_async_read().read_to_end(&mut read).await.unwrap();
        assert!(read == content);
        let body = client.files().download("/a").await.unwrap().body;
        let mut short = Vec::new();
        let error = body
            .into_async_read()
            .read_to_end(&mut short)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionAborted);
        assert!(content.starts_with(&short));
    });
}

#[test]
fn content_in_memory_has_a_limit() {
    let server = Server::with(|_| reply(200, b"content", b"content"));
    wait(async {
        let client = user(&server);
        let download = || async { client.files().download("/a").await.unwrap().body };
        assert_eq!(download().await.bytes(7).await.unwrap(), "content");
        let failure = download().await.bytes(6).await.unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Unexpected);
        assert_eq!(
            failure.to_string(),
            "files/download: the content is longer than 6 bytes"
        );
    });
}

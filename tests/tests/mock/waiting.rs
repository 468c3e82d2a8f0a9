//! Calls that wait until something changes.

use std::time::{Duration, Instant};

use generated_sdk::NoauthClient;
use generated_sdk::files::{ListFolderLongpollArg, UploadArg};
use mock_server::MockServer;
use tests::mocked::{spec, urls};

use crate::user;

#[tokio::test]
async fn a_long_poll_ends_with_a_change() {
    let server = MockServer::start(spec()).await.expect("the server starts");
    let client = user(&server);
    let start = client.files().list_folder("").await;
    let cursor = start.expect("the root is there").cursor;
    let waiting = NoauthClient::builder().base_urls(urls(&server)).build();
    let waiting = waiting.expect("a client");
    let call = waiting
        .files()
        .list_folder_longpoll(ListFolderLongpollArg::new(cursor));
    let begun = Instant::now();
    let poll = tokio::spawn(call.into_future());
    // Another connection shows that one that waits holds up nobody.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let upload = client.files().upload(UploadArg::new("/a"), "a");
    assert!(!poll.is_finished());
    upload.await.expect("the file is uploaded");
    let found = poll.await.expect("it does not panic");
    assert!(found.expect("the poll is answered").changes);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(server.violations(), []);
}

//! Canned answers: an application can be tested without a network, on every runtime.

use std::time::Duration;

use generated_sdk::oauth::Refresh;
use generated_sdk::runtime::transport::TransportErrorKind;
use generated_sdk::testing::{Canned, Reply};
use generated_sdk::{
    AccessToken, AppKey, FailureKind, RefreshToken, RetryPolicy, UploadBody, UserClient, files,
};

const PAGE: &str = r#"{"entries":[],"cursor":"c","has_more":false}"#;
const FILE: &str = r#"{"name":"ü","id":"id:a","client_modified":"2026-01-02T03:04:05Z",
    "server_modified":"2026-01-02T03:04:05Z","rev":"0123456789","size":7}"#;

fn client(canned: &Canned) -> UserClient {
    UserClient::builder()
        .credential(AccessToken::new("any"))
        .transport(canned.clone())
        .retry(RetryPolicy::off())
        .build()
        .unwrap()
}

/// What a small application does.
async fn application(client: UserClient) -> (bool, String, u64, Vec<u8>) {
    let page = client.files().list_folder("/photos").await.unwrap();
    let pieces = [Ok::<_, String>("con"), Ok("tent")];
    let body = UploadBody::from_stream(futures_util::stream::iter(pieces), None);
    let file = client.files().upload("/ü", body).await.unwrap();
    let down = client.files().download("/ü").await.unwrap();
    let content = down.body.bytes(100).await.unwrap();
    (page.has_more, file.name, down.result.size, content.into())
}

fn set(canned: &Canned) {
    canned.answer(&files::LIST_FOLDER, Reply::json(PAGE));
    canned.answer(&files::UPLOAD, Reply::json(FILE));
    canned.answer(&files::DOWNLOAD, Reply::download(FILE, "content"));
}

fn check(canned: &Canned, seen: (bool, String, u64, Vec<u8>)) {
    assert_eq!(seen, (false, "ü".to_owned(), 7, b"content".to_vec()));
    let sent = canned.sent();
    assert_eq!(sent[0].argument(), r#"{"path":"/photos"}"#);
    assert_eq!(sent[1].argument(), r#"{"path":"/\u00fc"}"#);
    assert_eq!(&*sent[1].body, b"content");
    assert_eq!(
        sent[2].url,
        "https://content.dropboxapi.com/2/files/download"
    );
    assert_eq!(sent[2].header("authorization"), Some("Bearer any"));
    assert_eq!(canned.left(), 0);
}

#[tokio::test]
async fn an_application_runs_without_a_network_on_one_thread() {
    let canned = Canned::new();
    set(&canned);
    check(&canned, application(client(&canned)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_runs_without_a_network_on_many_threads() {
    let canned = Canned::new();
    set(&canned);
    let seen = tokio::spawn(application(client(&canned))).await.unwrap();
    check(&canned, seen);
}

#[test]
fn an_application_that_blocks_runs_without_a_network() {
    let canned = Canned::new();
    canned.answer(&files::LIST_FOLDER, Reply::json(PAGE));
    let page = client(&canned).files().list_folder("").send_blocking();
    assert!(!page.unwrap().has_more);
}

#[tokio::test]
async fn answers_come_in_the_order_in_which_they_were_set() {
    let canned = Canned::new();
    canned.answer(
        &files::GET_METADATA,
        Reply::refused(r#"{".tag":"path","path":{".tag":"not_found"}}"#),
    );
    canned.answer(
        &files::GET_METADATA,
        Reply::status(500, "down").header("x-dropbox-request-id", "42"),
    );
    canned.answer(
        &files::GET_METADATA,
        Reply::fault(TransportErrorKind::Connect),
    );
    canned.answer(&files::GET_METADATA, Reply::json("{").broken_off());
    let client = client(&canned);
    let get = || async { client.files().get_metadata("/a").await.unwrap_err() };
    assert!(get().await.is_not_found());
    let down = get().await;
    assert_eq!(down.request_id(), Some("42"));
    assert_eq!(
        get().await.to_string(),
        "files/get_metadata: no connection to the server"
    );
    let broken = get().await;
    assert_eq!(broken.failure().unwrap().kind(), FailureKind::Transport);
}

#[tokio::test]
async fn a_call_without_an_answer_says_so() {
    let canned = Canned::new();
    canned.answer(&files::COPY_V2, Reply::json("null"));
    let error = client(&canned)
        .files()
        .get_metadata("/a")
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no answer is set for /2/files/get_metadata"),
        "{error}"
    );
    assert_eq!(format!("{canned:?}"), "Canned(1 answers left)");
}

#[tokio::test]
async fn silence_is_waited_for_until_the_limit() {
    let canned = Canned::new();
    canned.answer(&files::GET_METADATA, Reply::silence());
    let call = client(&canned).files().get_metadata("/a");
    let error = call.timeout(Duration::from_millis(10)).await.unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Timeout);
}

#[tokio::test]
async fn tokens_are_canned_too() {
    let canned = Canned::new();
    canned.answer_path(
        "/oauth2/token",
        Reply::json(r#"{"access_token":"fresh","expires_in":14400}"#),
    );
    canned.answer(&files::LIST_FOLDER, Reply::json(PAGE));
    let client = UserClient::builder()
        .credential(Refresh::new(AppKey::new("key"), RefreshToken::new("r")))
        .transport(canned.clone())
        .build()
        .unwrap();
    client.files().list_folder("").await.unwrap();
    let sent = canned.sent();
    assert_eq!(sent[0].path(), "/oauth2/token");
    assert_eq!(sent[1].header("authorization"), Some("Bearer fresh"));
}

#[tokio::test]
async fn results_can_be_values() {
    let canned = Canned::new();
    let mut page: files::ListFolderResult = generated_sdk::json::from_str(PAGE).unwrap();
    page.has_more = true;
    canned.answer(&files::LIST_FOLDER, Reply::result(&page));
    assert_eq!(client(&canned).files().list_folder("").await.unwrap(), page);
}

#[tokio::test(start_paused = true)]
async fn pauses_take_no_time_when_the_time_of_tokio_stands_still() {
    let canned = Canned::new();
    for _ in 0..3 {
        let busy = Reply::status(429, "slow down").header("retry-after", "100");
        canned.answer(&files::LIST_FOLDER, busy);
    }
    canned.answer(&files::LIST_FOLDER, Reply::json(PAGE));
    let client = UserClient::builder()
        .credential(AccessToken::new("any"))
        .transport(canned.clone())
        .build()
        .unwrap();
    let begun = tokio::time::Instant::now();
    client.files().list_folder("").await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(300));
    assert_eq!(canned.sent().len(), 4);
}

//! Connections that fail, break off or say nothing.

use std::net::TcpListener;
use std::time::Duration;

use generated_sdk::runtime::wire::{Blank, Wire};
use generated_sdk::{
    AccessToken, BaseUrls, Call, Download, Error, Failure, FailureKind, RetryPolicy, UserClient,
};
use tests::sample::{FETCH, Note, NoteError, READ, SEND, user, wait};
use tests::server::{Reply, Server};

/// Short, as it is waited for in vain.
const MOMENT: Duration = Duration::from_millis(250);

fn read(client: &UserClient) -> Call<Note, NoteError> {
    Call::rpc(client.core(), &READ, Note::new("/a"))
}

fn fetch(client: &UserClient) -> Call<Download<Note>, NoteError> {
    Call::download(client.core(), &FETCH, Note::new("/a"))
}

fn impatient(server: &Server) -> UserClient {
    let builder = UserClient::builder()
        .credential(AccessToken::new("t"))
        .retry(RetryPolicy::off())
        .read_timeout(MOMENT);
    builder
        .base_urls(BaseUrls::single(server.url()))
        .build()
        .unwrap()
}

#[track_caller]
fn kind<E: Wire + Blank + std::fmt::Debug>(error: &Error<E>) -> FailureKind {
    error
        .failure()
        .unwrap_or_else(|| panic!("{error:?}"))
        .kind()
}

#[test]
fn a_refused_connection_says_so() {
    let free = TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let builder = UserClient::builder()
        .credential(AccessToken::new("t"))
        .retry(RetryPolicy::off());
    let client = builder
        .base_urls(BaseUrls::single(format!("http://{free}")))
        .build()
        .unwrap();
    let error = wait(async { read(&client).await }).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Transport);
    assert_eq!(
        error.to_string(),
        "sample/read: no connection to the server"
    );
    assert!(error.is_retryable() && std::error::Error::source(&error).is_some());
}

#[test]
fn a_connection_that_closes_without_an_answer_is_interrupted() {
    let server = Server::start([Reply::close()]);
    let error = wait(async { read(&user(&server)).await }).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Transport);
}

#[test]
fn what_is_not_http_is_an_error() {
    for bytes in [
        "HTTP/9.9 what\r\n\r\n",
        "220 ftp ready\r\n\r\n",
        "\r\n\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    ] {
        let server = Server::start([Reply::raw(bytes).then_close()]);
        let error = wait(async { read(&user(&server)).await }).unwrap_err();
        assert_eq!(kind(&error), FailureKind::Transport, "{bytes}");
    }
}

#[test]
fn a_result_that_breaks_off_is_an_error() {
    let whole = Reply::json(200, r#"{"path":"/a","size":1}"#);
    let server = Server::start([whole.without_last(5).then_close()]);
    let error = wait(async { read(&user(&server)).await }).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Transport);
    assert_eq!(
        error.to_string(),
        "sample/read: the answer broke off before its end"
    );
}

#[test]
fn a_download_that_breaks_off_is_an_error() {
    let headers = [("Dropbox-API-Result", r#"{"path":"/a","size":1}"#)];
    let chunked = "HTTP/1.1 200 OK\r\nDropbox-API-Result: {\"path\":\"/a\",\"size\":1}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    let replies = [
        Reply::with(200, &headers, "content").without_last(1),
        Reply::raw(chunked),
    ];
    for reply in replies {
        let server = Server::start([reply.then_close()]);
        let failure: Box<Failure> = wait(async {
            fetch(&user(&server))
                .await
                .unwrap()
                .body
                .bytes(100)
                .await
                .unwrap_err()
        });
        assert_eq!(failure.kind(), FailureKind::Transport);
        let error: std::io::Error = failure.into();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionAborted);
    }
}

#[test]
fn nothing_is_waited_for_for_ever() {
    let headers = [("Dropbox-API-Result", r#"{"path":"/a","size":1}"#)];
    let server = Server::start([
        Reply::hold(),
        Reply::json(200, "{}").without_last(1).then_hold(),
        Reply::with(200, &headers, "content")
            .without_last(1)
            .then_hold(),
    ]);
    let client = impatient(&server);
    wait(async {
        let error = read(&client).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::Timeout);
        assert_eq!(error.to_string(), "sample/read: no answer within 250ms");
        assert_eq!(
            kind(&read(&client).await.unwrap_err()),
            FailureKind::Timeout
        );
        let mut body = fetch(&client).await.unwrap().body;
        assert_eq!(
            body.chunk().await.unwrap().as_deref(),
            Some(b"conten".as_slice())
        );
        assert_eq!(body.chunk().await.unwrap_err().kind(), FailureKind::Timeout);
        assert!(
            body.chunk().await.unwrap().is_none(),
            "nothing comes after an error"
        );
    });
}

#[test]
fn a_call_may_have_a_limit_of_its_own() {
    let server = Server::start([Reply::hold()]);
    let error = wait(async { read(&user(&server)).timeout(MOMENT).await }).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Timeout);
}

#[test]
fn redirects_are_not_followed() {
    let target = Server::start([Reply::json(200, "null")]);
    let location = target.url();
    let server = Server::start([Reply::with(307, &[("Location", &location)], "")]);
    let error = wait(async { read(&user(&server)).await }).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Unexpected);
    assert!(target.requests().is_empty());
}

#[test]
fn an_answer_that_comes_before_the_content_was_read_counts() {
    let body = r#"{"error":{".tag":"path","path":{".tag":"conflict"}}}"#;
    let server = Server::hasty(move |_| Reply::json(409, body));
    let client = user(&server);
    let content = vec![7; 20_000_000];
    let call: Call<Note, NoteError> =
        Call::upload(client.core(), &SEND, Note::new("/a"), content.into());
    let error = wait(async { call.await }).unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
}

#[test]
fn a_server_that_does_not_speak_tls_is_no_connection() {
    let server = Server::start([]);
    let urls = BaseUrls::single(server.url().replace("http:", "https:"));
    let builder = UserClient::builder()
        .credential(AccessToken::new("t"))
        .retry(RetryPolicy::off());
    let client = builder.base_urls(urls).build().unwrap();
    let error = wait(async { read(&client).await }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "sample/read: no connection to the server"
    );
    assert!(server.requests().is_empty());
}

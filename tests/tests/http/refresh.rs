//! Access tokens that do not last: replaced in time, once for all calls, and without a way to wait for ever.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use generated_sdk::oauth::Refresh;
use generated_sdk::runtime::{CallFuture, CredentialErrorKind, TokenContext, transport::BoxFuture};
use generated_sdk::{
    AccessToken, AppKey, AppSecret, BaseUrls, Call, Credential, CredentialError, Error,
    FailureKind, RefreshToken, RetryPolicy, TeamClient, TokenProvider, Tokens, UploadBody,
    UserClient,
};
use tests::clock::{START, TestClock};
use tests::sample::{MEMBERS, Note, NoteError, READ, SEND, wait};
use tests::server::{Recorded, Reply, Server};

const EXPIRED: &str =
    r#"{"error_summary":"expired_access_token/..","error":{".tag":"expired_access_token"}}"#;

fn refresh() -> Refresh {
    Refresh::new(AppKey::new("key"), RefreshToken::new("refresh"))
}

fn starting_with(token: &str, life: u64) -> Refresh {
    let tokens = Tokens::new(AccessToken::new(token))
        .expires_at(START + Duration::from_secs(life))
        .refresh_token(RefreshToken::new("refresh"));
    Refresh::from_tokens(AppKey::new("key"), tokens).unwrap()
}

fn client(server: &Server, clock: &TestClock, credential: impl Into<Credential>) -> UserClient {
    UserClient::builder()
        .credential(credential)
        .base_urls(BaseUrls::single(server.url()))
        .clock(clock.clone())
        .read_timeout(None)
        .build()
        .unwrap()
}

fn read(client: &UserClient) -> Call<Note, NoteError> {
    Call::rpc(client.core(), &READ, Note::new("/a"))
}

/// Gives out the tokens `t1`, `t2` …, each for four hours, and accepts only the last one.
fn issuer() -> (Server, Arc<AtomicUsize>) {
    let issued = Arc::new(AtomicUsize::new(0));
    let count = issued.clone();
    let server = Server::with(move |request| {
        if request.path == "/oauth2/token" {
            return token(count.fetch_add(1, Ordering::SeqCst) + 1);
        }
        match bearer(request) == format!("t{}", count.load(Ordering::SeqCst)) {
            true => Reply::json(200, r#"{"path":"/a","size":1}"#),
            false => Reply::json(401, EXPIRED),
        }
    });
    (server, issued)
}

fn token(number: usize) -> Reply {
    Reply::json(
        200,
        &format!(r#"{{"access_token":"t{number}","token_type":"bearer","expires_in":14400}}"#),
    )
}

fn bearer(request: &Recorded) -> String {
    let header = request.header("authorization").unwrap_or_default();
    header
        .strip_prefix("Bearer ")
        .unwrap_or_default()
        .to_owned()
}

fn paths(server: &Server) -> Vec<String> {
    server
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect()
}

#[test]
fn the_first_call_gets_a_token_and_the_next_ones_use_it() {
    let (server, issued) = issuer();
    let client = client(
        &server,
        &TestClock::default(),
        refresh().with_secret(AppSecret::new("s3cret")),
    );
    wait(async {
        read(&client).await.unwrap();
        read(&client).await.unwrap();
    });
    assert_eq!(issued.load(Ordering::SeqCst), 1);
    let form = &server.requests()[0];
    assert_eq!(
        form.text(),
        "client_id=key&client_secret=s3cret&grant_type=refresh_token&refresh_token=refresh"
    );
    assert_eq!(
        form.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(form.header("authorization"), None);
}

#[test]
fn tokens_can_be_asked_for_with_fewer_scopes() {
    let (server, _) = issuer();
    let refresh = refresh().scopes(["files.metadata.read", "account_info.read"]);
    let client = client(&server, &TestClock::default(), refresh);
    wait(async { read(&client).await }).unwrap();
    let form = server.requests().remove(0);
    let asked = "&scope=files.metadata.read+account_info.read";
    assert!(form.text().contains(asked), "{}", form.text());
}

#[test]
fn a_token_is_replaced_before_its_end() {
    let (server, issued) = issuer();
    let clock = TestClock::default();
    let client = client(&server, &clock, refresh());
    wait(async {
        read(&client).await.unwrap();
        clock.advance(Duration::from_secs(14_400 - 301));
        read(&client).await.unwrap();
        assert_eq!(issued.load(Ordering::SeqCst), 1);
        clock.advance(Duration::from_secs(2));
        read(&client).await.unwrap();
    });
    assert_eq!(issued.load(Ordering::SeqCst), 2);
}

#[test]
fn chance_has_tokens_replaced_up_to_a_minute_earlier() {
    let (server, issued) = issuer();
    let clock = TestClock::with_random(u64::MAX);
    let client = client(&server, &clock, refresh());
    wait(async {
        read(&client).await.unwrap();
        clock.advance(Duration::from_secs(14_400 - 360));
        read(&client).await.unwrap();
    });
    assert_eq!(issued.load(Ordering::SeqCst), 2);
}

#[test]
fn a_token_that_the_server_calls_expired_is_replaced_once() {
    let (server, issued) = issuer();
    let client = client(&server, &TestClock::default(), starting_with("old", 14_400));
    wait(async { read(&client).await }).unwrap();
    assert_eq!(issued.load(Ordering::SeqCst), 1);
    assert_eq!(
        paths(&server),
        ["/2/sample/read", "/oauth2/token", "/2/sample/read"]
    );
}

#[test]
fn a_server_that_calls_every_token_expired_is_not_asked_for_ever() {
    let server = Server::with(|request| match request.path.as_str() {
        "/oauth2/token" => token(1),
        _ => Reply::json(401, EXPIRED),
    });
    let client = client(&server, &TestClock::default(), starting_with("old", 14_400));
    let error = wait(async { read(&client).await }).unwrap_err();
    assert!(error.is_auth_expired());
    assert_eq!(paths(&server).len(), 3);
}

#[test]
fn an_expired_token_is_recognised_where_a_content_endpoint_hides_it() {
    let hidden = r#"{"error_summary":"other/...","error":{".tag":"other"},"user_message":{"locale":"en","text":"{\"error_summary\": \"expired_access_token/..\", \"error\": {\".tag\": \"expired_access_token\"}}"}}"#;
    for status in [401, 409] {
        let server =
            Server::with(
                move |request| match (request.path.as_str(), bearer(request).as_str()) {
                    ("/oauth2/token", _) => token(1),
                    (_, "t1") => Reply::json(200, "null"),
                    _ => Reply::json(status, hidden),
                },
            );
        let client = client(&server, &TestClock::default(), starting_with("old", 14_400));
        let call: Call<(), NoteError> = Call::upload(client.core(), &SEND, (), "content".into());
        wait(async { call.await }).unwrap();
        assert_eq!(paths(&server).len(), 3, "{status}");
    }
}

#[test]
fn other_errors_of_authentication_do_not_cost_a_token() {
    for tag in [
        "invalid_access_token",
        "missing_scope",
        "user_suspended",
        "invalid_select_user",
    ] {
        let server =
            Server::with(move |_| Reply::json(401, &format!(r#"{{"error":{{".tag":"{tag}"}}}}"#)));
        let client = client(&server, &TestClock::default(), starting_with("t", 14_400));
        let error = wait(async { read(&client).await }).unwrap_err();
        assert_eq!((error.tag_path(), server.requests().len()), (tag, 1));
    }
}

#[test]
fn content_that_cannot_be_sent_again_is_not_lost_on_a_new_token() {
    let (server, issued) = issuer();
    let client = client(&server, &TestClock::default(), starting_with("old", 14_400));
    let body = UploadBody::from_stream(Empty, None);
    let call: Call<(), NoteError> = Call::upload(client.core(), &SEND, (), body);
    let error = wait(async { call.await }).unwrap_err();
    assert!(error.is_auth_expired());
    assert_eq!(issued.load(Ordering::SeqCst), 0);
}

/// Makes a thousand calls at once with an expired token, and says how many were well.
async fn thousand(client: &UserClient) -> usize {
    let calls: Vec<_> = (0..1000)
        .map(|_| tokio::spawn(read(client).into_future()))
        .collect();
    let mut well = 0;
    for call in calls {
        well += usize::from(call.await.unwrap().is_ok());
    }
    well
}

fn on_each_runtime(test: impl AsyncFn()) {
    wait(test());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build();
    runtime.unwrap().block_on(test());
}

/// Gives out tokens once its door is open.
#[derive(Debug, Clone)]
struct Office {
    asked: Arc<AtomicUsize>,
    door: Arc<tokio::sync::Semaphore>,
    refuses: bool,
}

impl Office {
    fn open(&self) {
        self.door.add_permits(1_000_000);
    }
}

impl Default for Office {
    fn default() -> Self {
        Self {
            asked: Arc::default(),
            door: Arc::new(tokio::sync::Semaphore::new(0)),
            refuses: false,
        }
    }
}

impl TokenProvider for Office {
    fn fetch<'a>(&'a self, _: &'a TokenContext) -> BoxFuture<'a, Result<Tokens, CredentialError>> {
        Box::pin(async move {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            drop(self.door.acquire().await);
            if self.refuses {
                return Err(CredentialError::new(CredentialErrorKind::Reauthorize, "no"));
            }
            Ok(Tokens::new(AccessToken::new(format!("t{number}"))))
        })
    }
}

type Made = Pin<Box<CallFuture<Note, NoteError>>>;

/// A call that has come as far as it can without waiting.
async fn begun(client: &UserClient) -> Made {
    let mut call = Box::pin(read(client).into_future());
    poll_fn(|cx| {
        assert!(call.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    })
    .await;
    call
}

async fn thousand_begun(client: &UserClient) -> Vec<Made> {
    let mut calls = Vec::new();
    for _ in 0..1000 {
        calls.push(begun(client).await);
    }
    calls
}

#[test]
fn a_thousand_calls_at_once_get_one_token() {
    on_each_runtime(async || {
        let office = Office::default();
        let server = Server::with(|_| Reply::json(200, r#"{"path":"/a","size":1}"#));
        let client = client(
            &server,
            &TestClock::default(),
            Credential::from_provider(office.clone()),
        );
        let calls = thousand_begun(&client).await;
        office.open();
        for call in calls {
            call.await.unwrap();
        }
        assert_eq!(office.asked.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_thousand_calls_with_an_expired_token_get_one_new_one() {
    on_each_runtime(async || {
        let (server, issued) = issuer();
        let client = client(&server, &TestClock::default(), starting_with("old", 14_400));
        assert_eq!(thousand(&client).await, 1000);
        assert_eq!(issued.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn all_who_wait_see_a_failure_and_later_calls_try_again() {
    on_each_runtime(async || {
        let office = Office {
            refuses: true,
            ..Office::default()
        };
        let server = Server::start([]);
        let client = client(
            &server,
            &TestClock::default(),
            Credential::from_provider(office.clone()),
        );
        let calls = thousand_begun(&client).await;
        office.open();
        for call in calls {
            let error = call.await.unwrap_err();
            assert_eq!(error.failure().unwrap().kind(), FailureKind::Credential);
            assert!(error.is_reauth_needed());
        }
        assert_eq!(office.asked.load(Ordering::SeqCst), 1);
        read(&client).await.unwrap_err();
        assert_eq!(office.asked.load(Ordering::SeqCst), 2);
        assert!(server.requests().is_empty());
    });
}

#[test]
fn the_call_that_asked_first_may_be_dropped() {
    on_each_runtime(async || {
        let office = Office::default();
        let server = Server::with(|_| Reply::json(200, r#"{"path":"/a","size":1}"#));
        let client = client(
            &server,
            &TestClock::default(),
            Credential::from_provider(office.clone()),
        );
        let mut calls = thousand_begun(&client).await;
        drop(calls.remove(0));
        office.open();
        for call in calls {
            call.await.unwrap();
        }
        assert_eq!(office.asked.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn calls_that_are_all_dropped_leave_nothing_behind() {
    on_each_runtime(async || {
        let office = Office::default();
        let server = Server::with(|_| Reply::json(200, r#"{"path":"/a","size":1}"#));
        let client = client(
            &server,
            &TestClock::default(),
            Credential::from_provider(office.clone()),
        );
        drop(thousand_begun(&client).await);
        office.open();
        read(&client).await.unwrap();
        assert_eq!(office.asked.load(Ordering::SeqCst), 2);
    });
}

#[test]
fn trouble_of_the_token_endpoint_that_passes_is_repeated() {
    let server = Server::start([
        Reply::text(500, "oops"),
        Reply::close(),
        token(1),
        Reply::json(200, r#"{"path":"/a","size":1}"#),
    ]);
    let clock = TestClock::default();
    let client = client(&server, &clock, refresh());
    wait(async { read(&client).await }).unwrap();
    assert_eq!(server.requests().len(), 4);
    assert_eq!(clock.pauses().len(), 2);
}

#[test]
fn a_grant_that_has_ended_asks_for_authorization_and_is_not_repeated() {
    let server = Server::with(|_| {
        Reply::json(
            400,
            r#"{"error":"invalid_grant","error_description":"refresh token is invalid or revoked"}"#,
        )
    });
    let client = client(&server, &TestClock::default(), refresh());
    let error = wait(async { read(&client).await }).unwrap_err();
    assert_eq!(server.requests().len(), 1);
    assert!(error.is_reauth_needed() && !error.is_retryable());
    assert!(
        error.to_string().contains("authorize the app again"),
        "{error}"
    );
}

#[test]
fn a_token_that_still_works_is_used_on_when_no_new_one_can_be_had() {
    let server = Server::with(|request| match request.path.as_str() {
        "/oauth2/token" => Reply::text(500, ""),
        _ => Reply::json(200, r#"{"path":"/a","size":1}"#),
    });
    let clock = TestClock::default();
    clock.advance(Duration::from_secs(200));
    let client = client(&server, &clock, starting_with("old", 400));
    wait(async {
        read(&client).await.unwrap();
        let asked = paths(&server).len();
        read(&client).await.unwrap();
        assert_eq!(
            paths(&server).len(),
            asked + 1,
            "the next attempt is put off"
        );
        clock.advance(Duration::from_secs(400));
        let error = read(&client).await.unwrap_err();
        assert!(error.is_retryable());
    });
}

#[test]
fn each_new_token_is_told_before_it_is_used() {
    let (server, _) = issuer();
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = told.clone();
    let refresh = refresh().on_tokens(move |tokens| list.lock().unwrap().push(tokens.clone()));
    let client = client(&server, &TestClock::default(), refresh);
    wait(async { read(&client).await }).unwrap();
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].access_token.expose(), "t1");
    assert_eq!(
        told[0].expires_at,
        Some(START + Duration::from_secs(14_400))
    );
    assert_eq!(told[0].refresh_token, Some(RefreshToken::new("refresh")));
}

#[test]
fn derived_clients_share_their_token() {
    let (server, issued) = issuer();
    let builder = TeamClient::builder()
        .credential(refresh())
        .base_urls(BaseUrls::single(server.url()));
    let team = builder.build().unwrap();
    wait(async {
        let members: Call<Note, NoteError> = Call::rpc(team.core(), &MEMBERS, Note::new("/a"));
        members.await.unwrap();
        read(&team.as_user("dbmid:1")).await.unwrap();
        read(
            &team
                .as_user("dbmid:2")
                .with_path_root(generated_sdk::PathRoot::Home),
        )
        .await
        .unwrap();
    });
    assert_eq!(issued.load(Ordering::SeqCst), 1);
}

#[test]
fn a_revoked_credential_is_empty() {
    let server = Server::with(|request| match request.path.as_str() {
        "/oauth2/token" => token(1),
        _ => Reply::json(200, "null"),
    });
    let client = client(&server, &TestClock::default(), refresh());
    let error: Error<NoteError> = wait(async {
        client.core().revoke().await.unwrap();
        read(&client).await.unwrap_err()
    });
    assert_eq!(paths(&server), ["/oauth2/token", "/2/auth/token/revoke"]);
    assert_eq!(
        error.failure().unwrap().credential_error(),
        Some(CredentialErrorKind::Revoked)
    );
}

#[test]
fn what_the_token_endpoint_says_does_not_show_secrets() {
    let server = Server::with(|request| {
        Reply::json(
            400,
            &format!(
                r#"{{"error":"invalid_request","error_description":"{}"}}"#,
                request.text()
            ),
        )
    });
    let refresh = Refresh::new(AppKey::new("key"), RefreshToken::new("r3fresh"))
        .with_secret(AppSecret::new("s3cret"));
    let printed = format!("{refresh:?}");
    let client = client(&server, &TestClock::default(), refresh);
    let error = wait(async { read(&client).retry(RetryPolicy::off()).await }).unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    for text in [
        printed,
        format!("{client:?}"),
        format!("{error} {error:?}"),
        format!("{source} {source:?}"),
    ] {
        assert!(
            !text.contains("r3fresh") && !text.contains("s3cret"),
            "{text}"
        );
    }
}

/// A stream without content.
struct Empty;

impl futures_core::Stream for Empty {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

//! What hooks and spans are told of calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated_sdk::oauth::Refresh;
use generated_sdk::runtime::hooks::{Ended, Ending, Hooks, Retry, Started};
use generated_sdk::{
    AccessToken, AppKey, BaseUrls, Call, Credential, FailureKind, RefreshToken, UploadBody,
    UserClient,
};
use tests::clock::TestClock;
use tests::sample::{FETCH, Note, NoteError, READ, SEND, wait};
use tests::server::{Reply, Server};
use tests::witness::Witness;

const NOTE: &str = r#"{"path":"/a","size":1}"#;

fn client(server: &Server, hooks: impl Hooks + 'static) -> UserClient {
    with_credential(server, hooks, AccessToken::new("t").into())
}

fn with_credential(
    server: &Server,
    hooks: impl Hooks + 'static,
    credential: Credential,
) -> UserClient {
    UserClient::builder()
        .credential(credential)
        .base_urls(BaseUrls::single(server.url()))
        .clock(TestClock::with_random(u64::MAX))
        .read_timeout(None)
        .hooks(hooks)
        .build()
        .unwrap()
}

fn read(client: &UserClient) -> Call<Note, NoteError> {
    Call::rpc(client.core(), &READ, Note::new("/a"))
}

/// Takes down what matters of each event.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

fn told(what: &str, end: &Ended<'_>) -> String {
    let status = end.status.map_or(0, |status| status.as_u16());
    let (out, back) = (end.bytes_out, end.bytes_in);
    let id = end.request_id.unwrap_or_default();
    format!(
        "{what} {}.{} {}: {} {status} {id:?} {:?} {out:?} {back:?} {:?}",
        end.call, end.attempt, end.route, end.ending, end.retry_after, end.duration
    )
}

impl Hooks for Log {
    fn on_attempt_start(&self, attempt: &Started) {
        self.note(format!("start {}.{}", attempt.call, attempt.attempt));
    }

    fn on_attempt_end(&self, end: &Ended<'_>) {
        self.note(told("end", end));
    }

    fn on_retry(&self, retry: &Retry) {
        self.note(format!("retry {} after {:?}", retry.ending, retry.pause));
    }

    fn on_call_end(&self, end: &Ended<'_>) {
        self.note(told("call", end));
    }
}

#[test]
fn hooks_see_every_step_of_a_call() {
    let id = [("X-Dropbox-Request-Id", "42"), ("Retry-After", "3")];
    let server = Server::start([
        Reply::with(503, &id, "busy"),
        Reply::json(200, NOTE),
        Reply::json(
            409,
            r#"{"error":{".tag":"path","path":{".tag":"not_found"}}}"#,
        ),
    ]);
    let log = Log::default();
    let client = client(&server, log.clone());
    wait(async {
        read(&client).await.unwrap();
        read(&client).await.unwrap_err();
    });
    // The body of the call has 22 bytes, and time passes with pauses only.
    assert_eq!(
        log.lines(),
        [
            "start 1.1",
            r#"end 1.1 sample/read: failed: Server 503 "42" Some(3s) Some(22) Some(4) 0ns"#,
            "retry failed: Server after 3.5s",
            "start 1.2",
            r#"end 1.2 sample/read: succeeded 200 "" None Some(22) Some(22) 0ns"#,
            r#"call 1.2 sample/read: succeeded 200 "" None Some(22) Some(22) 3.5s"#,
            "start 2.1",
            r#"end 2.1 sample/read: refused 409 "" None Some(22) Some(53) 0ns"#,
            r#"call 2.1 sample/read: refused 409 "" None Some(22) Some(53) 0ns"#,
        ]
    );
}

#[test]
fn a_call_that_is_not_sent_ends_without_an_attempt() {
    let server = Server::start([]);
    let log = Log::default();
    let call = read(&client(&server, log.clone())).header("Authorization", "x");
    wait(async { call.await }).unwrap_err();
    let line = r#"call 1.0 sample/read: failed: InvalidArgument 0 "" None None None 0ns"#;
    assert_eq!(log.lines(), [line]);
}

#[test]
fn sizes_are_told_where_they_are_known() {
    let headers = [("Dropbox-API-Result", NOTE)];
    let server = Server::with(move |request| match request.path.ends_with("fetch") {
        true => Reply::with(200, &headers, "content"),
        false => Reply::json(200, "null"),
    });
    let log = Log::default();
    let client = client(&server, log.clone());
    let unknown =
        UploadBody::from_stream(futures_util::stream::iter([Ok::<_, String>("abc")]), None);
    wait(async {
        for body in [UploadBody::from("abcd"), unknown] {
            Call::<(), ()>::upload(client.core(), &SEND, (), body)
                .await
                .unwrap();
        }
        Call::<generated_sdk::Download<Note>, ()>::download(client.core(), &FETCH, ())
            .await
            .unwrap();
    });
    let lines = log.lines();
    let calls: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("call"))
        .collect();
    assert_eq!(
        calls,
        [
            r#"call 1.1 sample/send:2: succeeded 200 "" None Some(4) Some(4) 0ns"#,
            r#"call 2.1 sample/send:2: succeeded 200 "" None None Some(4) 0ns"#,
            r#"call 3.1 sample/fetch: succeeded 200 "" None Some(0) None 0ns"#,
        ]
    );
}

/// Counts what begins against what ends.
#[derive(Debug, Clone, Default)]
struct Balance(Arc<Mutex<(i32, Vec<Ending>)>>);

impl Hooks for Balance {
    fn on_attempt_start(&self, _: &Started) {
        self.0.lock().unwrap().0 += 1;
    }

    fn on_attempt_end(&self, end: &Ended<'_>) {
        self.0.lock().unwrap().0 -= 1;
        assert_eq!(end.ending, Ending::Dropped);
    }

    fn on_call_end(&self, end: &Ended<'_>) {
        self.0.lock().unwrap().1.push(end.ending);
    }
}

#[test]
fn a_call_that_is_dropped_or_late_ends_too() {
    let server = Server::with(|_| Reply::hold());
    let balance = Balance::default();
    let client = UserClient::builder()
        .credential(AccessToken::new("t"))
        .base_urls(BaseUrls::single(server.url()))
        .hooks(balance.clone())
        .build()
        .unwrap();
    let moment = Duration::from_millis(50);
    wait(async {
        let call = async { read(&client).await };
        tokio::time::timeout(moment, call).await.unwrap_err();
        read(&client).timeout(moment).await.unwrap_err();
    });
    let (open, endings) = balance.0.lock().unwrap().clone();
    assert_eq!(open, 0);
    assert_eq!(
        endings,
        [Ending::Dropped, Ending::Failed(FailureKind::Timeout)]
    );
}

#[test]
fn hooks_are_told_of_new_tokens_and_of_their_failure() {
    let server = Server::start([
        Reply::json(200, r#"{"access_token":"t1","expires_in":14400}"#),
        Reply::json(401, r#"{"error":{".tag":"expired_access_token"}}"#),
        Reply::json(400, r#"{"error":"invalid_grant"}"#),
    ]);
    let witness = Witness::default();
    let refresh = Refresh::new(AppKey::new("key"), RefreshToken::new("refresh"));
    let client = with_credential(&server, witness.clone(), refresh.into());
    let error = wait(async { read(&client).await }).unwrap_err();
    assert!(error.is_reauth_needed());
    let lines = witness.lines();
    let told: Vec<_> = lines
        .iter()
        .filter_map(|line| Some(line.split_once(' ')?.0))
        .collect();
    assert_eq!(
        told,
        [
            "Refreshed",
            "Started",
            "attempt",
            "Retry",
            "Refreshed",
            "call"
        ]
    );
    assert!(lines[0].contains("error: None"), "{}", lines[0]);
    assert!(lines[4].contains("kind: Reauthorize"), "{}", lines[4]);
}

#[test]
fn spans_cover_calls_and_attempts() {
    let headers = [("X-Dropbox-Request-Id", "42"), ("Retry-After", "3")];
    let server = Server::start([
        Reply::with(429, &headers, "slow down"),
        Reply::json(200, NOTE),
    ]);
    let witness = Witness::default();
    let client = client(&server, Log::default());
    let guard = witness.listen();
    wait(async { read(&client).await }).unwrap();
    drop(guard);

    let lines = witness.lines();
    let own: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|line| line.contains("dropbox.") || line.contains("the call is made again"))
        .collect();
    let number = |line: &str| line.split([' ', ':']).nth(1).map(str::to_owned).unwrap();
    let call = number(own[0]);
    assert_eq!(
        own[0],
        format!("span {call} in 0: dropbox.call call=1 route=sample/read")
    );
    assert_eq!(own.len(), 4, "{own:?}");
    let attempts = [number(own[1]), number(own[3])];
    for (index, (line, attempt)) in [own[1], own[3]].iter().zip(&attempts).enumerate() {
        let begin = format!(
            "span {attempt} in {call}: dropbox.attempt attempt={}",
            index + 1
        );
        assert_eq!(*line, begin);
    }
    let retry = format!(
        "event in {call}: INFO message=the call is made again attempt=1 ending=failed: RateLimited pause=3.5s"
    );
    assert_eq!(own[2], retry);

    let fields = |span: &str| -> String {
        let begin = format!("span {span}: ");
        lines
            .iter()
            .filter_map(|line| line.strip_prefix(&begin))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        fields(&attempts[0]),
        r#"ending=failed: RateLimited status=429 request_id="42" retry_after=3s bytes_out=22 bytes_in=9"#
    );
    assert_eq!(
        fields(&call),
        "attempts=2 ending=succeeded status=200 bytes_out=22 bytes_in=22"
    );
}

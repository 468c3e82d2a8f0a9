//! What is repeated, what is not, and how long the client waits in between.

use std::time::Duration;

use generated_sdk::runtime::{Attempt, RepeatSafety, Route, Verdict};
use generated_sdk::{
    AccessToken, BaseUrls, Call, FailureKind, RetryPolicy, UploadBody, UserClient,
};
use tests::clock::TestClock;
use tests::sample::{Note, NoteError, READ, SEND, wait};
use tests::server::{Reply, Server};

/// As `READ`, but a call must not be made twice.
static WRITE: Route = Route {
    repeat: RepeatSafety::Once,
    ..READ
};

fn client(server: &Server, clock: &TestClock, policy: RetryPolicy) -> UserClient {
    UserClient::builder()
        .credential(AccessToken::new("t"))
        .base_urls(BaseUrls::single(server.url()))
        .clock(clock.clone())
        .read_timeout(None)
        .retry(policy)
        .build()
        .unwrap()
}

/// Makes a call that gets these replies, then success. Gives the number of requests, the pauses, and how it ended.
fn run(
    route: &'static Route,
    replies: Vec<Reply>,
    policy: RetryPolicy,
) -> (usize, Vec<u128>, Option<String>) {
    let success = Reply::json(200, r#"{"path":"/a","size":1}"#);
    let server = Server::start(replies.into_iter().chain([success]));
    let clock = TestClock::with_random(u64::MAX);
    let client = client(&server, &clock, policy);
    let call: Call<Note, NoteError> = Call::rpc(client.core(), route, Note::new("/a"));
    let result = wait(async { call.await });
    let error = result.err().map(|error| error.to_string());
    (server.requests().len(), clock.pauses(), error)
}

fn limited(headers: &[(&str, &str)], body: &str) -> Reply {
    Reply::with(429, headers, body)
}

#[test]
fn trouble_that_passes_is_repeated_with_growing_pauses() {
    let replies = vec![
        Reply::text(500, ""),
        Reply::text(502, "<html>"),
        Reply::json(504, "{}"),
        Reply::text(503, "busy"),
    ];
    let (requests, pauses, error) = run(&READ, replies, RetryPolicy::default());
    assert_eq!((requests, error), (5, None));
    assert_eq!(pauses, [500, 1000, 2000, 4000]);
}

#[test]
fn after_the_last_attempt_the_error_is_returned() {
    let replies = (0..9).map(|_| Reply::text(500, "")).collect();
    let (requests, pauses, error) = run(&READ, replies, RetryPolicy::default().max_attempts(3));
    assert_eq!((requests, pauses.len()), (3, 2));
    assert!(error.unwrap().contains("the server has trouble (500"));
}

#[test]
fn calls_that_must_not_be_made_twice_are_not() {
    for reply in [
        Reply::text(500, ""),
        Reply::text(502, ""),
        Reply::text(504, ""),
        Reply::close(),
    ] {
        let (requests, _, error) = run(&WRITE, vec![reply.clone()], RetryPolicy::default());
        assert_eq!((requests, error.is_some()), (1, true), "{reply:?}");
        let (requests, _, error) = run(&READ, vec![reply.clone()], RetryPolicy::default());
        assert_eq!((requests, error), (2, None), "{reply:?}");
    }
}

#[test]
fn calls_that_the_server_turned_away_are_made_again_in_any_case() {
    for reply in [
        Reply::text(503, ""),
        limited(&[], ""),
        Reply::json(409, r#"{"error":{".tag":"busy"}}"#),
    ] {
        let (requests, _, error) = run(&WRITE, vec![reply.clone()], RetryPolicy::default());
        assert_eq!((requests, error), (2, None), "{reply:?}");
    }
}

#[test]
fn the_wait_of_a_server_is_kept_in_all_forms_of_429() {
    let reason = r#"{"reason":{".tag":"too_many_requests"}"#;
    let forms = [
        (
            limited(
                &[("Retry-After", "7")],
                &format!(r#"{{"error":{reason},"retry_after":3}}}}"#),
            ),
            7_000,
        ),
        (
            limited(
                &[("Retry-After", "3")],
                &format!(r#"{{"error":{reason},"retry_after":7}}}}"#),
            ),
            7_000,
        ),
        (
            limited(&[], &format!(r#"{{"error":{reason},"retry_after":7}}}}"#)),
            7_000,
        ),
        (
            limited(
                &[("Retry-After", "1")],
                r#"{"error":{"reason":{".tag":"too_many_write_operations"}}}"#,
            ),
            1_000,
        ),
        (limited(&[], &format!(r#"{{"error":{reason}}}}}"#)), 1_000),
        (limited(&[("Retry-After", "5")], "too_many_requests"), 5_000),
        (limited(&[], "<html>slow down</html>"), 1_000),
        (limited(&[("Retry-After", "0")], ""), 0),
        (
            limited(&[("Retry-After", "Thu, 01 Jan 1970 00:00:09 GMT")], ""),
            9_000,
        ),
    ];
    for (reply, wait) in forms {
        let (requests, pauses, error) = run(&READ, vec![reply.clone()], RetryPolicy::default());
        assert_eq!((requests, error), (2, None), "{reply:?}");
        assert_eq!(pauses, [wait + 500], "{reply:?}");
    }
}

#[test]
fn a_server_that_wants_too_long_a_wait_ends_the_call() {
    let reply = limited(&[("Retry-After", "121")], "");
    let (requests, pauses, error) = run(&READ, vec![reply], RetryPolicy::default());
    assert_eq!((requests, pauses.len()), (1, 0));
    assert!(error.unwrap().contains("try again in 121 s"));
}

#[test]
fn what_is_wrong_for_good_is_not_repeated() {
    for status in [400, 401, 403, 404, 409, 410, 422] {
        let reply = Reply::json(status, r#"{"error":{".tag":"not_found"}}"#);
        let (requests, pauses, error) = run(&READ, vec![reply], RetryPolicy::default());
        assert_eq!(
            (requests, pauses.len(), error.is_some()),
            (1, 0, true),
            "{status}"
        );
    }
}

#[test]
fn an_answer_that_breaks_off_is_repeated() {
    let reply = Reply::json(200, r#"{"path":"/a","size":1}"#)
        .without_last(3)
        .then_close();
    let (requests, _, error) = run(&READ, vec![reply.clone()], RetryPolicy::default());
    assert_eq!((requests, error), (2, None));
    let (requests, _, error) = run(&WRITE, vec![reply], RetryPolicy::default());
    assert_eq!((requests, error.is_some()), (1, true));
}

#[test]
fn a_refused_connection_is_tried_again_even_for_calls_that_must_not_be_made_twice() {
    let free = std::net::TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let clock = TestClock::default();
    let builder = UserClient::builder()
        .credential(AccessToken::new("t"))
        .read_timeout(None);
    let client = builder
        .base_urls(BaseUrls::single(format!("http://{free}")))
        .clock(clock.clone())
        .build()
        .unwrap();
    let call: Call<Note, NoteError> = Call::rpc(client.core(), &WRITE, Note::new("/a"));
    let error = wait(async { call.await }).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Transport);
    assert_eq!(clock.pauses().len(), 4);
}

#[test]
fn a_classifier_may_ask_for_retries_and_forbid_them() {
    let policy =
        RetryPolicy::default().classifier(|attempt: &Attempt<'_>| match attempt.status() {
            Some(status) if status == 404 => Verdict::Retry,
            Some(status) if status == 500 => Verdict::Forbid,
            _ => Verdict::NoOpinion,
        });
    let outcome = |status| run(&READ, vec![Reply::text(status, "")], policy.clone()).0;
    assert_eq!([404, 500, 503, 400].map(outcome), [2, 1, 2, 1]);
}

#[test]
fn one_call_can_have_a_policy_of_its_own() {
    let server = Server::with(|_| Reply::text(500, ""));
    let client = client(&server, &TestClock::default(), RetryPolicy::default());
    let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
    wait(async { call.retry(RetryPolicy::off()).await }).unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn content_is_sent_again_only_if_there_is_another_copy() {
    let upload = |body: UploadBody| {
        let server = Server::start([Reply::text(503, ""), Reply::json(200, "null")]);
        let client = client(&server, &TestClock::default(), RetryPolicy::default());
        let call: Call<(), ()> = Call::upload(client.core(), &SEND, Note::new("/a"), body);
        let result = wait(async { call.await });
        let bodies: Vec<_> = server
            .requests()
            .iter()
            .map(|request| request.body.len())
            .collect();
        (bodies, result.is_ok())
    };
    assert_eq!(upload(vec![7; 1000].into()), (vec![1000, 1000], true));
    assert_eq!(
        upload(UploadBody::from_stream(Once(Some(vec![7; 1000])), None)),
        (vec![1000], false)
    );
}

#[test]
fn a_service_that_is_down_is_not_stormed() {
    let server = Server::with(|_| Reply::text(500, ""));
    let client = client(&server, &TestClock::default(), RetryPolicy::default());
    wait(async {
        for _ in 0..50 {
            let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
            call.await.unwrap_err();
        }
    });
    // 50 first attempts, and as many retries as the budget of 500 allows at 14 each.
    assert_eq!(server.requests().len(), 50 + 35);
}

#[test]
fn the_total_limit_covers_the_pauses() {
    let server = Server::with(|_| Reply::with(503, &[("Retry-After", "60")], ""));
    let builder = UserClient::builder().credential(AccessToken::new("t"));
    let client = builder
        .base_urls(BaseUrls::single(server.url()))
        .build()
        .unwrap();
    let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
    let error = wait(async { call.timeout(Duration::from_millis(300)).await }).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Timeout);
    assert_eq!(server.requests().len(), 1);
}

/// A stream of one piece.
struct Once(Option<Vec<u8>>);

impl futures_core::Stream for Once {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

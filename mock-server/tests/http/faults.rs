//! What goes wrong when it is told to.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use mock_server::{MockServer, Rule};

use crate::raw::{Ask, Came};
use crate::{builder, start};

const PATH: &str = r#"{"path": "/a"}"#;
const ANSWER: &str = r#"{"pages":12,"title":"Stone"}"#;

/// A call during which this goes wrong.
fn with(server: &MockServer, fault: &str) -> Came {
    let ask = Ask::post(format!("{}/2/shelf/read", server.url())).bearer(server.user_token());
    ask.header("X-Mock-Fault", fault).json(PATH).send()
}

fn is_done(server: &MockServer) -> bool {
    server.exchanges().last().expect("there was a request").done
}

#[test]
fn statuses() {
    let server = start();
    let expired = with(&server, "expired-token");
    assert_eq!(
        (expired.status, expired.summary().as_str()),
        (401, "expired_access_token/..")
    );
    assert!(!is_done(&server));
    let busy = with(&server, "status 503 retry-after=7");
    assert_eq!((busy.status, busy.header("retry-after")), (503, Some("7")));
    assert!(!is_done(&server));
    let failed = with(&server, "status-after 500");
    assert_eq!(failed.status, 500);
    assert!(is_done(&server));
}

#[test]
fn rate_limits_have_many_forms() {
    let server = start();
    let full = with(&server, "rate-limited header=2 wait=3");
    assert_eq!((full.status, full.header("retry-after")), (429, Some("2")));
    assert_eq!(full.json()["error"]["retry_after"], 3);
    assert_eq!(full.summary(), "too_many_requests/..");
    let bare = with(&server, "rate-limited body=bare");
    assert_eq!(bare.json()["error"]["retry_after"], serde_json::Value::Null);
    assert_eq!(bare.header("retry-after"), None);
    let text = with(&server, "rate-limited body=text");
    assert_eq!(
        text.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(
        with(&server, "rate-limited body=html").header("content-type"),
        Some("text/html")
    );
    let none = with(&server, "rate-limited body=none header=1");
    assert_eq!(
        (none.status, none.body.len(), none.header("content-type")),
        (429, 0, None)
    );
}

#[test]
fn connections_are_reset() {
    let server = start();
    for (fault, done) in [("reset-before", false), ("lost-answer", true)] {
        let came = with(&server, fault);
        let error = came.error.as_ref().map(std::io::Error::kind);
        assert_eq!(
            (came.status, error),
            (0, Some(ErrorKind::ConnectionReset)),
            "{fault}"
        );
        assert_eq!(is_done(&server), done, "{fault}");
    }
}

#[test]
fn bodies_break_off() {
    let server = start();
    let length = ANSWER.len().to_string();
    let cut = with(&server, "truncated keep=5");
    assert_eq!((cut.status, cut.text().as_str()), (200, &ANSWER[..5]));
    assert_eq!(cut.header("content-length"), Some(length.as_str()));
    assert!(is_done(&server));
    assert_eq!(with(&server, "truncated").body.len(), ANSWER.len() / 2);
    let long = with(&server, "wrong-length by=4");
    assert_eq!(
        (long.text().as_str(), long.header("content-length")),
        (ANSWER, Some("32"))
    );
    let short = with(&server, "wrong-length by=-4");
    assert_eq!(
        (short.text().as_str(), short.header("content-length")),
        (&ANSWER[..24], Some("24"))
    );
}

#[test]
fn bodies_are_slow() {
    let server = start();
    let start = Instant::now();
    let came = with(&server, "slow pieces=4 pause=20");
    assert_eq!(came.text(), ANSWER);
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[test]
fn headers_of_ours_are_checked() {
    let server = start();
    let came = with(&server, "nap");
    assert_eq!(came.status, 400);
    assert!(
        came.text().contains("there is no fault \"nap\""),
        "{}",
        came.text()
    );
    let ask = Ask::post(format!("{}/2/shelf/read", server.url())).bearer(server.user_token());
    assert_eq!(
        ask.header("X-Mock-Delay", "soon").json(PATH).send().status,
        400
    );
    assert_eq!(server.violations().len(), 2);
}

#[test]
fn chance_decides_by_the_seed() {
    let run = |seed| {
        let rule = Rule::everywhere().probability(0.3).faults([
            "status 503".parse().expect("a fault"),
            "status 500".parse().expect("a fault"),
        ]);
        let server = builder()
            .seed(seed)
            .rule(rule)
            .start_blocking()
            .expect("the server starts");
        let ask = || {
            let ask = Ask::post(format!("{}/2/shelf/read", server.url()));
            ask.bearer(server.user_token()).json(PATH).send().status
        };
        (0..60).map(|_| ask()).collect::<Vec<_>>()
    };
    let statuses = run(1);
    assert!(
        [200, 500, 503]
            .iter()
            .all(|status| statuses.contains(status)),
        "{statuses:?}"
    );
    assert_eq!(statuses, run(1));
    assert_ne!(statuses, run(2));
}

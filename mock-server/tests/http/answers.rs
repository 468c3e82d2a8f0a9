//! What is answered: examples, rules, ranges.

use std::time::{Duration, Instant};

use mock_server::{MockServer, Rule, StartError};
use serde_json::json;

use crate::raw::{Ask, Came};
use crate::{builder, start};

const PATH: &str = r#"{"path": "/a"}"#;

fn read(server: &MockServer) -> Came {
    let ask = Ask::post(format!("{}/2/shelf/read", server.url()));
    ask.bearer(server.user_token()).json(PATH).send()
}

fn fetch(server: &MockServer, header: (&str, &str)) -> Came {
    let ask = Ask::post(format!("{}/2/shelf/fetch", server.url())).bearer(server.user_token());
    ask.header("Dropbox-API-Arg", PATH)
        .header(header.0, header.1)
        .send()
}

#[test]
fn examples_are_answers() {
    let server = start();
    let came = read(&server);
    assert_eq!(came.json(), json!({"title": "Stone", "pages": 12}));
    assert_eq!(came.header("content-type"), Some("application/json"));
    let staff = Ask::post(format!("{}/2/shelf/staff", server.url()));
    let staff = staff.bearer(server.team_token()).json("null").send();
    assert_eq!(staff.json()[0], json!({"title": "Stone", "pages": 12}));
    let wait = Ask::post(format!("{}/2/shelf/wait", server.url()))
        .json("null")
        .send();
    assert_eq!(wait.text(), "null");
}

#[test]
fn rules_set_answers() {
    let server = start();
    let add = |rule| server.add(rule).expect("the rule is right");
    add(Rule::on("shelf/read")
        .call(2)
        .error("path/not_found")
        .user_message("Nichts da."));
    add(Rule::on("shelf/read")
        .call(3)
        .result(json!({"title": "x", "pages": 1})));
    add(Rule::on("shelf/read").call(4).example("thick"));
    add(Rule::on("shelf/read").call(5).status(404, "gone"));
    add(Rule::on("shelf/read")
        .call(6)
        .delay(Duration::from_millis(60)));
    assert_eq!(read(&server).json()["title"], "Stone");
    let missing = read(&server);
    assert_eq!(
        (missing.status, missing.summary().as_str()),
        (409, "path/not_found/..")
    );
    assert_eq!(
        missing.json()["error"],
        json!({".tag": "path", "path": {".tag": "not_found"}})
    );
    assert_eq!(missing.json()["user_message"]["text"], "Nichts da.");
    assert_eq!(read(&server).json()["pages"], 1);
    assert_eq!(read(&server).json()["title"], "Granite");
    let gone = read(&server);
    assert_eq!((gone.status, gone.text().as_str()), (404, "gone"));
    let start = Instant::now();
    assert_eq!(read(&server).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(60));
    let numbers: Vec<_> = server
        .calls("shelf/read")
        .iter()
        .map(|exchange| exchange.call)
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    server.clear_rules();
    assert_eq!(read(&server).json()["title"], "Stone");
}

#[test]
fn rules_that_cannot_be_are_refused() {
    let server = start();
    for (rule, words) in [
        (
            Rule::on("shelf/nothing").error("x"),
            "there is no such route",
        ),
        (
            Rule::on("shelf/read").error("path/gone"),
            "there is no tag \"gone\"; there are not_found, malformed",
        ),
        (
            Rule::on("shelf/read").result(json!({"title": "x"})),
            "missing required field \"pages\"",
        ),
        (
            Rule::on("shelf/read").error_value(json!({".tag": "path"})),
            "needs a value",
        ),
        (
            Rule::on("shelf/read").example("thin"),
            "no example \"thin\"",
        ),
        (Rule::on("shelf/read").content("x"), "only downloads"),
        (Rule::on("shelf/read").probability(2.0), "from 0 to 1"),
        (Rule::on("shelf/read").status(99, ""), "99"),
        (Rule::on("oauth2/token").error("x"), "only a status"),
    ] {
        let error = server.add(rule).expect_err(words).to_string();
        assert!(error.contains(words), "{error}");
    }
    let started = builder().rule(Rule::on("x").error("x")).start_blocking();
    assert!(matches!(started, Err(StartError::Rule(_))));
}

#[test]
fn downloads_come_in_ranges() {
    let server = builder()
        .content("0123456789")
        .start_blocking()
        .expect("the server starts");
    let whole = fetch(&server, ("X", "x"));
    assert_eq!((whole.status, whole.text().as_str()), (200, "0123456789"));
    assert_eq!(
        whole.header("dropbox-api-result"),
        Some(r#"{"pages":12,"title":"Stone"}"#)
    );
    assert_eq!(
        whole.header("content-type"),
        Some("application/octet-stream")
    );
    let part = fetch(&server, ("Range", "bytes=2-4"));
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    let beyond = fetch(&server, ("Range", "bytes=10-"));
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (416, Some("bytes */10"))
    );
    let tag = whole
        .header("etag")
        .expect("there is a name for the content");
    let known = fetch(&server, ("If-None-Match", tag));
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(fetch(&server, ("If-None-Match", "\"x\"")).status, 200);
}

#[test]
fn ranges_of_nothing_are_errors_of_the_route() {
    let server = start();
    server
        .add(Rule::on("shelf/fetch").content(""))
        .expect("the rule is right");
    assert_eq!(fetch(&server, ("X", "x")).status, 200);
    let came = fetch(&server, ("Range", "bytes=0-"));
    assert_eq!(
        (came.status, came.summary().as_str()),
        (409, "range/not_satisfiable/..")
    );
}

#[test]
fn the_same_seed_gives_the_same_answers() {
    let run = |seed| {
        let server = builder()
            .seed(seed)
            .start_blocking()
            .expect("the server starts");
        let ask = || {
            let ask = Ask::post(format!("{}/2/shelf/count", server.url()));
            ask.bearer(server.user_token()).json(PATH).send().text()
        };
        (ask(), ask(), ask())
    };
    assert_eq!(run(3), run(3));
    assert_ne!(run(3), run(4));
}

#[test]
fn servers_end_when_they_are_dropped() {
    let server = start();
    let address = server.url().trim_start_matches("http://").to_owned();
    drop(server);
    assert!(std::net::TcpStream::connect(address).is_err());
}

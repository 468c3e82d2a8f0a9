//! Every route with an argument from the spec's examples.

use std::collections::BTreeSet;

use mock_server::{Builder, MockServer, Rule};
use serde_json::{Value, json};
use tests::generated::calls::CALLS;
use tests::harness::{CONTENT, CallCase};
use tests::mocked::{clients, spec};
use tests::sample::wait;

use crate::ask::{ask, python};
use crate::difference::{differences, request};

/// Routes that the official SDK has no method for, each with the client that would call them.
const MISSING: [(&str, &str); 2] = [
    // Its class for teams has methods of routes with team authentication only.
    ("files/list_folder/longpoll", "team"),
    // Deprecated, and left out there.
    ("sharing/remove_file_member", "user"),
];

/// Routes that it has methods for, and that the spec does not have; the number is the version.
const GONE: [&str; 7] = [
    "riviera/download_transform_output/1",
    "riviera/get_keyframes_async/1",
    "riviera/get_keyframes_async/check/1",
    "riviera/get_transform_async/1",
    "riviera/get_transform_async/check/1",
    "team/members/suspend_batch/1",
    "team/members/suspend_batch/job_status/check/1",
];

/// Routes to which it sends what the spec does not know. It sends fields that equal their default, too.
const REFUSED: [(&str, &str); 1] = [(
    "/2/files/get_thumbnail_v2",
    "unknown field \"preserve_transparency\"",
)];

#[test]
fn every_route_is_asked_for_alike() {
    let Some(python) = python() else { return };
    let theirs = server().tls().start_blocking().expect("the server starts");
    let calls: Vec<Value> = CALLS.iter().map(call).collect();
    let report = ask(&python, &theirs, "routes", json!({ "calls": calls }));
    let missing = positions(&report["missing"]);
    let cases: Vec<_> = (0..CALLS.len())
        .filter(|index| !missing.contains(index))
        .map(|index| &CALLS[index])
        .collect();
    check_report(&report, &missing);
    check_violations(&theirs, &report);

    let ours = server().start_blocking().expect("the server starts");
    let clients = clients(&ours);
    for case in &cases {
        let answer = wait((case.send)(&clients, case.arg));
        assert!(answer.is_ok(), "{}: {answer:?}", case.route.path);
    }
    assert_eq!(ours.violations(), []);
    let (theirs, ours) = (theirs.exchanges(), ours.exchanges());
    assert_eq!((theirs.len(), ours.len()), (cases.len(), cases.len()));
    let api = spec();
    for (theirs, ours) in theirs.iter().zip(&ours) {
        let found = differences(&request(&api, theirs), &request(&api, ours));
        assert_eq!(found, [""; 0], "{}", ours.request.path);
    }
    let routes: BTreeSet<_> = cases.iter().map(|case| case.route.path).collect();
    println!("{} calls of {} routes are alike", cases.len(), routes.len());
}

/// A server that answers all calls with examples, whatever has been called before.
fn server() -> Builder {
    MockServer::builder(spec())
        .content(CONTENT)
        .rule(Rule::everywhere().examples())
}

fn name(case: &CallCase) -> &'static str {
    case.route.path.trim_start_matches("/2/")
}

fn call(case: &CallCase) -> Value {
    json!({
        "client": case.client,
        "namespace": case.route.namespace,
        "route": case.route.name,
        "version": case.route.version,
        "arg": serde_json::from_str::<Value>(case.arg).expect("examples are JSON"),
    })
}

fn positions(list: &Value) -> BTreeSet<usize> {
    serde_json::from_value(list.clone()).expect("a list of positions")
}

/// Holds against the lists what the official SDK does not have, and what only it has.
fn check_report(report: &Value, missing: &BTreeSet<usize>) {
    let missing = missing.iter().map(|index| &CALLS[*index]);
    let missing: Vec<_> = missing.map(|case| (name(case), case.client)).collect();
    assert_eq!(missing, MISSING);
    assert_eq!(report["gone"], json!(GONE));
}

/// Everything else that it sends passes the checks, and it can read all answers.
fn check_violations(server: &MockServer, report: &Value) {
    let violations = server.violations();
    for violation in &violations {
        let known = REFUSED
            .iter()
            .any(|(path, problem)| violation.path == *path && violation.problem.ends_with(problem));
        assert!(known, "{violation:?}");
    }
    let failed = report["failed"].as_object().expect("an object");
    assert_eq!(failed.len(), violations.len(), "{failed:#?}");
}

//! Every route is called through the SDK, and what the mock server answers is decoded.

use std::collections::BTreeSet;

use mock_server::{MockServer, Rule};
use tests::generated::calls::CALLS;
use tests::harness::{CONTENT, CallCase, Clients};
use tests::mocked::{clients, spec};

#[tokio::test]
async fn every_route_is_answered_from_examples_and_decoded() {
    let server = MockServer::builder(spec())
        .rule(Rule::everywhere().examples())
        .content(CONTENT);
    let server = server.start().await.expect("the server starts");
    let clients = clients(&server);
    let mut called = BTreeSet::new();
    for case in CALLS {
        let outcome = call(&server, &clients, case).await;
        assert!(outcome.is_ok(), "{}: {outcome:?}", case.route.path);
        called.insert(case.route.path);
    }
    assert_eq!(called.len(), 276);
}

#[tokio::test]
async fn every_route_is_answered_from_memory_and_decoded() {
    let server = MockServer::builder(spec()).content(CONTENT);
    let server = server.start().await.expect("the server starts");
    let clients = clients(&server);
    let (mut called, mut refused) = (BTreeSet::new(), 0);
    for case in CALLS {
        match (
            call(&server, &clients, case).await,
            server.exchanges()[0].status,
        ) {
            // Content that the server remembers is other content than the harness expects.
            (Ok(_), 200) => {}
            (Err(error), 200) => assert!(error.starts_with("the body is "), "{error}"),
            // What the examples speak of is not in the server's memory, so that some routes refuse them.
            (Err(error), 409) => {
                let tags = error.strip_prefix(&format!("{}: ", case.route));
                let is_decoded = tags.is_some_and(|tags| tags.starts_with(is_tag));
                assert!(
                    is_decoded && !error.contains("cannot be decoded"),
                    "{error}"
                );
                refused += 1;
            }
            outcome => panic!("{}: {outcome:?}", case.route.path),
        }
        called.insert(case.route.path);
    }
    assert_eq!(called.len(), 276);
    assert!(refused < 80, "{refused} routes refuse their example");
}

fn is_tag(c: char) -> bool {
    c.is_ascii_lowercase() || c == '_'
}

/// Calls a route, which has to do its work, and which has nothing to complain about.
async fn call(server: &MockServer, clients: &Clients, case: &CallCase) -> Result<String, String> {
    server.clear();
    let outcome = (case.send)(clients, case.arg).await;
    assert_eq!(
        server.violations(),
        [],
        "{} by {}",
        case.route.path,
        case.client
    );
    let exchanges = server.exchanges();
    let done = exchanges.iter().filter(|exchange| exchange.done).count();
    assert_eq!(
        (exchanges.len(), done),
        (1, 1),
        "{}: {outcome:?}",
        case.route.path
    );
    outcome
}

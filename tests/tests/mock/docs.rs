//! What `docs/mock-server.md` says of rules can be done.

use std::fs;

use mock_server::MockServer;
use mock_server::rules::file;
use tests::mocked::spec;
use tests::snapshots;

use crate::user;

#[tokio::test]
async fn the_rules_of_the_manual_can_be_followed() {
    let manual = fs::read_to_string(snapshots::root().join("docs/mock-server.md"));
    let manual = manual.expect("the manual is there");
    let block = manual.split("```toml\n").nth(1).expect("it has an example");
    let rules = block.split("```").next().expect("the example has an end");
    let rules = file::parse(rules).expect("the example is right");
    assert_eq!(rules.len(), 3);
    let server = MockServer::builder(spec()).rules(rules).start().await;
    let server = server.expect("the rules can be followed");
    let usage = user(&server).users().get_space_usage().await;
    assert_eq!(usage.expect("the rule answers").used, 7);
}

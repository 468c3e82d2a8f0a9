//! The audit log.

use mock_server::state::Caller;
use serde_json::{Value, json};

use crate::bench::Bench;

const TEAM: Caller<'static> = Caller::Team;
const GET: &str = "team_log/get_events";
const CONTINUE: &str = "team_log/get_events/continue";

/// All events from a page on, and the last cursor.
fn follow(bench: &mut Bench, mut page: Value) -> (Vec<Value>, Value) {
    let mut events = Vec::new();
    loop {
        events.extend(page["events"].as_array().expect("is a list").clone());
        let cursor = page["cursor"].clone();
        if page["has_more"] == false {
            return (events, cursor);
        }
        page = bench.call(TEAM, CONTINUE, json!({ "cursor": cursor }));
    }
}

fn all(bench: &mut Bench, filter: Value) -> Vec<Value> {
    let page = bench.call(TEAM, GET, filter);
    follow(bench, page).0
}

#[test]
fn events_come_page_by_page_and_later_ones_after_them() {
    let mut bench = Bench::new();
    let page = bench.call(TEAM, GET, json!({ "limit": 40 }));
    let (events, cursor) = follow(&mut bench, page);
    assert_eq!(events.len(), 250);
    let nothing = bench.call(TEAM, CONTINUE, json!({ "cursor": cursor }));
    assert_eq!(nothing["events"], json!([]));
    bench.world.add_event(events[0].clone());
    let later = bench.call(TEAM, CONTINUE, json!({ "cursor": cursor }));
    assert_eq!(later["events"], json!([events[0]]));
}

#[test]
fn events_are_of_many_kinds_and_the_seed_decides_which() {
    let mut bench = Bench::new();
    let events = all(&mut bench, json!({}));
    let kinds: std::collections::BTreeSet<_> = events
        .iter()
        .map(|event| event["event_type"][".tag"].as_str())
        .collect();
    assert!(kinds.len() > 100, "{}", kinds.len());
    assert_eq!(events, all(&mut Bench::new(), json!({})));
}

#[test]
fn events_are_chosen_by_time_category_type_and_account() {
    let mut bench = Bench::new();
    let events = all(&mut bench, json!({}));
    let some = &events[100];
    let chosen = |bench: &mut Bench, filter: Value, fits: &dyn Fn(&Value) -> bool| {
        let expected: Vec<_> = events.iter().filter(|event| fits(event)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < events.len());
        assert_eq!(all(bench, filter), expected);
    };
    let (start, end) = (events[50]["timestamp"].clone(), some["timestamp"].clone());
    let time = json!({ "time": { "start_time": start, "end_time": end } });
    chosen(&mut bench, time, &|event| {
        event["timestamp"].as_str() >= start.as_str() && event["timestamp"].as_str() < end.as_str()
    });
    let category = some["event_category"].clone();
    chosen(
        &mut bench,
        json!({ "category": category, "limit": 3 }),
        &|event| event["event_category"] == category,
    );
    let kind = some["event_type"][".tag"].clone();
    chosen(&mut bench, json!({ "event_type": kind }), &|event| {
        event["event_type"][".tag"] == kind
    });
    let account = some["actor"]["user"]["account_id"].clone();
    chosen(&mut bench, json!({ "account_id": account }), &|event| {
        event
            .to_string()
            .contains(account.as_str().expect("is a text"))
    });
}

#[test]
fn filters_that_make_no_sense_are_refused() {
    let mut bench = Bench::new();
    let arg = json!({ "category": "apps", "event_type": "app_link_team" });
    assert_eq!(bench.error(TEAM, GET, arg), "invalid_filters");
    let arg = json!({ "account_id": "x".repeat(40) });
    assert_eq!(bench.error(TEAM, GET, arg), "account_id_not_found");
    let time = json!({ "start_time": "2026-02-01T00:00:00Z", "end_time": "2026-01-01T00:00:00Z" });
    assert_eq!(
        bench.error(TEAM, GET, json!({ "time": time })),
        "invalid_time_range"
    );
}

#[test]
fn an_expired_cursor_tells_from_when_to_read_again() {
    let mut bench = Bench::new();
    let page = bench.call(TEAM, GET, json!({ "limit": 5 }));
    bench.world.expire_cursors();
    let arg = json!({ "cursor": page["cursor"] });
    let answered = bench.ask(TEAM, CONTINUE, arg, b"");
    let reset = json!({ ".tag": "reset", "reset": page["events"][4]["timestamp"] });
    assert_eq!(answered, mock_server::state::Answered::Error(reset));
    assert_eq!(
        bench.error(TEAM, CONTINUE, json!({ "cursor": "unknown" })),
        "bad_cursor"
    );
}

//! Upload sessions against a model of what they ought to hold.

use std::collections::BTreeSet;
use std::time::Duration;

use mock_server::state::Answered;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::bench::{Bench, USER, each, tags};

const BLOCK: usize = 4 * 1024 * 1024;

fn start(bench: &mut Bench, arg: Value, body: &[u8]) -> String {
    let started = bench.send(USER, "files/upload_session/start", arg, body);
    started["session_id"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

fn append(id: &str, offset: usize, close: bool) -> Value {
    json!({ "cursor": { "session_id": id, "offset": offset }, "close": close })
}

fn finish(id: &str, offset: usize, path: &str) -> Value {
    json!({ "cursor": { "session_id": id, "offset": offset }, "commit": { "path": path } })
}

const APPEND: &str = "files/upload_session/append:2";
const FINISH: &str = "files/upload_session/finish";

/// A step of a client that forgets where it stands.
#[derive(Debug, Clone)]
enum Step {
    /// Sends so many bytes, at an offset that is wrong by so much, and closes or not.
    Append(usize, i64, bool),
    /// Finishes with so many bytes, at an offset that is wrong by so much.
    Finish(usize, i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let wrong = prop_oneof![6 => Just(0), 1 => -9_i64..9];
    let closes = prop_oneof![9 => Just(false), 1 => Just(true)];
    let append = (0_usize..50, wrong.clone(), closes)
        .prop_map(|(length, wrong, close)| Step::Append(length, wrong, close));
    let finish = (0_usize..50, wrong).prop_map(|(length, wrong)| Step::Finish(length, wrong));
    vec(prop_oneof![5 => append, 1 => finish], 1..30)
}

/// What a sequential session ought to be.
#[derive(Default)]
struct Model {
    content: Vec<u8>,
    closed: bool,
    committed: bool,
}

impl Model {
    /// The error that a piece at this offset gets, or none.
    fn refusal(&self, at: usize, is_empty: bool, finishing: bool) -> Option<&'static str> {
        if self.committed || self.closed && !finishing {
            Some("closed")
        } else if at != self.content.len() {
            Some("incorrect_offset")
        } else if self.closed && !is_empty {
            Some("closed")
        } else {
            None
        }
    }
}

fn piece(from: usize, length: usize) -> Vec<u8> {
    (from..from + length).map(|at| (at % 251) as u8).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_sequential_session_holds_what_was_acknowledged(steps in steps()) {
        let mut bench = Bench::new();
        let id = start(&mut bench, json!({}), b"");
        let mut model = Model::default();
        for step in steps {
            let (length, wrong, close, finishes) = match step {
                Step::Append(length, wrong, close) => (length, wrong, close, false),
                Step::Finish(length, wrong) => (length, wrong, false, true),
            };
            let at = model.content.len().saturating_add_signed(wrong as isize);
            let body = piece(model.content.len(), length);
            let expected = model.refusal(at, body.is_empty(), finishes);
            let (route, arg) = if finishes { (FINISH, finish(&id, at, "/f")) } else { (APPEND, append(&id, at, close)) };
            match (bench.ask(USER, route, arg, &body), expected) {
                (Answered::Error(error), Some(expected)) => {
                    let error = if finishes { &error["lookup_failed"] } else { &error };
                    prop_assert_eq!(&error[".tag"], expected);
                    if expected == "incorrect_offset" {
                        prop_assert_eq!(&error["correct_offset"], model.content.len());
                    }
                }
                (Answered::Result(_), None) => {
                    model.content.extend(body);
                    model.closed |= close;
                    model.committed |= finishes;
                }
                (answered, expected) => prop_assert!(false, "{answered:?}, expected {expected:?}"),
            }
        }
        if model.committed {
            let content = bench.content(USER, "files/download", json!({ "path": "/f" }));
            prop_assert_eq!(content.as_ref(), model.content.as_slice());
        }
    }
}

/// A block of a concurrent session: its number, and how long it is when it is the last.
fn block(number: usize, last: Option<usize>) -> Vec<u8> {
    vec![number as u8; last.unwrap_or(BLOCK)]
}

/// What finishing a closed session of these blocks ought to say.
fn verdict(present: &BTreeSet<usize>, is_whole: bool) -> &'static str {
    match present.iter().copied().eq(0..present.len()) {
        false => "concurrent_session_missing_data",
        true if !is_whole => "lookup_failed/incorrect_offset",
        true => "",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn a_concurrent_session_ends_when_nothing_is_missing(
        order in vec(0_usize..4, 1..6),
        tail in prop::option::of(1_usize..9),
        finishes_early in any::<bool>(),
    ) {
        let mut bench = Bench::new();
        let id = start(&mut bench, json!({ "session_type": "concurrent" }), b"");
        let mut present: BTreeSet<usize> = order.iter().copied().collect();
        let last = present.len();
        for number in order {
            bench.send(USER, APPEND, append(&id, number * BLOCK, false), &block(number, None));
        }
        let most = present.iter().max().map_or(0, |most| most + 1);
        let early = bench.refuse(USER, FINISH, finish(&id, most * BLOCK, "/f"), b"");
        prop_assert_eq!(early, "concurrent_session_not_closed");
        // The session is closed by a piece of any length, or by none at all.
        let at = last * BLOCK;
        let piece = tail.map_or_else(Vec::new, |length| block(last, Some(length)));
        bench.send(USER, APPEND, append(&id, at, true), &piece);
        if !piece.is_empty() {
            present.insert(last);
        }
        let end = (most * BLOCK).max(if piece.is_empty() { 0 } else { at + piece.len() });
        let size = if finishes_early { end / 2 } else { end };
        let expected = verdict(&present, size == end);
        match bench.ask(USER, FINISH, finish(&id, size, "/f"), b"") {
            Answered::Error(error) => prop_assert_eq!(tags(&error), expected),
            Answered::Result(file) => {
                prop_assert_eq!(expected, "");
                prop_assert_eq!(&file["size"], end);
                let mut whole: Vec<_> = (0..last).map(|number| block(number, None)).collect();
                whole.push(piece);
                let content = bench.content(USER, "files/download", json!({ "path": "/f" }));
                prop_assert!(content == whole.concat());
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
fn what_fails_to_be_stored_stays_in_the_session() {
    let mut bench = Bench::new();
    bench.upload("/taken/x", b"x");
    let id = start(&mut bench, json!({}), b"12");
    let refused = bench.refuse(USER, FINISH, finish(&id, 2, "/taken"), b"345");
    assert_eq!(refused, "path/conflict/folder");
    let again = bench.refuse(USER, FINISH, finish(&id, 2, "/free"), b"345");
    assert_eq!(again, "lookup_failed/incorrect_offset");
    let file = bench.send(USER, FINISH, finish(&id, 5, "/free"), b"");
    assert_eq!(file["size"], 5);
}

#[test]
fn sessions_expire_and_are_not_known_to_others() {
    let mut bench = Bench::new();
    let id = start(&mut bench, json!({}), b"12");
    let other = mock_server::state::Caller::User("somebody else");
    assert_eq!(
        bench.refuse(other, APPEND, append(&id, 2, false), b"3"),
        "not_found"
    );
    bench.now += Duration::from_secs(7 * 24 * 60 * 60);
    assert_eq!(
        bench.refuse(USER, APPEND, append(&id, 2, false), b"3"),
        "not_found"
    );
    assert_eq!(
        bench.refuse(USER, FINISH, finish(&id, 2, "/f"), b""),
        "lookup_failed/not_found"
    );
}

#[test]
fn a_concurrent_session_takes_blocks_in_any_order() {
    let mut bench = Bench::new();
    let concurrent = json!({ "session_type": "concurrent" });
    let id = start(&mut bench, concurrent, b"");
    let blocks = [vec![1; BLOCK], vec![2; BLOCK], vec![3; 5]];
    let refused = bench.refuse(USER, APPEND, append(&id, 0, false), &[0; 5]);
    assert_eq!(refused, "concurrent_session_invalid_data_size");
    let refused = bench.refuse(USER, APPEND, append(&id, 5, false), &blocks[0]);
    assert_eq!(refused, "concurrent_session_invalid_offset");
    bench.send(USER, APPEND, append(&id, BLOCK, false), &blocks[1]);
    let size = 2 * BLOCK + 5;
    assert_eq!(
        bench.refuse(USER, FINISH, finish(&id, size, "/f"), b""),
        "concurrent_session_not_closed"
    );
    bench.send(USER, APPEND, append(&id, 2 * BLOCK, true), &blocks[2]);
    assert_eq!(
        bench.refuse(USER, FINISH, finish(&id, size, "/f"), b""),
        "concurrent_session_missing_data"
    );
    assert_eq!(
        bench.refuse(USER, APPEND, append(&id, 0, false), &blocks[0]),
        "closed"
    );

    let id = start(
        &mut bench,
        json!({ "session_type": { ".tag": "concurrent" } }),
        b"",
    );
    for at in [1, 0, 1] {
        bench.send(USER, APPEND, append(&id, at * BLOCK, false), &blocks[at]);
    }
    bench.send(USER, APPEND, append(&id, 2 * BLOCK, true), &blocks[2]);
    let refused = bench.refuse(USER, FINISH, finish(&id, size, "/f"), b"x");
    assert_eq!(refused, "concurrent_session_data_not_allowed");
    let refused = bench.refuse(USER, FINISH, finish(&id, 0, "/f"), b"");
    assert_eq!(refused, "lookup_failed/incorrect_offset");
    bench.send(USER, FINISH, finish(&id, size, "/f"), b"");
    let content = bench.content(USER, "files/download", json!({ "path": "/f" }));
    assert!(content == blocks.concat());
    assert_eq!(
        bench.refuse(USER, FINISH, finish(&id, size, "/g"), b""),
        "lookup_failed/closed"
    );
}

#[test]
fn a_concurrent_session_neither_starts_nor_closes_with_data() {
    let mut bench = Bench::new();
    let arg = json!({ "session_type": "concurrent" });
    let route = "files/upload_session/start";
    assert_eq!(
        bench.refuse(USER, route, arg, b"x"),
        "concurrent_session_data_not_allowed"
    );
    let arg = json!({ "session_type": "concurrent", "close": true });
    assert_eq!(
        bench.refuse(USER, route, arg, b""),
        "concurrent_session_close_not_allowed"
    );
}

#[test]
fn many_files_go_in_batches() {
    let mut bench = Bench::new();
    let started = bench.call(
        USER,
        "files/upload_session/start_batch",
        json!({ "num_sessions": 3 }),
    );
    let ids: Vec<_> = started["session_ids"]
        .as_array()
        .expect("is a list")
        .clone();
    let entry = |id: &Value, length: usize, close: bool| json!({ "cursor": { "session_id": id, "offset": 0 }, "length": length, "close": close });
    let unknown = json!("nobody's");
    let entries = [
        entry(&ids[0], 1, true),
        entry(&ids[1], 2, false),
        entry(&unknown, 1, true),
        entry(&ids[2], 0, true),
    ];
    let arg = json!({ "entries": entries });
    let route = "files/upload_session/append_batch";
    assert_eq!(
        bench.refuse(USER, route, arg.clone(), b"abb"),
        "length_mismatch"
    );
    let appended = bench.send(USER, route, arg, b"abbx");
    assert_eq!(
        each(&appended["entries"], ".tag"),
        ["success", "success", "failure", "success"]
    );
    let commits: Vec<_> = [(0, 1), (1, 2), (2, 0)]
        .map(|(at, offset)| {
            finish(
                ids[at].as_str().expect("is a text"),
                offset,
                &format!("/{at}"),
            )
        })
        .to_vec();
    let arg = json!({ "entries": commits });
    let finished = bench.call(USER, "files/upload_session/finish_batch:2", arg.clone());
    assert_eq!(
        each(&finished["entries"], ".tag"),
        ["success", "failure", "success"]
    );
    assert_eq!(
        tags(&finished["entries"][1]),
        "failure/lookup_failed/not_closed"
    );
    let check = "files/upload_session/finish_batch/check";
    let done = bench.job(USER, "files/upload_session/finish_batch", check, arg);
    assert_eq!(tags(&done["entries"][0]), "failure/lookup_failed/closed");
}

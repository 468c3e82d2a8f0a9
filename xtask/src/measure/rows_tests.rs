//! Ratios and verdicts.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::measure::machine::Machine;
use crate::measure::record::{Run, Samples};

fn record(figures: &[(Side, &str, f64)]) -> Record {
    let mut samples = Samples::default();
    for (side, key, value) in figures {
        samples.add(*side, key, *value);
    }
    let machine = Machine {
        cpu: String::new(),
        cores: 1,
        memory: 1.0,
        rustc: String::new(),
    };
    let run = Run {
        date: String::new(),
        machine,
        rounds: 1,
        samples,
    };
    Record {
        parts: BTreeMap::from([("part".into(), run)]),
    }
}

fn figures(key: &str, values: &[(Side, &str, f64)]) -> Figures {
    let row = ROWS.iter().find(|row| row.key == key);
    row.expect("there is such a row").figures(&record(values))
}

fn check(peer: f64, ours: f64) -> Verdict {
    figures(
        "check.cpu",
        &[
            (Side::Peer, "check.cpu", peer),
            (Side::Ours, "check.cpu", ours),
        ],
    )
    .verdict
}

#[test]
fn times_better_than_the_peer() {
    assert_eq!(check(39.0, 10.0), Verdict::Missed);
    assert_eq!(check(40.0, 10.0), Verdict::Must);
    assert_eq!(check(55.0, 10.0), Verdict::Aim);
}

#[test]
fn higher_may_be_better() {
    let key = "decode.members.plain";
    let found = figures(key, &[(Side::Peer, key, 400.0), (Side::Ours, key, 700.0)]);
    assert_eq!((found.ratio, found.verdict), (Some(1.75), Verdict::Must));
}

#[test]
fn limits_of_ours_alone() {
    let size = |value| figures("size.three", &[(Side::Ours, "size.three", value)]).verdict;
    assert_eq!(size(1.7), Verdict::Missed);
    assert_eq!(size(1.6), Verdict::Must);
    assert_eq!(size(1.1), Verdict::Aim);
}

#[test]
fn shares_of_another_figure() {
    let key = "check.default.cpu";
    let found = figures(
        key,
        &[(Side::Ours, key, 3.0), (Side::Ours, "check.cpu", 6.0)],
    );
    assert_eq!((found.ratio, found.verdict), (Some(0.5), Verdict::Must));
    assert_eq!(found.must.as_deref(), Some("≤ 0.55 × our “check”"));
}

#[test]
fn nothing_measured_is_no_success() {
    assert_eq!(figures("check.cpu", &[]).verdict, Verdict::None);
    let alone = figures("check.cpu", &[(Side::Ours, "check.cpu", 1.0)]);
    assert_eq!((alone.ratio, alone.verdict), (None, Verdict::None));
}

#[test]
fn shares_are_of_figures_that_have_a_row() {
    let keys: BTreeSet<_> = ROWS.iter().map(|row| row.key).collect();
    for row in ROWS {
        if let Some(Share(_, key)) = row.must {
            assert!(keys.contains(key), "{key}");
        }
    }
}

#[test]
fn every_row_has_a_figure_of_its_own() {
    let keys: BTreeSet<_> = ROWS.iter().map(|row| row.key).collect();
    assert_eq!(keys.len(), ROWS.len());
}

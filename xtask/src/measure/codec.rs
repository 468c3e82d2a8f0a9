//! Speed of the codec, in short slices in which both SDKs take turns, so that a slow hour of the machine meets both alike;
//! and instructions, which nothing else on the machine disturbs. Which figures there are, the rows tell.

use std::collections::BTreeMap;

use super::bench::{self, Bench};
use super::record::{Samples, Side, median};
use super::rows::Row;
use super::table::ROWS;
use crate::files::FileError;

/// How often each side has its turn with a figure in one round, if something is demanded of it.
const TURNS: usize = 14;

/// Of how many turns a figure has one of which nothing is demanded.
const SELDOM: usize = 3;

/// What the rows of instructions begin with.
const INSTRUCTIONS: &str = "instructions.";

/// Measures all figures once.
pub fn run(bench: &Bench, samples: &mut Samples) -> Result<(), FileError> {
    let mut slices = BTreeMap::<_, Vec<f64>>::new();
    for turn in 0..TURNS {
        for row in rows().filter(|row| is_due(row, turn)) {
            for side in Side::order(turn) {
                let rate = slice(bench, side, row.key)?;
                slices.entry((side, row.key)).or_default().extend(rate);
            }
        }
    }
    for ((side, key), slices) in &slices {
        if let Some(rate) = median(slices) {
            samples.add(*side, key, rate);
        }
    }
    count(bench, samples)
}

fn is_due(row: &Row, turn: usize) -> bool {
    let has_speed = !row.key.starts_with(INSTRUCTIONS);
    has_speed && (row.must.is_some() || turn.is_multiple_of(SELDOM))
}

/// One side's turn with a figure; nothing if it cannot read the page.
fn slice(bench: &Bench, side: Side, key: &str) -> Result<Option<f64>, FileError> {
    let rates = bench.figures(&program(side), &[figure(side, key)])?;
    let rate = rates.first().map(|(_, rate)| *rate);
    Ok(rate.filter(|rate| rate.is_finite()))
}

/// Counts millions of instructions for a page, in the first round: they do not vary.
fn count(bench: &Bench, samples: &mut Samples) -> Result<(), FileError> {
    if !bench::counts_instructions() {
        println!("  without valgrind, instructions are not counted");
        return Ok(());
    }
    for row in rows() {
        let Some(key) = row.key.strip_prefix(INSTRUCTIONS) else {
            continue;
        };
        for side in Side::BOTH {
            let args = |times| [figure(side, key), times];
            let count = |times| bench.instructions(&program(side), &args(times));
            if samples.last(side, row.key).is_none() {
                samples.add(side, row.key, (count("4")? - count("1")?) / 3e6);
            }
        }
    }
    Ok(())
}

/// The rows about the codec.
fn rows() -> impl Iterator<Item = &'static Row> {
    let parts = ["decode.", "encode."];
    ROWS.iter()
        .filter(move |row| parts.iter().any(|part| row.key.contains(part)))
}

fn program(side: Side) -> String {
    format!("{}_codec", side.name())
}

/// What a side measures for a row. The peer has no other way than that through serde.
fn figure(side: Side, key: &str) -> &str {
    match side {
        Side::Ours => key,
        Side::Peer => key.trim_start_matches("serde_"),
    }
}

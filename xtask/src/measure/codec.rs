//! Speed of the codec, in short slices in which both SDKs take turns, so that a slow hour of the machine meets both alike;
//! and instructions, which nothing else on the machine disturbs. Which figures there are, the rows tell.

use std::collections::BTreeMap;

use super::bench::{self, Bench};
use super::record::{Samples, Side, median};
use super::table::ROWS;
use crate::files::FileError;

/// How often each side has its turn with a figure in one round.
const TURNS: usize = 8;

/// What the rows of instructions begin with.
const INSTRUCTIONS: &str = "instructions.";

/// Measures all figures once.
pub fn run(bench: &Bench, samples: &mut Samples) -> Result<(), FileError> {
    let mut slices = BTreeMap::<_, Vec<f64>>::new();
    for turn in 0..TURNS {
        let [first, second] = Side::BOTH;
        let sides = if turn % 2 == 0 {
            [first, second]
        } else {
            [second, first]
        };
        for key in keys().filter(|key| !key.starts_with(INSTRUCTIONS)) {
            for side in sides {
                let rates = bench.figures(&program(side), &[figure(side, key)])?;
                let rates = rates.into_iter().map(|(_, rate)| rate);
                let slices = slices.entry((side, key)).or_default();
                slices.extend(rates.filter(|rate| rate.is_finite()));
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

/// Counts millions of instructions for a page, in the first round: they do not vary.
fn count(bench: &Bench, samples: &mut Samples) -> Result<(), FileError> {
    if !bench::counts_instructions() {
        println!("  without valgrind, instructions are not counted");
        return Ok(());
    }
    for row in keys() {
        let Some(key) = row.strip_prefix(INSTRUCTIONS) else {
            continue;
        };
        for side in Side::BOTH {
            let args = |times| [figure(side, key), times];
            let count = |times| bench.instructions(&program(side), &args(times));
            if samples.last(side, row).is_none() {
                samples.add(side, row, (count("4")? - count("1")?) / 3e6);
            }
        }
    }
    Ok(())
}

/// The rows about the codec.
fn keys() -> impl Iterator<Item = &'static str> {
    let parts = ["decode.", "encode."];
    let keys = ROWS.iter().map(|row| row.key);
    keys.filter(move |key| parts.iter().any(|part| key.contains(part)))
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

//! Figures as they come in and as they are kept in `MEASUREMENTS.json`.
//!
//! Every part keeps its own figures with the machine and the date, so that one part can be measured again alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::machine::{self, Machine};

/// Who a figure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The crate or tool that we compare with.
    Peer,
    /// Ours.
    Ours,
}

impl Side {
    /// Both.
    pub const BOTH: [Side; 2] = [Side::Peer, Side::Ours];

    /// Both, in the order in which they take a turn: each goes first as often as the other.
    pub fn order(turn: usize) -> [Side; 2] {
        let [peer, ours] = Side::BOTH;
        if turn.is_multiple_of(2) {
            [peer, ours]
        } else {
            [ours, peer]
        }
    }

    /// As in the names of figures and programs.
    pub fn name(self) -> &'static str {
        match self {
            Side::Peer => "peer",
            Side::Ours => "ours",
        }
    }
}

/// Figures by `side.key`, one for each round.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Samples(BTreeMap<String, Vec<f64>>);

impl Samples {
    /// Adds the figure of a round, to six significant digits.
    pub fn add(&mut self, side: Side, key: &str, value: f64) {
        let rounded = format!("{value:.5e}").parse().unwrap_or(value);
        let key = format!("{}.{key}", side.name());
        self.0.entry(key).or_default().push(rounded);
    }

    /// The figure that came in last.
    pub fn last(&self, side: Side, key: &str) -> Option<f64> {
        self.get(side, key)?.last().copied()
    }

    fn get(&self, side: Side, key: &str) -> Option<&Vec<f64>> {
        self.0.get(&format!("{}.{key}", side.name()))
    }
}

/// A part that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When.
    pub date: String,
    /// Where.
    pub machine: Machine,
    /// How often.
    pub rounds: usize,
    /// What came of it.
    pub samples: Samples,
}

impl Run {
    /// What was measured so far, here and now.
    pub fn new(rounds: usize, samples: &Samples) -> Self {
        Self {
            date: machine::now(),
            machine: Machine::this(),
            rounds,
            samples: samples.clone(),
        }
    }
}

/// All that was measured, by part.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Parts by name.
    pub parts: BTreeMap<String, Run>,
}

impl Record {
    /// The median over the rounds.
    pub fn median(&self, side: Side, key: &str) -> Option<f64> {
        let mut runs = self.parts.values();
        let samples = runs.find_map(|run| run.samples.get(side, key))?;
        median(samples)
    }
}

/// The value in the middle, or between the two in the middle.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(*upper);
    }
    Some((sorted.get(middle.checked_sub(1)?)? + upper) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[9.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 3.0, 9.0]), Some(3.5));
    }

    #[test]
    fn samples_are_rounded_and_kept_apart() {
        let mut samples = Samples::default();
        samples.add(Side::Ours, "check.cpu", 1.234_567_89);
        samples.add(Side::Peer, "check.cpu", 7.0);
        assert_eq!(samples.last(Side::Ours, "check.cpu"), Some(1.23457));
        assert_eq!(samples.last(Side::Peer, "check.cpu"), Some(7.0));
        assert_eq!(samples.last(Side::Peer, "dev.cpu"), None);
    }
}

//! What a row of the report is, and what becomes of it when there are figures. The rows themselves are in `table`.

use super::record::{Record, Side};
use super::table::ROWS;

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Heading above it.
    pub group: &'static str,
    /// What it says.
    pub what: &'static str,
    /// Name of the figure.
    pub key: &'static str,
    /// Unit of the figure.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// What is demanded.
    pub must: Option<Limit>,
    /// What is hoped for.
    pub aim: Option<Limit>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Seconds, bytes.
    Lower,
    /// Bytes per second.
    Higher,
}

/// A demand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// So many times better than the peer.
    Times(f64),
    /// Not above this.
    AtMost(f64),
    /// Not below this.
    AtLeast(f64),
    /// Not more than this share of another figure of ours.
    Share(f64, &'static str),
}

use Better::{Higher, Lower};
use Limit::{AtLeast, AtMost, Share, Times};

/// The figures of a row.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Figures {
    /// Heading.
    pub group: &'static str,
    /// What it says.
    pub what: &'static str,
    /// Unit of the figures.
    pub unit: &'static str,
    /// Median of the peer.
    pub peer: Option<f64>,
    /// Median of ours.
    pub ours: Option<f64>,
    /// How many times better ours is; where a limit names another figure of ours, the share of that.
    pub ratio: Option<f64>,
    /// What is demanded.
    pub must: Option<String>,
    /// What is hoped for.
    pub aim: Option<String>,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is no demand, or no figure.
    None,
    /// The demand is not met.
    Missed,
    /// The demand is met.
    Must,
    /// The hope is fulfilled, too.
    Aim,
}

impl Row {
    /// What was measured of this row.
    pub fn figures(&self, record: &Record) -> Figures {
        let (peer, ours) = (
            record.median(Side::Peer, self.key),
            record.median(Side::Ours, self.key),
        );
        let base = match self.must {
            Some(Share(_, key)) => record.median(Side::Ours, key),
            _ => None,
        };
        Figures {
            group: self.group,
            what: self.what,
            unit: self.unit,
            peer,
            ours,
            ratio: self.ratio(peer, ours, base),
            must: self.must.map(|limit| limit.text(self.unit)),
            aim: self.aim.map(|limit| limit.text(self.unit)),
            verdict: self.verdict(peer, ours, base),
        }
    }

    fn ratio(&self, peer: Option<f64>, ours: Option<f64>, base: Option<f64>) -> Option<f64> {
        let (above, below) = match (self.must, self.better) {
            (Some(Share(..)), _) => (ours, base),
            (_, Lower) => (peer, ours),
            (_, Higher) => (ours, peer),
        };
        Some(above? / below?).filter(|ratio| ratio.is_finite() && *ratio > 0.0)
    }

    fn verdict(&self, peer: Option<f64>, ours: Option<f64>, base: Option<f64>) -> Verdict {
        let ratio = self.ratio(peer, ours, base);
        let holds = |limit: Limit| limit.holds(ours, ratio);
        match (self.must.and_then(holds), self.aim.and_then(holds)) {
            (None, _) => Verdict::None,
            (Some(false), _) => Verdict::Missed,
            (Some(true), Some(true)) => Verdict::Aim,
            (Some(true), _) => Verdict::Must,
        }
    }
}

impl Limit {
    /// Whether it holds; nothing where a figure is missing.
    fn holds(self, ours: Option<f64>, ratio: Option<f64>) -> Option<bool> {
        Some(match self {
            Times(times) => ratio? >= times,
            Share(share, _) => ratio? <= share,
            AtMost(most) => ours? <= most,
            AtLeast(least) => ours? >= least,
        })
    }

    fn text(self, unit: &str) -> String {
        match self {
            Times(times) => format!("≥ {times}×"),
            Share(share, key) => {
                let base = ROWS.iter().find(|row| row.key == key);
                format!("≤ {share} × our “{}”", base.map_or(key, |row| row.what))
            }
            AtMost(most) => format!("≤ {most} {unit}"),
            AtLeast(least) => format!("≥ {least}{unit}"),
        }
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;

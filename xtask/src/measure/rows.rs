//! The rows of the report: what is measured, under which name the figure comes in, and what it must reach.

use super::record::{Record, Side};

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

const fn row(
    group: &'static str,
    what: &'static str,
    key: &'static str,
    unit: &'static str,
    better: Better,
) -> Row {
    Row {
        group,
        what,
        key,
        unit,
        better,
        must: None,
        aim: None,
    }
}

impl Row {
    const fn must(self, limit: Limit) -> Self {
        Self {
            must: Some(limit),
            ..self
        }
    }

    const fn aim(self, limit: Limit) -> Self {
        Self {
            aim: Some(limit),
            ..self
        }
    }
}

const CRATE: &str = "Building the crate";
const PARTS: &str = "Building parts of it";
const USER: &str = "Rebuilding an application";
const SIZE: &str = "Executables beyond the HTTP stack";
const FIRST: &str = "First build of an application";
const DECODE: &str = "Decoding";
const ENCODE: &str = "Encoding";
const SERDE: &str = "Through serde";
const MEMORY: &str = "Memory of decoding a page";
const HTTP: &str = "Calls and transfers";
const TOOL: &str = "The generator, beside PyPI stone";

/// All rows.
pub const ROWS: &[Row] = &[
    row(CRATE, "check", "check.cpu", "s", Lower)
        .must(Times(4.0))
        .aim(Times(5.5)),
    row(CRATE, "check, peak memory", "check.memory", "MB", Lower).must(AtMost(800.0)),
    row(CRATE, "dev build", "dev.cpu", "s", Lower)
        .must(Times(3.5))
        .aim(Times(4.5)),
    row(CRATE, "dev build, peak memory", "dev.memory", "MB", Lower),
    row(CRATE, "dev build, rlib", "dev.rlib", "MB", Lower),
    row(CRATE, "release build", "release.cpu", "s", Lower)
        .must(Times(2.8))
        .aim(Times(4.0)),
    row(
        CRATE,
        "release build, peak memory",
        "release.memory",
        "MB",
        Lower,
    ),
    row(CRATE, "release build, rlib", "release.rlib", "MB", Lower),
    row(
        CRATE,
        "check with default features (without `team_log`)",
        "check.default.cpu",
        "s",
        Lower,
    )
    .must(Share(0.55, "check.cpu")),
    row(CRATE, "check with `serde`", "check.serde.cpu", "s", Lower)
        .must(AtMost(8.5))
        .aim(AtMost(6.5)),
    row(
        PARTS,
        "check, generated part",
        "check.generated.cpu",
        "s",
        Lower,
    ),
    row(
        PARTS,
        "check, hand-written runtime",
        "check.runtime.cpu",
        "s",
        Lower,
    ),
    row(
        PARTS,
        "dev build, generated part",
        "dev.generated.cpu",
        "s",
        Lower,
    ),
    row(
        PARTS,
        "dev build, hand-written runtime",
        "dev.runtime.cpu",
        "s",
        Lower,
    ),
    row(
        PARTS,
        "release build, generated part",
        "release.generated.cpu",
        "s",
        Lower,
    ),
    row(
        PARTS,
        "release build, hand-written runtime",
        "release.runtime.cpu",
        "s",
        Lower,
    ),
    row(
        PARTS,
        "release rlib, generated part",
        "release.generated.rlib",
        "MB",
        Lower,
    ),
    row(
        PARTS,
        "release rlib, hand-written runtime",
        "release.runtime.rlib",
        "MB",
        Lower,
    ),
    row(USER, "dev, one route", "rebuild.dev.one", "s", Lower),
    row(USER, "dev, three routes", "rebuild.dev.three", "s", Lower)
        .must(Times(3.0))
        .aim(Times(4.0)),
    row(
        USER,
        "dev, 60 routes of 10 namespaces",
        "rebuild.dev.sixty",
        "s",
        Lower,
    ),
    row(
        USER,
        "release, one route",
        "rebuild.release.one",
        "s",
        Lower,
    ),
    row(
        USER,
        "release, three routes",
        "rebuild.release.three",
        "s",
        Lower,
    )
    .must(Times(20.0))
    .aim(Times(28.0)),
    row(
        USER,
        "release, 60 routes of 10 namespaces",
        "rebuild.release.sixty",
        "s",
        Lower,
    )
    .must(Times(4.0))
    .aim(Times(8.0)),
    row(SIZE, "one route", "size.one", "MB", Lower),
    row(SIZE, "three routes", "size.three", "MB", Lower)
        .must(AtMost(1.6))
        .aim(AtMost(1.2)),
    row(
        SIZE,
        "60 routes of 10 namespaces",
        "size.sixty",
        "MB",
        Lower,
    ),
    row(
        SIZE,
        "the HTTP stack itself (one plain request)",
        "size.plain",
        "MB",
        Lower,
    ),
    row(FIRST, "with all dependencies, dev", "first.cpu", "s", Lower),
    row(
        DECODE,
        "`files/list_folder`, 2,000 entries",
        "decode.list_folder.plain",
        "MB/s",
        Higher,
    )
    .must(Times(1.6))
    .aim(Times(2.0)),
    row(
        DECODE,
        "`team/members/list_v2`, 1,000 members",
        "decode.members.plain",
        "MB/s",
        Higher,
    )
    .must(Times(1.6))
    .aim(Times(2.0)),
    row(
        DECODE,
        "`team_log/get_events`, 1,000 events of 60 types",
        "decode.events.plain",
        "MB/s",
        Higher,
    )
    .must(Times(1.6))
    .aim(Times(2.0)),
    row(
        DECODE,
        "entries, an unknown field in each",
        "decode.list_folder.unknown",
        "MB/s",
        Higher,
    ),
    row(
        DECODE,
        "members, an unknown field in each",
        "decode.members.unknown",
        "MB/s",
        Higher,
    ),
    row(
        DECODE,
        "events, an unknown field in each",
        "decode.events.unknown",
        "MB/s",
        Higher,
    ),
    row(
        DECODE,
        "entries, `.tag` last",
        "decode.list_folder.tag_last",
        "MB/s",
        Higher,
    ),
    row(
        DECODE,
        "members, `.tag` last",
        "decode.members.tag_last",
        "MB/s",
        Higher,
    ),
    row(
        DECODE,
        "events, `.tag` last",
        "decode.events.tag_last",
        "MB/s",
        Higher,
    ),
    row(
        ENCODE,
        "2,000 entries",
        "encode.list_folder",
        "MB/s",
        Higher,
    )
    .must(Times(1.2))
    .aim(Times(1.6)),
    row(ENCODE, "1,000 members", "encode.members", "MB/s", Higher)
        .must(Times(1.2))
        .aim(Times(1.6)),
    row(ENCODE, "1,000 events", "encode.events", "MB/s", Higher)
        .must(Times(1.2))
        .aim(Times(1.6)),
    row(
        SERDE,
        "decoding 2,000 entries",
        "serde_decode.list_folder.plain",
        "MB/s",
        Higher,
    )
    .must(Times(0.9))
    .aim(Times(1.0)),
    row(
        SERDE,
        "decoding 1,000 members",
        "serde_decode.members.plain",
        "MB/s",
        Higher,
    )
    .must(Times(0.9))
    .aim(Times(1.0)),
    row(
        SERDE,
        "decoding 1,000 events",
        "serde_decode.events.plain",
        "MB/s",
        Higher,
    )
    .must(Times(0.9))
    .aim(Times(1.0)),
    row(
        SERDE,
        "decoding entries, an unknown field in each",
        "serde_decode.list_folder.unknown",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "decoding members, an unknown field in each",
        "serde_decode.members.unknown",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "decoding events, an unknown field in each",
        "serde_decode.events.unknown",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "decoding entries, `.tag` last",
        "serde_decode.list_folder.tag_last",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "decoding members, `.tag` last",
        "serde_decode.members.tag_last",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "decoding events, `.tag` last",
        "serde_decode.events.tag_last",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "encoding 2,000 entries",
        "serde_encode.list_folder",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "encoding 1,000 members",
        "serde_encode.members",
        "MB/s",
        Higher,
    ),
    row(
        SERDE,
        "encoding 1,000 events",
        "serde_encode.events",
        "MB/s",
        Higher,
    ),
    row(
        MEMORY,
        "2,000 entries, allocations",
        "allocations.list_folder",
        "",
        Lower,
    )
    .must(Times(1.0))
    .aim(Times(1.25)),
    row(
        MEMORY,
        "1,000 members, allocations",
        "allocations.members",
        "",
        Lower,
    )
    .must(Times(1.0))
    .aim(Times(1.25)),
    row(
        MEMORY,
        "1,000 events, allocations",
        "allocations.events",
        "",
        Lower,
    )
    .must(Times(1.0))
    .aim(Times(1.25)),
    row(
        MEMORY,
        "2,000 entries, peak",
        "peak.list_folder",
        "MiB",
        Lower,
    ),
    row(MEMORY, "1,000 members, peak", "peak.members", "MiB", Lower),
    row(MEMORY, "1,000 events, peak", "peak.events", "MiB", Lower),
    row(
        HTTP,
        "a call beyond plain reqwest with the same decoding",
        "call.overhead",
        "µs",
        Lower,
    )
    .must(AtMost(1.0)),
    row(
        HTTP,
        "upload of 256 MiB, peak on the heap",
        "upload.peak",
        "MiB",
        Lower,
    )
    .must(AtMost(10.0)),
    row(
        HTTP,
        "upload, speed beside plain reqwest",
        "upload.speed",
        "×",
        Higher,
    )
    .must(AtLeast(0.95)),
    row(
        HTTP,
        "download of 256 MiB, peak on the heap",
        "download.peak",
        "MiB",
        Lower,
    )
    .must(AtMost(10.0)),
    row(
        HTTP,
        "download, speed beside plain reqwest",
        "download.speed",
        "×",
        Higher,
    )
    .must(AtLeast(0.95)),
    row(TOOL, "spec to IR", "ir.cpu", "s", Lower)
        .must(AtMost(0.15))
        .aim(AtMost(0.10)),
    row(TOOL, "spec to IR, peak memory", "ir.memory", "MiB", Lower).must(AtMost(100.0)),
    row(TOOL, "ten times the spec to IR", "ir10.cpu", "s", Lower).must(Share(12.0, "ir.cpu")),
    row(
        TOOL,
        "ten times the spec to IR, peak memory",
        "ir10.memory",
        "MiB",
        Lower,
    )
    .must(Share(12.0, "ir.memory")),
    row(TOOL, "spec to code", "code.cpu", "s", Lower)
        .must(AtMost(1.0))
        .aim(AtMost(0.7)),
    row(
        TOOL,
        "spec to code, peak memory",
        "code.memory",
        "MiB",
        Lower,
    ),
    row(TOOL, "ten times the spec to code", "code10.cpu", "s", Lower).must(Share(12.0, "code.cpu")),
    row(
        TOOL,
        "ten times the spec to code, peak memory",
        "code10.memory",
        "MiB",
        Lower,
    )
    .must(Share(12.0, "code.memory")),
];

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
                format!("≤ {share} of {}", base.map_or(key, |row| row.what))
            }
            AtMost(most) => format!("≤ {most} {unit}"),
            AtLeast(least) => format!("≥ {least}{unit}"),
        }
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;

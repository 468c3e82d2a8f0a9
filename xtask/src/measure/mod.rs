//! `cargo xtask measure`: what the SDK costs its users, and the generator its maintainers, beside their peers.
//!
//! In: the programs of `bench/`, which nothing else builds. Out: `MEASUREMENTS.md`, and `MEASUREMENTS.json` beside it,
//! which keeps the figures of parts that are not measured this time.

mod bench;
mod builds;
mod corpus;
mod generator;
mod machine;
mod record;
mod render;
mod rows;
mod speed;
mod table;
mod tenfold;
mod timer;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::bench::Bench;
use self::machine::Machine;
use self::record::{Record, Run, Samples, Side};
use self::rows::Figures;
use self::table::ROWS;
use crate::Verdict;
use crate::files::{self, FileError};

pub use self::timer::stand_in;

/// Measures builds, codec, calls and generator beside their peers, and writes MEASUREMENTS.md.
#[derive(clap::Args)]
pub struct Args {
    /// What to measure; everything if nothing is named.
    #[arg(value_enum)]
    what: Vec<Part>,
    /// How often; medians are reported.
    #[arg(long, value_name = "N", default_value = "3", value_parser = clap::value_parser!(u8).range(1..))]
    rounds: u8,
    /// Where to write; figures go into a .json beside it. The project's own MEASUREMENTS.md by default.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The crate alone: check, dev, release.
    Compile,
    /// Applications on top of it, and their sizes.
    Rebuild,
    /// An application with all dependencies.
    First,
    /// Decoding and encoding.
    Codec,
    /// Allocations and peaks.
    Memory,
    /// Calls and transfers.
    Http,
    /// The generator.
    Generator,
}

impl Part {
    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let all: &[Part] = clap::ValueEnum::value_variants();
    let parts = if args.what.is_empty() {
        all
    } else {
        &args.what
    };
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| files::root().join("MEASUREMENTS.md"));
    let mut record = load(&out.with_extension("json"))?;
    let rounds = usize::from(args.rounds);
    for (part, samples) in measure(parts, rounds)? {
        let (date, machine) = (machine::now(), Machine::this());
        record.parts.insert(
            part.name(),
            Run {
                date,
                machine,
                rounds,
                samples,
            },
        );
    }
    let rows: Vec<_> = ROWS.iter().map(|row| row.figures(&record)).collect();
    save(&out, &record, &rows)?;
    let missed = rows
        .iter()
        .filter(|row| row.verdict == rows::Verdict::Missed)
        .count();
    println!(
        "{}: {} rows, {missed} of them miss what they must reach",
        out.display(),
        rows.len()
    );
    Ok(Verdict::Success)
}

/// Prepares, then goes through all parts once a round, peer and ours in turn.
fn measure(parts: &[Part], rounds: usize) -> Result<Vec<(Part, Samples)>, FileError> {
    let bench = Bench::new()?;
    let wanted = |part| parts.contains(&part);
    if [Part::Codec, Part::Memory, Part::Http]
        .into_iter()
        .any(wanted)
    {
        println!("preparing pages and programs");
        speed::prepare(&bench)?;
    }
    let tools = wanted(Part::Generator)
        .then(|| generator::prepare(&bench))
        .transpose()?;
    let mut measured: Vec<_> = parts
        .iter()
        .map(|part| (*part, Samples::default()))
        .collect();
    for round in 1..=rounds {
        for (part, samples) in &mut measured {
            for side in Side::BOTH {
                println!(
                    "round {round} of {rounds}: {}, {}",
                    part.name(),
                    side.name()
                );
                match part {
                    Part::Compile => builds::compile(&bench, side, samples)?,
                    Part::Rebuild => builds::rebuild(&bench, side, samples)?,
                    Part::First => builds::first(&bench, side, samples)?,
                    Part::Codec => speed::run(&bench, "codec", side, samples)?,
                    Part::Memory => speed::run(&bench, "memory", side, samples)?,
                    Part::Http => speed::run(&bench, "http", side, samples)?,
                    Part::Generator => tools
                        .iter()
                        .try_for_each(|tools| generator::run(&bench, tools, side, samples))?,
                }
            }
        }
    }
    Ok(measured)
}

/// What is kept of earlier runs.
fn load(path: &Path) -> Result<Record, FileError> {
    if !path.exists() {
        return Ok(Record::default());
    }
    serde_json::from_str(&files::read_text(path)?)
        .map_err(|error| FileError::new("understand", path, error))
}

/// The file of figures: what was measured, and the rows that follow.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    record: &'a Record,
    rows: &'a [Figures],
}

fn save(out: &Path, record: &Record, rows: &[Figures]) -> Result<(), FileError> {
    let json = out.with_extension("json");
    let document = serde_json::to_string_pretty(&Document { record, rows })
        .map_err(|error| FileError::new("write", &json, error))?;
    let write = |path: &Path, text: String| {
        fs::write(path, text).map_err(|error| FileError::new("write", path, error))
    };
    write(&json, document + "\n")?;
    write(out, render::markdown(record, rows))
}

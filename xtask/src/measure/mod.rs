//! `cargo xtask measure`: what the SDK costs its users, and the generator its maintainers, beside their peers.
//!
//! In: the programs of `bench/`, which nothing else builds. Out: `MEASUREMENTS.md`, and `MEASUREMENTS.json` beside it,
//! which keeps the figures of parts that are not measured this time.

mod bench;
mod builds;
mod codec;
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
use self::record::{Record, Run, Samples};
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

    /// Whether programs of `bench/` measure it.
    fn is_at_run_time(self) -> bool {
        matches!(self, Part::Codec | Part::Memory | Part::Http)
    }
}

/// Runs the command. What a part measured is kept at once.
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
    let stage = Stage::prepare(parts)?;
    let mut measured: Vec<_> = parts.iter().map(|p| (*p, Samples::default())).collect();
    for round in 1..=usize::from(args.rounds) {
        println!("round {round} of {}", args.rounds);
        for (part, samples) in &mut measured {
            stage.measure(*part, round, samples)?;
            record.parts.insert(part.name(), Run::new(round, samples));
            save(&out, &record)?;
        }
    }
    Ok(Verdict::Success)
}

/// Everything that has to be there before the first round.
struct Stage {
    bench: Bench,
    tools: Option<generator::Tools>,
}

impl Stage {
    fn prepare(parts: &[Part]) -> Result<Self, FileError> {
        let bench = Bench::new()?;
        if parts.iter().any(|part| part.is_at_run_time()) {
            println!("preparing pages and programs");
            speed::prepare(&bench)?;
        }
        let tools = parts.contains(&Part::Generator).then(|| {
            println!("preparing the generators");
            generator::prepare(&bench)
        });
        let tools = tools.transpose()?;
        Ok(Self { bench, tools })
    }

    /// Measures a part once; of builds, rebuilds and the codec, both sides by turns.
    fn measure(&self, part: Part, round: usize, samples: &mut Samples) -> Result<(), FileError> {
        println!("  {}", part.name());
        let bench = &self.bench;
        match (part, &self.tools) {
            (Part::Compile, _) => builds::compile(bench, round, samples),
            (Part::Rebuild, _) => builds::rebuild(bench, round, samples),
            (Part::First, _) => builds::first(bench, round, samples),
            (Part::Codec, _) => codec::run(bench, samples),
            (Part::Memory, _) => speed::run(bench, "memory", samples),
            (Part::Http, _) => speed::run(bench, "http", samples),
            (Part::Generator, Some(tools)) => generator::run(bench, tools, samples),
            (Part::Generator, None) => Ok(()),
        }
    }
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

/// Writes both files and says how things stand.
fn save(out: &Path, record: &Record) -> Result<(), FileError> {
    let rows: Vec<_> = ROWS.iter().map(|row| row.figures(record)).collect();
    let rows = rows.as_slice();
    let json = out.with_extension("json");
    let document = serde_json::to_string_pretty(&Document { record, rows })
        .map_err(|error| FileError::new("write", &json, error))?;
    let write = |path: &Path, text: String| {
        fs::write(path, text).map_err(|error| FileError::new("write", path, error))
    };
    write(&json, document + "\n")?;
    write(out, render::markdown(record, rows))?;
    let missed = rows
        .iter()
        .filter(|row| row.verdict == rows::Verdict::Missed);
    println!(
        "{}: {} of {} rows miss what they must reach",
        out.display(),
        missed.count(),
        rows.len()
    );
    Ok(())
}

//! The project's commands; `cargo xtask --help` lists them.
//!
//! In: a command line. Out: an exit code: 0 for success, 1 when errors were found or output is stale, 2 for misuse and
//! for files that cannot be read or written. This is the only crate that touches the disk.

mod check;
mod diff;
mod files;
mod fmt;
mod git;
mod ir;
mod measure;
mod mock;
mod regen;
mod release;
mod spec;
mod spec_update;
mod spec_verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Commands of the Stone toolchain.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Regen(regen::Args),
    Check(check::Args),
    Diff(diff::Args),
    Fmt(fmt::Args),
    Ir(ir::Args),
    Measure(measure::Args),
    Mock(mock::Args),
    #[command(subcommand)]
    Spec(SpecCommand),
}

/// Brings spec/ up to date, or says whether its changes are accounted for.
#[derive(Subcommand)]
enum SpecCommand {
    Update(spec_update::Args),
    Verify(spec_verify::Args),
}

/// How a command ends when it could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// All is well.
    Success,
    /// The spec has errors, or output is stale.
    Findings,
}

fn main() -> ExitCode {
    if let Some(code) = measure::stand_in() {
        return code;
    }
    let outcome = match Cli::parse().command {
        Command::Regen(args) => regen::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Ir(args) => ir::run(&args),
        Command::Measure(args) => measure::run(&args),
        Command::Mock(args) => mock::run(&args),
        Command::Spec(SpecCommand::Update(args)) => spec_update::run(&args),
        Command::Spec(SpecCommand::Verify(args)) => spec_verify::run(&args),
    };
    match outcome {
        Ok(Verdict::Success) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

//! Times programs, rustc above all.
//!
//! This executable can stand before another program, as cargo's `RUSTC_WRAPPER` does: with [`LOG`] in its environment
//! it runs its arguments as a command and adds a line to that file with what the command took. In: a command. Out: the
//! line, the command's own exit code.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Names the file for what commands take.
pub const LOG: &str = "XTASK_TIMING_LOG";

/// What a command took.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// The crate that rustc compiled, else the name of the program.
    pub name: String,
    /// Seconds on the CPU, user and system, with what the command started itself.
    pub cpu: f64,
    /// Peak memory of its largest process, in bytes.
    pub memory: f64,
    /// Bytes of the library that came of it; 0 for none.
    pub library: f64,
}

/// Runs the arguments as a timed command if the environment asks for that.
pub fn stand_in() -> Option<ExitCode> {
    let log = env::var_os(LOG)?;
    let args: Vec<OsString> = env::args_os().skip(1).collect();
    let code = match run(Path::new(&log), &args) {
        Ok(code) => u8::try_from(code).unwrap_or(1),
        Err(reason) => {
            eprintln!("error: cannot time a command: {reason}");
            2
        }
    };
    Some(ExitCode::from(code))
}

fn run(log: &Path, args: &[OsString]) -> Result<i32, String> {
    let (program, args) = args.split_first().ok_or("there is none")?;
    let status = Command::new(program)
        .args(args)
        .env_remove(LOG)
        .status()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let (cpu, memory) = usage()?;
    let timing = Timing {
        name: crate_name(&args).map_or_else(|| stem(Path::new(program)), str::to_owned),
        cpu,
        memory,
        library: library(&args).map_or(0.0, |path| size(&path)),
    };
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(log)
        .map_err(|error| format!("{}: {error}", log.display()))?;
    file.write_all(timing.line().as_bytes())
        .map_err(|error| format!("{}: {error}", log.display()))?;
    Ok(status.code().unwrap_or(1))
}

/// CPU seconds and peak bytes of the commands that this process ran, which is one.
#[cfg(unix)]
fn usage() -> Result<(f64, f64), String> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let cpu = (usage.user_time() + usage.system_time()).num_microseconds();
    // Apple counts bytes where others count kibibytes.
    let unit = if cfg!(target_vendor = "apple") {
        1
    } else {
        1024
    };
    Ok((cpu as f64 / 1e6, (usage.max_rss() * unit) as f64))
}

#[cfg(not(unix))]
fn usage() -> Result<(f64, f64), String> {
    Err("this needs a Unix system".into())
}

/// The value of rustc's option `--crate-name`.
fn crate_name(args: &[impl AsRef<str>]) -> Option<&str> {
    following(args, "--crate-name")
}

fn following<'a>(args: &'a [impl AsRef<str>], option: &str) -> Option<&'a str> {
    let at = args.iter().position(|arg| arg.as_ref() == option)?;
    args.get(at + 1).map(AsRef::as_ref)
}

/// Where rustc writes the library, by its options as cargo gives them.
fn library(args: &[impl AsRef<str>]) -> Option<PathBuf> {
    let name = crate_name(args)?;
    let folder = following(args, "--out-dir")?;
    let extra = args
        .iter()
        .find_map(|arg| arg.as_ref().strip_prefix("extra-filename="))?;
    Some(Path::new(folder).join(format!("lib{name}{extra}.rlib")))
}

fn stem(program: &Path) -> String {
    let stem = program.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// Bytes of a file; 0 if there is none.
pub fn size(path: &Path) -> f64 {
    fs::metadata(path).map_or(0.0, |data| data.len() as f64)
}

impl Timing {
    fn line(&self) -> String {
        let Self {
            name,
            cpu,
            memory,
            library,
        } = self;
        format!("{name}\t{cpu}\t{memory}\t{library}\n")
    }
}

/// Reads a log. Lines that are not of its form are left out.
pub fn parse(log: &str) -> Vec<Timing> {
    log.lines().filter_map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<Timing> {
    let mut parts = line.split('\t');
    let name = parts.next()?.to_owned();
    let mut number = || parts.next()?.parse().ok();
    Some(Timing {
        name,
        cpu: number()?,
        memory: number()?,
        library: number()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let timing = Timing {
            name: "generated_sdk".into(),
            cpu: 6.25,
            memory: 671_088_640.0,
            library: 12_345.0,
        };
        let log = format!("{}broken line\nx\t1\t2\n", timing.line());
        assert_eq!(parse(&log), [timing]);
    }

    #[test]
    fn library_of_a_rustc_command() {
        let args: Vec<_> = "--crate-name sdk --edition=2024 src/lib.rs -C extra-filename=-0f1e --out-dir target/deps"
            .split(' ')
            .collect();
        assert_eq!(crate_name(&args), Some("sdk"));
        assert_eq!(
            library(&args),
            Some(PathBuf::from("target/deps/libsdk-0f1e.rlib"))
        );
        assert_eq!(crate_name(&["-vV"]), None);
        assert_eq!(library(&["--crate-name", "sdk"]), None);
    }
}

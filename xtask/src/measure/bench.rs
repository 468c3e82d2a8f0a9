//! Runs cargo and the programs of `bench/`, all state below the project's target folder.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::timer::{self, Timing};
use crate::files::{self, FileError};

/// Where programs are built and run.
pub struct Bench {
    /// The folder for everything that measuring leaves behind.
    pub state: PathBuf,
    /// This executable, which times what it stands before.
    exe: PathBuf,
}

/// Variables that would send requests for the loopback server elsewhere.
const PROXIES: [&str; 6] = [
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "all_proxy",
    "https_proxy",
    "http_proxy",
];

/// What counts instructions, if it is installed.
const VALGRIND: &str = "valgrind";

/// Its arguments, for nothing but the count.
const COUNTING: [&str; 3] = [
    "--tool=cachegrind",
    "--cache-sim=no",
    "--cachegrind-out-file=/dev/null",
];

/// Whether instructions can be counted.
pub fn counts_instructions() -> bool {
    Command::new(VALGRIND).arg("--version").output().is_ok()
}

impl Bench {
    /// Sets up the folder.
    pub fn new() -> Result<Self, FileError> {
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| files::root().join("target"), PathBuf::from);
        let target =
            std::path::absolute(&target).map_err(|error| FileError::new("find", &target, error))?;
        let state = target.join("measure");
        fs::create_dir_all(&state).map_err(|error| FileError::new("create", &state, error))?;
        let exe = env::current_exe()
            .map_err(|error| FileError::new("find", Path::new("this executable"), error))?;
        Ok(Self { state, exe })
    }

    /// The target folder of everything but first builds.
    pub fn target(&self) -> PathBuf {
        self.state.join("target")
    }

    /// Forgets what was built of these packages, in both profiles.
    pub fn clean(&self, packages: &[&str]) -> Result<(), FileError> {
        for profile in ["dev", "release"] {
            let mut command = self.cargo("clean", &self.target());
            command.args(["--profile", profile]);
            for name in packages {
                command.args(["-p", name]);
            }
            succeed(&mut command)?;
        }
        Ok(())
    }

    /// Builds with one job at a time and returns what each rustc took.
    pub fn build(&self, verb: &str, args: &[&str]) -> Result<Vec<Timing>, FileError> {
        let mut command = self.cargo(verb, &self.target());
        command.args(["--jobs", "1"]).args(args);
        command.env("RUSTC_WRAPPER", &self.exe);
        self.logged(&mut command)
    }

    /// Builds a package with all its dependencies from nothing; returns what all of that took.
    pub fn build_anew(&self, package: &str, program: &str) -> Result<Timing, FileError> {
        let target = self.state.join("anew");
        if target.exists() {
            fs::remove_dir_all(&target).map_err(|e| FileError::new("remove", &target, e))?;
        }
        let mut command = self.timed(&cargo());
        command.args(["build", "--quiet", "-p", package, "--bin", program]);
        settings(&mut command, &target);
        self.one(&mut command)
    }

    /// A command that is timed once [`one`](Self::one) runs it.
    pub fn timed(&self, program: &Path) -> Command {
        let mut command = Command::new(&self.exe);
        command.arg(program);
        command
    }

    /// Runs a timed command.
    pub fn one(&self, command: &mut Command) -> Result<Timing, FileError> {
        let mut timings = self.logged(command.stdout(Stdio::null()))?;
        let missing = || {
            FileError::new(
                "time",
                Path::new(command.get_program()),
                "nothing was logged",
            )
        };
        timings.pop().ok_or_else(missing)
    }

    /// Runs a program that prints lines `key value`.
    pub fn figures(&self, program: &str, args: &[&str]) -> Result<Vec<(String, f64)>, FileError> {
        let mut command = Command::new(self.program(program));
        let output = self.output(command.stderr(Stdio::inherit()), args)?;
        parse_figures(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| {
            FileError::new("understand", Path::new(program), "it printed no figures")
        })
    }

    /// How many instructions a program takes, whatever else the machine does meanwhile.
    pub fn instructions(&self, program: &str, args: &[&str]) -> Result<f64, FileError> {
        let mut command = Command::new(VALGRIND);
        command.args(COUNTING).arg(self.program(program));
        let output = self.output(&mut command, args)?;
        parse_instructions(&String::from_utf8_lossy(&output.stderr))
            .ok_or_else(|| FileError::new("understand", Path::new(VALGRIND), "it counted nothing"))
    }

    fn program(&self, name: &str) -> PathBuf {
        self.target().join("release").join(name)
    }

    /// What a program writes, given the folder of pages and more.
    fn output(&self, command: &mut Command, args: &[&str]) -> Result<Output, FileError> {
        command.arg(self.state.join("pages")).args(args);
        for name in PROXIES {
            command.env_remove(name);
        }
        let program = PathBuf::from(command.get_program());
        let output = command
            .output()
            .map_err(|error| FileError::new("run", &program, error))?;
        if output.status.success() {
            return Ok(output);
        }
        Err(FileError::new("run", &program, output.status))
    }

    fn cargo(&self, verb: &str, target: &Path) -> Command {
        let mut command = Command::new(cargo());
        command.args([verb, "--quiet"]);
        settings(&mut command, target);
        command
    }

    fn logged(&self, command: &mut Command) -> Result<Vec<Timing>, FileError> {
        let log = self.state.join("timing.log");
        fs::write(&log, "").map_err(|error| FileError::new("write", &log, error))?;
        succeed(command.env(timer::LOG, &log))?;
        Ok(timer::parse(&files::read_text(&log)?))
    }
}

/// The cargo that runs this command, else the one on the path.
pub fn cargo() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

fn settings(command: &mut Command, target: &Path) {
    command
        .current_dir(files::root().join("bench"))
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0");
}

/// Runs a command that has to succeed.
pub fn succeed(command: &mut Command) -> Result<(), FileError> {
    let program = PathBuf::from(command.get_program());
    let status = command
        .status()
        .map_err(|error| FileError::new("run", &program, error))?;
    if status.success() {
        return Ok(());
    }
    let args: Vec<_> = command
        .get_args()
        .map(|arg| arg.to_string_lossy())
        .collect();
    let reason = format!("{status} of `{}`", args.join(" "));
    Err(FileError::new("run", &program, reason))
}

/// Figures by name; nothing if a line is anything else.
fn parse_figures(text: &str) -> Option<Vec<(String, f64)>> {
    let figure = |line: &str| {
        let (key, value) = line.split_once(' ')?;
        Some((key.to_owned(), value.parse().ok()?))
    };
    let figures: Option<Vec<_>> = text.lines().map(figure).collect();
    figures.filter(|figures| !figures.is_empty())
}

/// The count in a line such as `==17== I   refs:      12,345,678`, as valgrind writes it.
fn parse_instructions(text: &str) -> Option<f64> {
    let count = text.lines().find_map(|line| line.split_once("refs:"))?.1;
    count.trim().replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_program() {
        let figures = parse_figures("decode.members 801.5\ncall.overhead -0.25\n");
        let expected = [
            ("decode.members".into(), 801.5),
            ("call.overhead".into(), -0.25),
        ];
        assert_eq!(figures, Some(expected.to_vec()));
        assert_eq!(parse_figures("decode.members fast\n"), None);
        assert_eq!(parse_figures(""), None);
    }

    #[test]
    fn instructions_of_a_program() {
        let text = "==17== Cachegrind\n==17== \n==17== I   refs:      12,345,678\n";
        assert_eq!(parse_instructions(text), Some(12_345_678.0));
        assert_eq!(parse_instructions("==17== Cachegrind\n"), None);
    }
}

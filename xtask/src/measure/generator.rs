//! What the generator costs, on the spec and on ten times of it, beside the reference implementation (PyPI stone).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::bench::{self, Bench};
use super::record::{Samples, Side};
use super::tenfold;
use super::timer::Timing;
use crate::files::{self, FileError};
use crate::spec::{Depth, Paths, Spec};

/// The version of the reference implementation, as in `.ci/oracle`.
const STONE: &str = "stone==3.5.5";

/// Reads a spec into the reference implementation's IR.
const TO_IR: &str = "import sys
from stone.frontend.frontend import specs_to_ir
specs_to_ir([(path, open(path, encoding='utf-8').read()) for path in sys.argv[1:]])";

/// The tools, ready to run.
pub struct Tools {
    /// This project's, as a release build.
    xtask: PathBuf,
    /// Folder with Python and the reference implementation; `None` where it cannot be had.
    python: Option<PathBuf>,
    /// Specs by the names of their figures.
    specs: [(&'static str, PathBuf); 2],
}

/// Builds ours, installs the peer, writes the larger spec.
pub fn prepare(bench: &Bench) -> Result<Tools, FileError> {
    let target = bench.state.join("xtask");
    let mut build = Command::new(bench::cargo());
    build.args(["build", "--quiet", "--release", "--locked", "-p", "xtask"]);
    bench::succeed(
        build
            .current_dir(files::root())
            .env("CARGO_TARGET_DIR", &target),
    )?;
    let own = files::root().join("spec");
    let tenfold = bench.state.join("spec10");
    write_tenfold(&own, &tenfold)?;
    Ok(Tools {
        xtask: target.join("release/xtask"),
        python: python(bench),
        specs: [("", own), ("10", tenfold)],
    })
}

fn write_tenfold(from: &Path, to: &Path) -> Result<(), FileError> {
    let spec = Spec::load(&[from.to_owned()], Paths::Relative, Depth::Errors)?;
    let names = spec
        .api
        .namespaces
        .iter()
        .map(|namespace| namespace.name.as_str());
    let texts = spec
        .sources
        .iter()
        .map(|(_, file)| (file.path.as_str(), file.text.as_str()));
    let wanted = tenfold::copies(&names.collect::<Vec<_>>(), texts);
    fs::create_dir_all(to).map_err(|error| FileError::new("create", to, error))?;
    files::apply(to, &files::compare(to, &wanted, &["."])?)
}

/// A virtual environment with the reference implementation.
fn python(bench: &Bench) -> Option<PathBuf> {
    let venv = bench.state.join("venv");
    let bin = venv.join("bin");
    let run = |command: &mut Command| {
        command
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    };
    let there = run(Command::new("python3").args(["-m", "venv"]).arg(&venv))
        && run(Command::new(bin.join("pip")).args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            STONE,
        ]));
    if !there {
        println!("Python or its package stone is not to be had: the peer's generator is left out");
    }
    there.then_some(bin)
}

/// Runs both tools on both specs.
pub fn run(bench: &Bench, tools: &Tools, samples: &mut Samples) -> Result<(), FileError> {
    for (suffix, spec) in &tools.specs {
        if let Some(bin) = &tools.python {
            add(samples, Side::Peer, suffix, peer(bench, bin, spec, suffix)?);
        }
        let ours = ours(bench, &tools.xtask, spec, suffix)?;
        add(samples, Side::Ours, suffix, ours);
    }
    Ok(())
}

fn add(samples: &mut Samples, side: Side, suffix: &str, [ir, code]: [Timing; 2]) {
    for (key, timing) in [("ir", ir), ("code", code)] {
        samples.add(side, &format!("{key}{suffix}.cpu"), timing.cpu);
        let mebibytes = timing.memory / f64::from(1 << 20);
        samples.add(side, &format!("{key}{suffix}.memory"), mebibytes);
    }
}

fn ours(bench: &Bench, xtask: &Path, spec: &Path, suffix: &str) -> Result<[Timing; 2], FileError> {
    let out = bench.state.join(format!("generated{suffix}"));
    fs::create_dir_all(&out).map_err(|error| FileError::new("create", &out, error))?;
    let manifest = files::root().join("generated-sdk/Cargo.toml");
    fs::copy(&manifest, out.join("Cargo.toml"))
        .map_err(|error| FileError::new("copy", &manifest, error))?;
    let mut check = bench.timed(xtask);
    let mut regen = bench.timed(xtask);
    regen
        .arg("regen")
        .arg("--spec")
        .arg(spec)
        .arg("--out")
        .arg(&out);
    Ok([
        bench.one(check.arg("check").arg(spec))?,
        bench.one(&mut regen)?,
    ])
}

fn peer(bench: &Bench, bin: &Path, spec: &Path, suffix: &str) -> Result<[Timing; 2], FileError> {
    let specs: Vec<_> = files::list(spec)?
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "stone")
        })
        .collect();
    let mut ir = bench.timed(&bin.join("python"));
    let mut code = bench.timed(&bin.join("python"));
    code.arg(bin.join("stone")).arg("python_types");
    code.arg(bench.state.join(format!("python{suffix}")));
    code.args(&specs).args(["--", "-p", "sdk"]);
    Ok([
        bench.one(ir.args(["-c", TO_IR]).args(&specs))?,
        bench.one(&mut code)?,
    ])
}

//! What builds cost: the crate itself, applications on top of it, and everything from nothing.
//!
//! The sides take turns build by build, since a machine's slow phases may last for minutes.

use super::bench::Bench;
use super::record::{Samples, Side};
use super::timer::{self, Timing};
use crate::files::FileError;

impl Side {
    /// The package of the SDK and the crate in it.
    fn sdk(self) -> (&'static str, &'static str) {
        match self {
            Side::Peer => ("dropbox-sdk", "dropbox_sdk"),
            Side::Ours => ("generated-sdk", "generated_sdk"),
        }
    }

    fn app(self) -> &'static str {
        match self {
            Side::Peer => "peer-app",
            Side::Ours => "ours-app",
        }
    }
}

/// One build of the crate: the name of its figures, and what cargo is told.
struct Build {
    key: &'static str,
    verb: &'static str,
    args: &'static [&'static str],
    ours_only: bool,
}

/// The applications, by how many routes they call.
const PROGRAMS: [&str; 3] = ["one", "three", "sixty"];

const fn both(key: &'static str, verb: &'static str, args: &'static [&'static str]) -> Build {
    Build {
        key,
        verb,
        args,
        ours_only: false,
    }
}

const fn ours(key: &'static str, verb: &'static str, args: &'static [&'static str]) -> Build {
    Build {
        key,
        verb,
        args,
        ours_only: true,
    }
}

const BUILDS: &[Build] = &[
    both("check", "check", &[]),
    ours("check.serde", "check", &["--features", "serde"]),
    ours(
        "check.default",
        "check",
        &[
            "--no-default-features",
            "--features",
            "namespaces-by-default",
        ],
    ),
    both("dev", "build", &[]),
    both("release", "build", &["--release"]),
    ours("check.runtime", "check", &["--no-default-features"]),
    ours("dev.runtime", "build", &["--no-default-features"]),
    ours(
        "release.runtime",
        "build",
        &["--no-default-features", "--release"],
    ),
];

/// Builds the crate alone, its dependencies being there already.
pub fn compile(bench: &Bench, round: usize, samples: &mut Samples) -> Result<(), FileError> {
    let packages = Side::BOTH.map(|side| [side.sdk().0, side.app()]);
    bench.clean(packages.as_flattened())?;
    for build in BUILDS {
        let sides = Side::order(round).into_iter();
        for side in sides.filter(|side| *side == Side::Ours || !build.ours_only) {
            compile_once(bench, side, build, samples)?;
        }
    }
    serde_always(samples);
    generated_part(samples);
    Ok(())
}

fn compile_once(
    bench: &Bench,
    side: Side,
    build: &Build,
    samples: &mut Samples,
) -> Result<(), FileError> {
    let args = [&["--lib", "-p", side.app()], build.args].concat();
    let timings = bench.build(build.verb, &args)?;
    let timing = find(&timings, side.sdk().1)?;
    samples.add(side, &format!("{}.cpu", build.key), timing.cpu);
    samples.add(side, &format!("{}.memory", build.key), timing.memory / 1e6);
    if build.verb == "build" {
        samples.add(side, &format!("{}.rlib", build.key), timing.library / 1e6);
    }
    Ok(())
}

/// The peer has no build without serde.
fn serde_always(samples: &mut Samples) {
    if let Some(check) = samples.last(Side::Peer, "check.cpu") {
        samples.add(Side::Peer, "check.serde.cpu", check);
    }
}

/// What the whole crate costs beyond its hand-written runtime.
fn generated_part(samples: &mut Samples) {
    for key in [
        "check.cpu",
        "dev.cpu",
        "dev.rlib",
        "release.cpu",
        "release.rlib",
    ] {
        let Some((build, what)) = key.split_once('.') else {
            continue;
        };
        let whole = samples.last(Side::Ours, key);
        let runtime = samples.last(Side::Ours, &format!("{build}.runtime.{what}"));
        if let (Some(whole), Some(runtime)) = (whole, runtime) {
            let key = format!("{build}.generated.{what}");
            samples.add(Side::Ours, &key, whole - runtime);
        }
    }
}

/// Rebuilds applications, the SDK being there already.
pub fn rebuild(bench: &Bench, round: usize, samples: &mut Samples) -> Result<(), FileError> {
    bench.clean(&Side::BOTH.map(Side::app))?;
    for (profile, args) in [("dev", &[][..]), ("release", &["--release"])] {
        for program in PROGRAMS {
            for side in Side::order(round) {
                let name = format!("{}_{program}", side.name());
                let args = [&["-p", side.app(), "--bin", &name], args].concat();
                let timings = bench.build("build", &args)?;
                let key = format!("rebuild.{profile}.{program}");
                samples.add(side, &key, find(&timings, &name)?.cpu);
            }
        }
    }
    Side::BOTH
        .into_iter()
        .try_for_each(|side| sizes(bench, side, samples))
}

/// Executables without the part that a program with the same HTTP stack has, too.
fn sizes(bench: &Bench, side: Side, samples: &mut Samples) -> Result<(), FileError> {
    let plain = format!("{}_plain", side.name());
    bench.build("build", &["-p", side.app(), "--bin", &plain, "--release"])?;
    let release = bench.target().join("release");
    let plain = timer::size(&release.join(plain));
    for program in PROGRAMS {
        let whole = timer::size(&release.join(format!("{}_{program}", side.name())));
        samples.add(side, &format!("size.{program}"), (whole - plain) / 1e6);
    }
    samples.add(side, "size.plain", plain / 1e6);
    Ok(())
}

/// Builds an application and all that it depends on from nothing.
pub fn first(bench: &Bench, round: usize, samples: &mut Samples) -> Result<(), FileError> {
    for side in Side::order(round) {
        let program = format!("{}_three", side.name());
        let timing = bench.build_anew(side.app(), &program)?;
        samples.add(side, "first.cpu", timing.cpu);
    }
    Ok(())
}

/// The line of one crate.
fn find<'a>(timings: &'a [Timing], name: &str) -> Result<&'a Timing, FileError> {
    let found = timings.iter().rev().find(|timing| timing.name == name);
    found.ok_or_else(|| FileError::new("time", name.as_ref(), "cargo did not build it"))
}

//! What the SDKs do at run time: what pages take on the heap, calls and transfers over loopback. Also builds the programs
//! of all parts that measure what is done at run time, and writes what they read.

use std::fs;

use super::bench::Bench;
use super::corpus::{Form, PAGES};
use super::record::{Samples, Side};
use crate::files::FileError;
use crate::spec::{Depth, Paths, Spec};

/// Builds the programs and writes what they read.
pub fn prepare(bench: &Bench) -> Result<(), FileError> {
    let folder = bench.state.join("pages");
    fs::create_dir_all(&folder).map_err(|error| FileError::new("create", &folder, error))?;
    let spec = Spec::load(&[], Paths::AsGiven, Depth::Errors)?;
    for page in PAGES {
        for (name, form) in Form::ALL {
            let path = folder.join(format!("{}.{name}.json", page.name));
            let text = page.json(&spec.api, form);
            let text =
                text.ok_or_else(|| FileError::new("make", &path, "the spec has no such type"))?;
            fs::write(&path, text).map_err(|error| FileError::new("write", &path, error))?;
        }
    }
    for side in Side::BOTH {
        let package = format!("{}-speed", side.name());
        bench.build("build", &["--release", "-p", &package])?;
    }
    Ok(())
}

/// Runs one of the programs `memory` and `http`, the peer's and ours.
pub fn run(bench: &Bench, program: &str, samples: &mut Samples) -> Result<(), FileError> {
    for side in Side::BOTH {
        for (key, value) in bench.figures(&format!("{}_{program}", side.name()), &[])? {
            samples.add(side, &key, value);
        }
    }
    Ok(())
}

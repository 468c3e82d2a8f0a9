//! What the measured programs of both SDKs share, so that they differ in the SDK alone.
//!
//! In: functions that decode and encode, and a client. Out: lines `key value` on standard output, which
//! `cargo xtask measure` reads. Nothing here judges a figure.

mod clock;
pub mod codec;
pub mod http;
pub mod memory;
pub mod server;

use std::path::PathBuf;

/// What a program returns; any error is fatal.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Prints one figure.
pub fn report(key: &str, value: f64) {
    println!("{key} {value}");
}

/// The folder that the program was given: pages to decode, and a file to upload.
pub fn folder() -> Outcome<PathBuf> {
    let folder = std::env::args_os().nth(1);
    folder
        .map(PathBuf::from)
        .ok_or_else(|| "usage: PROGRAM FOLDER".into())
}

/// The value in the middle; of an even number, the upper one of the two.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

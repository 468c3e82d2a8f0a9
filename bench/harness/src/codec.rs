//! Decoding and encoding pages, as megabytes per second of CPU time.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use crate::{Outcome, clock, median, report};

/// A decoded page.
pub trait Decoded {
    /// Its JSON.
    fn encode(&self) -> Vec<u8>;
}

/// One way from a page to a value and back.
pub struct Codec {
    /// Name of the page.
    pub page: &'static str,
    /// What comes before the figures' names: nothing, or `serde_` for a second way.
    pub way: &'static str,
    /// From JSON.
    pub decode: fn(&[u8]) -> Outcome<Box<dyn Decoded>>,
}

/// The forms in which each page comes; the names of the files end in them.
const FORMS: [&str; 3] = ["plain", "unknown", "tag_last"];

/// How long to repeat one measurement.
const LONG_ENOUGH: Duration = Duration::from_millis(400);

/// Measures all pages in all forms.
pub fn run(folder: &Path, codecs: &[Codec]) -> Outcome {
    for codec in codecs {
        for form in FORMS {
            let text = read(folder, codec.page, form)?;
            if let Err(error) = check(codec, &text) {
                if form == "plain" {
                    return Err(error);
                }
                // Not every SDK takes every form; the row stays empty.
                eprintln!("{}, {form}: cannot be decoded: {error}", codec.page);
                continue;
            }
            let rate = rate(text.len(), || {
                drop(black_box((codec.decode)(black_box(&text))))
            });
            report(&format!("{}decode.{}.{form}", codec.way, codec.page), rate);
        }
        let value = (codec.decode)(&read(folder, codec.page, "plain")?)?;
        let rate = rate(value.encode().len(), || drop(black_box(value.encode())));
        report(&format!("{}encode.{}", codec.way, codec.page), rate);
    }
    Ok(())
}

/// The text of a page.
pub fn read(folder: &Path, page: &str, form: &str) -> Outcome<Vec<u8>> {
    let path = folder.join(format!("{page}.{form}.json"));
    std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Makes sure that what is timed does its work: what was decoded and encoded decodes and encodes to the same, and
/// nearly all of the page is in it (void tags and unknown fields may be written otherwise).
fn check(codec: &Codec, text: &[u8]) -> Outcome {
    let once = (codec.decode)(text)?.encode();
    let twice = (codec.decode)(&once)?.encode();
    if once != twice || once.len() < text.len() / 2 {
        return Err(format!("{} does not survive decoding and encoding", codec.page).into());
    }
    Ok(())
}

/// Megabytes per second in the median of many runs.
fn rate(bytes: usize, mut work: impl FnMut()) -> f64 {
    let mut seconds = Vec::new();
    let start = clock::cpu();
    while clock::cpu() - start < LONG_ENOUGH || seconds.len() < 10 {
        seconds.push(clock::time(&mut work).as_secs_f64());
    }
    bytes as f64 / 1e6 / median(&mut seconds)
}

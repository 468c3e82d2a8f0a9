//! Decoding and encoding pages, one figure in each run of the program: so that two SDKs can take turns often.

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

/// How long one measurement takes: short, for a slow moment of the machine should meet both SDKs.
const SLICE: Duration = Duration::from_millis(200);

/// Measures the figure that the arguments after the folder name: `decode.PAGE.FORM` or `encode.PAGE`, after the way.
/// With a number behind it, the work is done so many times, and whoever runs the program counts something else.
pub fn run(folder: &Path, codecs: &[Codec]) -> Outcome {
    let mut args = std::env::args().skip(2);
    let figure = args.next().ok_or("usage: PROGRAM FOLDER FIGURE [TIMES]")?;
    let times = args.next().map(|times| times.parse()).transpose()?;
    for codec in codecs {
        if figure == format!("{}encode.{}", codec.way, codec.page) {
            let value = (codec.decode)(&read(folder, codec.page, "plain")?)?;
            let encode = || drop(black_box(value.encode()));
            measure(&figure, value.encode().len(), times, encode);
            return Ok(());
        }
        for form in FORMS {
            if figure == format!("{}decode.{}.{form}", codec.way, codec.page) {
                return decode(&figure, codec, &read(folder, codec.page, form)?, times);
            }
        }
    }
    Err(format!("there is no figure {figure}").into())
}

fn decode(figure: &str, codec: &Codec, text: &[u8], times: Option<u32>) -> Outcome {
    match check(codec, text) {
        // Not every SDK takes every form; the row stays empty.
        Err(_) if !figure.ends_with("plain") => report(figure, f64::NAN),
        checked => {
            checked?;
            let decode = || drop(black_box((codec.decode)(black_box(text))));
            measure(figure, text.len(), times, decode);
        }
    }
    Ok(())
}

/// Does some work for a while and reports how many megabytes it got through, or does it so many times.
fn measure(figure: &str, bytes: usize, times: Option<u32>, mut work: impl FnMut()) {
    match times {
        Some(times) => (0..times).for_each(|_| work()),
        None => report(figure, rate(bytes, work)),
    }
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
    while clock::cpu() - start < SLICE || seconds.len() < 5 {
        seconds.push(clock::time(&mut work).as_secs_f64());
    }
    bytes as f64 / 1e6 / median(&mut seconds)
}

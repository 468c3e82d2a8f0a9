//! One file of bytes through everything that must be true of every text.
#![no_main]

#[path = "../../stone-parser/tests/properties/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    targets::check(&[("fuzz.stone".to_owned(), text)]);
});

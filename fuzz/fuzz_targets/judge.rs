//! One file of bytes, understood or refused.
#![no_main]
#![allow(dead_code)]

#[path = "../../stone-parser/tests/properties/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    targets::is_judged(&[("fuzz.stone".to_owned(), text)]);
});

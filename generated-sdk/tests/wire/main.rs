//! The codec through its public surface, on the types that the emitter writes for the spec of the wire vectors.

use generated_sdk::runtime;

mod any_json;
mod conformance;
mod errors;
#[cfg(feature = "serde")]
mod formats;
mod round_trip;
#[allow(dead_code, unused_imports)]
#[path = "../../../tests/fixtures/emit/shop/expected/src/generated/shop/mod.rs"]
#[rustfmt::skip]
mod shop;
mod traits;
mod tree;
mod validation;
mod vectors;

/// How often properties are tried: always with the same random numbers.
fn config(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases,
        rng_seed: proptest::test_runner::RngSeed::Fixed(17),
        failure_persistence: None,
        ..Default::default()
    }
}

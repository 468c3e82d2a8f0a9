//! Speed of decoding and encoding.

fn main() -> harness::Outcome {
    harness::codec::run(&harness::folder()?, ours_speed::CODECS)
}

//! Cost of calls, and speed of large transfers.

fn main() -> harness::Outcome {
    harness::http::run::<ours_speed::Loopback>(&harness::folder()?)
}

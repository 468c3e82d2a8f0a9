//! Cost of calls, and speed of large transfers.

fn main() -> harness::Outcome {
    harness::http::run::<peer_speed::Loopback>(&harness::folder()?)
}

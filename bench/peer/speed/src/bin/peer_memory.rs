//! Allocations and peaks on the heap.

#[global_allocator]
static COUNTING: dhat::Alloc = dhat::Alloc;

fn main() -> harness::Outcome {
    harness::memory::run::<peer_speed::Loopback>(&harness::folder()?, peer_speed::CODECS)
}

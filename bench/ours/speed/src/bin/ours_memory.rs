//! Allocations and peaks on the heap.

#[global_allocator]
static COUNTING: dhat::Alloc = dhat::Alloc;

fn main() -> harness::Outcome {
    harness::memory::run::<ours_speed::Loopback>(&harness::folder()?, ours_speed::CODECS)
}

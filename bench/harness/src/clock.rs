//! CPU time of the current thread, which other work on the machine disturbs less than time on the clock.

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// CPU time that the current thread has used.
pub fn cpu() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
        .expect("the clock of a running thread can be read")
        .into()
}

/// CPU time of one piece of work.
pub fn time(work: impl FnOnce()) -> Duration {
    let start = cpu();
    work();
    cpu() - start
}

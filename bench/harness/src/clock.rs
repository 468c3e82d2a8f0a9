//! CPU time of the current thread, which other work on the machine disturbs less than time on the clock, and where
//! threads run.

use std::time::Duration;

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::time::{ClockId, clock_gettime};
use nix::unistd::Pid;

use crate::Outcome;

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

/// Keeps this thread, and all that it starts from now on, on the last of the cores that it may run on. On two cores, it
/// is chance how long each end of a connection sleeps before the other wakes it.
pub fn stay_on_one_core() -> Outcome {
    let this = Pid::from_raw(0);
    let allowed = sched_getaffinity(this)?;
    let mut cores = (0..CpuSet::count()).filter(|core| allowed.is_set(*core) == Ok(true));
    let mut one = CpuSet::new();
    one.set(cores.next_back().ok_or("no core may be used")?)?;
    Ok(sched_setaffinity(this, &one)?)
}

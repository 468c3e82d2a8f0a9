//! The default [`Clock`]: the time of the system, and timers of tokio.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use super::Clock;
use crate::runtime::transport::BoxFuture;

/// The time of the system. Waiting needs a tokio runtime with its timer switched on.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> u64 {
        // Each state has keys of its own, which is as much chance as jitter needs.
        RandomState::new().hash_one(())
    }
}

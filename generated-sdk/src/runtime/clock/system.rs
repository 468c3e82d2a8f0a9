//! The default [`Clock`]: the time of the system, and timers of tokio.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use super::Clock;
use crate::runtime::transport::BoxFuture;

/// What time is measured from.
static START: OnceLock<Instant> = OnceLock::new();

/// The time of the system. Waiting needs a tokio runtime with its timer switched on.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn elapsed(&self) -> Duration {
        START.get_or_init(Instant::now).elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        // Without chance, programs that failed together try again together; nothing else depends on it.
        let _ = getrandom::getrandom(&mut bytes);
        u64::from_ne_bytes(bytes)
    }
}

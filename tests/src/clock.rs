//! A clock that never waits: pauses are recorded, and the time moves on by them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use generated_sdk::runtime::clock::Clock;
use generated_sdk::runtime::transport::BoxFuture;

/// Where the time of a test begins.
pub const START: SystemTime = SystemTime::UNIX_EPOCH;

/// Clones show the same time.
#[derive(Debug, Clone, Default)]
pub struct TestClock(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    passed: Duration,
    pauses: Vec<Duration>,
    random: u64,
}

impl TestClock {
    /// A clock whose random numbers are all the same.
    pub fn with_random(random: u64) -> Self {
        let clock = Self::default();
        clock.with(|state| state.random = random);
        clock
    }

    /// Lets time pass.
    pub fn advance(&self, duration: Duration) {
        self.with(|state| state.passed += duration);
    }

    /// The pauses so far, in milliseconds.
    pub fn pauses(&self) -> Vec<u128> {
        self.with(|state| state.pauses.iter().map(Duration::as_millis).collect())
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        START + self.with(|state| state.passed)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.with(|state| {
            state.pauses.push(duration);
            state.passed += duration;
        });
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> u64 {
        self.with(|state| state.random)
    }
}

//! Whether a call that failed is made again, and when.
//!
//! In: how an attempt ended, what is known of the route, the policy of the client. Out: the pause before the next
//! attempt, or that there is none. Deciding is free of time and chance; both are handed in.

mod backoff;
mod budget;
mod classify;
mod policy;

use std::time::Duration;

pub use self::classify::{Attempt, Verdict};
pub use self::policy::RetryPolicy;

pub(crate) use self::budget::Budget;
pub(crate) use self::classify::Trouble;

use super::client::Core;
use super::clock::Clock;
use super::route::Route;

/// The attempts of one call.
pub(crate) struct Retries<'a> {
    policy: &'a RetryPolicy,
    budget: &'a Budget,
    clock: &'a dyn Clock,
    route: &'static Route,
    /// How many attempts were made.
    made: u32,
}

impl<'a> Retries<'a> {
    pub(crate) fn new(core: &'a Core, route: &'static Route, policy: &'a RetryPolicy) -> Self {
        Self {
            policy,
            budget: &core.budget,
            clock: &*core.clock,
            route,
            made: 0,
        }
    }

    /// How long to wait before the call is made again; nothing when it ends here.
    pub(crate) fn pause_after(&mut self, trouble: Trouble<'_>) -> Option<Duration> {
        self.made += 1;
        let wait = trouble.retry_after();
        let attempt = Attempt::new(self.route, self.made, trouble);
        if self.made >= self.policy.max_attempts || !self.policy.allows(&attempt) {
            return None;
        }
        let pause = self.policy.pause(self.made, wait, self.clock.random())?;
        self.budget.withdraw(attempt.cost()).then_some(pause)
    }

    /// Takes note that the call ended well.
    pub(crate) fn succeeded(&self) {
        self.budget.deposit(self.made > 0);
    }
}

//! A token bucket for all calls of a client: when most of them fail, repeating them all would only add to the trouble.

use std::sync::atomic::{AtomicU32, Ordering};

/// What is in the bucket at first, and at most.
const CAPACITY: u32 = 500;

/// What a success puts back when nothing was repeated.
const REFILL: u32 = 1;

/// What a success puts back after retries: about what one of them took.
const REFUND: u32 = 5;

/// What a retry takes, by what went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// The server named its limits, which is no sign that it is down.
    Throttled = 5,
    /// Anything else.
    Failed = 14,
}

/// The bucket.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl Budget {
    /// Takes the cost out, if there is enough.
    pub(super) fn withdraw(&self, cost: Cost) -> bool {
        self.update(|left| left.checked_sub(cost as u32))
    }

    /// Puts back what a call earns that ended well.
    pub(super) fn deposit(&self, was_repeated: bool) {
        let earned = if was_repeated { REFUND } else { REFILL };
        // A full bucket is the usual state, which is left alone.
        self.update(|left| (left < CAPACITY).then(|| CAPACITY.min(left + earned)));
    }

    fn update(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, CAPACITY, Cost};

    #[test]
    fn a_client_that_only_fails_soon_stops_to_repeat() {
        let budget = Budget::default();
        let granted = (0..1000).filter(|_| budget.withdraw(Cost::Failed)).count();
        assert_eq!(granted, (CAPACITY / Cost::Failed as u32) as usize);
    }

    #[test]
    fn successes_fill_the_bucket_up_to_its_brim() {
        let budget = Budget::default();
        while budget.withdraw(Cost::Throttled) {}
        assert!(!budget.withdraw(Cost::Throttled));
        budget.deposit(true);
        assert!(budget.withdraw(Cost::Throttled));
        for _ in 0..2 * CAPACITY {
            budget.deposit(false);
        }
        assert_eq!(
            (0..1000)
                .filter(|_| budget.withdraw(Cost::Throttled))
                .count(),
            100
        );
    }
}

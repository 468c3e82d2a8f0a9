//! Capped exponential backoff with full jitter: the pause before retry `n` is anything up to `base · 2ⁿ⁻¹`.

use std::time::Duration;

/// A pause of up to `base` before the first retry, of up to twice as much before each further one, never above `cap`.
pub(super) fn full_jitter(base: Duration, cap: Duration, retry: u32, random: u64) -> Duration {
    let doublings = retry.saturating_sub(1).min(31);
    let ceiling = base.saturating_mul(1 << doublings).min(cap);
    // The upper bits of a random number are a fraction between 0 and 1 that a float holds exactly.
    let fraction = (random >> 11) as f64 / (1u64 << 53) as f64;
    ceiling.mul_f64(fraction)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::full_jitter;

    #[test]
    fn the_ceiling_doubles_up_to_the_cap() {
        let (base, cap) = (Duration::from_millis(500), Duration::from_secs(30));
        let ceilings = [1, 2, 3, 7, 8, 40, u32::MAX].map(|retry| {
            let pause = full_jitter(base, cap, retry, u64::MAX);
            (pause.as_secs_f64() * 1000.0).round() as u64
        });
        assert_eq!(ceilings, [500, 1000, 2000, 30_000, 30_000, 30_000, 30_000]);
    }

    #[test]
    fn a_pause_lies_between_nothing_and_the_cap() {
        let edges = [0, 1, 999, 1 << 40, u64::MAX];
        for (base, cap, random) in edges.into_iter().flat_map(|base| {
            edges
                .into_iter()
                .flat_map(move |cap| edges.map(|random| (base, cap, random)))
        }) {
            let (base, cap) = (Duration::from_nanos(base), Duration::from_nanos(cap));
            for retry in [0, 1, 2, 31, 32, 33, u32::MAX] {
                assert!(full_jitter(base, cap, retry, random) <= cap);
                assert_eq!(full_jitter(base, cap, retry, 0), Duration::ZERO);
            }
        }
    }
}

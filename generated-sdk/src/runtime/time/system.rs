//! Conversions from and to the times of the standard library.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{NANOS_PER_SECOND, OUT_OF_RANGE, TimeError, Timestamp};

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimeError;

    fn try_from(time: SystemTime) -> Result<Self, TimeError> {
        let (negative, distance) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (false, after),
            Err(before) => (true, before.duration()),
        };
        let seconds = i64::try_from(distance.as_secs()).map_err(|_| OUT_OF_RANGE)?;
        let timestamp = match (negative, distance.subsec_nanos()) {
            (false, nanos) => Self::from_unix(seconds, nanos),
            (true, 0) => Self::from_unix(-seconds, 0),
            (true, nanos) => Self::from_unix(-seconds - 1, NANOS_PER_SECOND - nanos),
        };
        timestamp.ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimeError;

    /// Fails where the system's clock does not reach so far.
    fn try_from(time: Timestamp) -> Result<Self, TimeError> {
        let seconds = Duration::from_secs(time.seconds.unsigned_abs());
        let whole = if time.seconds < 0 {
            UNIX_EPOCH.checked_sub(seconds)
        } else {
            UNIX_EPOCH.checked_add(seconds)
        };
        let nanos = Duration::from_nanos(time.nanos.into());
        whole
            .and_then(|whole| whole.checked_add(nanos))
            .ok_or(OUT_OF_RANGE)
    }
}

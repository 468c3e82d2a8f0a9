//! Conversions from and to the times of the crate `chrono`.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::{Date, OUT_OF_RANGE, TimeError, Timestamp};

/// Days from 0000-12-31, which `chrono` counts from, to the epoch.
const EPOCH: i32 = 719_163;

impl TryFrom<DateTime<Utc>> for Timestamp {
    type Error = TimeError;

    /// A leap second, which `chrono` has as a fraction of more than a second, is out of range.
    fn try_from(time: DateTime<Utc>) -> Result<Self, TimeError> {
        Self::from_unix(time.timestamp(), time.timestamp_subsec_nanos()).ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<Timestamp> for DateTime<Utc> {
    type Error = TimeError;

    fn try_from(time: Timestamp) -> Result<Self, TimeError> {
        Self::from_timestamp(time.seconds, time.nanos).ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = TimeError;

    fn try_from(date: NaiveDate) -> Result<Self, TimeError> {
        Self::from_days(date.num_days_from_ce() - EPOCH).ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<Date> for NaiveDate {
    type Error = TimeError;

    fn try_from(date: Date) -> Result<Self, TimeError> {
        Self::from_num_days_from_ce_opt(date.days + EPOCH).ok_or(OUT_OF_RANGE)
    }
}

//! Conversions from and to the times of the crate `jiff`.

use jiff::civil;

use super::{Date, NANOS_PER_SECOND, OUT_OF_RANGE, TimeError, Timestamp};

impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = TimeError;

    fn try_from(time: jiff::Timestamp) -> Result<Self, TimeError> {
        let nanos = time.as_nanosecond();
        let second = i128::from(NANOS_PER_SECOND);
        let seconds = i64::try_from(nanos.div_euclid(second)).ok();
        let fraction = u32::try_from(nanos.rem_euclid(second)).ok();
        let parts = seconds.zip(fraction);
        parts
            .and_then(|(seconds, fraction)| Self::from_unix(seconds, fraction))
            .ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = TimeError;

    fn try_from(time: Timestamp) -> Result<Self, TimeError> {
        let whole = i128::from(time.seconds) * i128::from(NANOS_PER_SECOND);
        Self::from_nanosecond(whole + i128::from(time.nanos)).map_err(|_| OUT_OF_RANGE)
    }
}

impl TryFrom<civil::Date> for Date {
    type Error = TimeError;

    fn try_from(date: civil::Date) -> Result<Self, TimeError> {
        let parts = (
            date.year().try_into(),
            date.month().try_into(),
            date.day().try_into(),
        );
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(OUT_OF_RANGE);
        };
        Self::from_ymd(year, month, day).ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<Date> for civil::Date {
    type Error = TimeError;

    fn try_from(date: Date) -> Result<Self, TimeError> {
        let (year, month, day) = date.ymd();
        let parts = (year.try_into(), month.try_into(), day.try_into());
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(OUT_OF_RANGE);
        };
        Self::new(year, month, day).map_err(|_| OUT_OF_RANGE)
    }
}

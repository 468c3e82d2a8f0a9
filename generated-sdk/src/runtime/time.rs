//! Points in time and calendar dates, as the wire has them.

mod calendar;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod parse;
mod system;

use std::fmt;

/// A point in time in UTC, in the years 0000 to 9999.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A calendar date in the years 0000 to 9999.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    days: i32,
}

/// A text or number that is not a time or date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeError(&'static str);

/// Another type cannot hold the time, or ours cannot.
const OUT_OF_RANGE: TimeError = TimeError("the time is out of range");

const SECONDS_PER_DAY: i64 = 86_400;
const NANOS_PER_SECOND: u32 = 1_000_000_000;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self {
        seconds: 0,
        nanos: 0,
    };

    /// The time so many seconds after the epoch, and nanoseconds after that. `None` outside of the years 0000 to 9999.
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        let days = i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).ok()?;
        (Date::from_days(days).is_some() && nanos < NANOS_PER_SECOND)
            .then_some(Self { seconds, nanos })
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after the whole second.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// The date in UTC.
    pub fn date(self) -> Date {
        // The constructor keeps the number of days within the range.
        Date {
            days: self.seconds.div_euclid(SECONDS_PER_DAY) as i32,
        }
    }

    /// The text that is sent: whole seconds, `2020-01-31T12:00:00Z`.
    pub(crate) fn wire_text(self) -> [u8; 20] {
        let second = self.seconds.rem_euclid(SECONDS_PER_DAY) as u32;
        let [h1, h2] = two_digits(second / 3600);
        let [m1, m2] = two_digits(second / 60 % 60);
        let [s1, s2] = two_digits(second % 60);
        let [d1, d2, d3, d4, d5, d6, d7, d8, d9, d10] = self.date().wire_text();
        [
            d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'Z',
        ]
    }
}

impl Date {
    /// 1970-01-01.
    pub const EPOCH: Self = Self { days: 0 };

    /// The date so many days after the epoch. `None` outside of the years 0000 to 9999.
    pub fn from_days(days: i32) -> Option<Self> {
        calendar::DAYS.contains(&days).then_some(Self { days })
    }

    /// The date of a year, month and day, which count from 1. `None` if there is none.
    pub fn from_ymd(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = year <= 9999 && day >= 1 && day <= calendar::days_in_month(year, month);
        valid.then(|| Self {
            days: calendar::days(year, month, day),
        })
    }

    /// Days since the epoch.
    pub const fn days(self) -> i32 {
        self.days
    }

    /// Year, month and day; the latter two count from 1.
    pub fn ymd(self) -> (u16, u8, u8) {
        calendar::ymd(self.days)
    }

    /// The text that is sent: `2020-01-31`.
    pub(crate) fn wire_text(self) -> [u8; 10] {
        let (year, month, day) = self.ymd();
        let [y1, y2] = two_digits(u32::from(year) / 100);
        let [y3, y4] = two_digits(u32::from(year) % 100);
        let [m1, m2] = two_digits(month.into());
        let [d1, d2] = two_digits(day.into());
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
    }
}

fn two_digits(number: u32) -> [u8; 2] {
    [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]
}

impl fmt::Display for Timestamp {
    /// RFC 3339; the fraction is left out if it is zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.wire_text();
        let text = str::from_utf8(&text).unwrap_or_default();
        if self.nanos == 0 {
            return f.pad(text);
        }
        let fraction = format!("{:09}", self.nanos);
        let whole = text.trim_end_matches('Z');
        f.pad(&format!("{whole}.{}Z", fraction.trim_end_matches('0')))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(&self.wire_text()).unwrap_or_default())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for TimeError {}

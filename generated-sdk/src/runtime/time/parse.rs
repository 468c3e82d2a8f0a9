//! Texts to times and dates: RFC 3339 and the formats of the wire, which allow one digit where two are usual.

use std::str::FromStr;

use super::{Date, TimeError, Timestamp};

impl Timestamp {
    /// Reads what a server sends. A strict reader takes the exact format only, a lenient one all of RFC 3339.
    pub(crate) fn from_wire(text: &str, strict: bool) -> Option<Self> {
        let mut scan = Scan(text.as_bytes());
        let date = scan.date()?;
        scan.one_of(if strict { b"T" } else { b"Tt " })?;
        let second = scan.time_of_day(if strict { 59 } else { 60 })?;
        let nanos = if strict { 0 } else { scan.fraction()? };
        let offset = if strict {
            scan.one_of(b"Z").map(|_| 0)?
        } else {
            scan.offset()?
        };
        let seconds =
            i64::from(date.days()) * super::SECONDS_PER_DAY + i64::from(second) - i64::from(offset);
        scan.0
            .is_empty()
            .then(|| Self::from_unix(seconds, nanos))
            .flatten()
    }
}

impl FromStr for Timestamp {
    type Err = TimeError;

    /// Reads RFC 3339 with any offset and up to nine digits of a fraction; further digits are cut off.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        Self::from_wire(text, false).ok_or(TimeError("not a time such as 2020-01-31T12:00:00Z"))
    }
}

impl FromStr for Date {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let mut scan = Scan(text.as_bytes());
        let date = scan.date().filter(|_| scan.0.is_empty());
        date.ok_or(TimeError("not a date such as 2020-01-31"))
    }
}

/// What is left of a text.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    fn date(&mut self) -> Option<Date> {
        let year = self.number(4, 4)?;
        self.one_of(b"-")?;
        let month = self.number(1, 2)?;
        self.one_of(b"-")?;
        let day = self.number(1, 2)?;
        Date::from_ymd(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    }

    /// Seconds since midnight. A leap second is the second 60 of its minute.
    fn time_of_day(&mut self, last_second: u32) -> Option<u32> {
        let hour = self.number(1, 2).filter(|hour| *hour < 24)?;
        self.one_of(b":")?;
        let minute = self.number(1, 2).filter(|minute| *minute < 60)?;
        self.one_of(b":")?;
        let second = self.number(1, 2).filter(|second| *second <= last_second)?;
        Some(hour * 3600 + minute * 60 + second)
    }

    /// Nanoseconds; 0 if there is no fraction.
    fn fraction(&mut self) -> Option<u32> {
        if self.one_of(b".").is_none() {
            return Some(0);
        }
        let digits = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let kept = digits.min(9);
        let nanos = self.number(kept.max(1), kept)? * 10_u32.pow(9 - kept as u32);
        self.0 = self.0.get(digits - kept..)?;
        Some(nanos)
    }

    /// Seconds east of UTC.
    fn offset(&mut self) -> Option<i32> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hour = self.number(2, 2).filter(|hour| *hour < 24)?;
        self.one_of(b":")?;
        let minute = self.number(2, 2).filter(|minute| *minute < 60)?;
        Some(sign * (hour * 3600 + minute * 60) as i32)
    }

    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let (mut number, mut count) = (0, 0);
        while count < most
            && let [digit @ b'0'..=b'9', rest @ ..] = self.0
        {
            number = number * 10 + u32::from(digit - b'0');
            count += 1;
            self.0 = rest;
        }
        (count >= least).then_some(number)
    }

    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self
            .0
            .split_first()
            .filter(|(first, _)| bytes.contains(first))?;
        self.0 = rest;
        Some(*first)
    }
}

//! Texts to times and dates: RFC 3339 and the formats of the wire, which allow one digit where two are usual.

use std::str::FromStr;

use super::{Date, SECONDS_PER_DAY, TimeError, Timestamp};

impl Timestamp {
    /// Reads what a server sends. A strict reader takes that format only, a lenient one all of RFC 3339.
    pub(crate) fn from_wire(text: &str, strict: bool) -> Option<Self> {
        if let Some(time) = usual(text.as_bytes()) {
            return Some(time);
        }
        let mut scan = Scan(text.as_bytes());
        let time = if strict { scan.wire() } else { scan.rfc_3339() }?;
        scan.0.is_empty().then_some(time)
    }
}

/// Reads the format of the wire with all its digits, which nearly all times have.
fn usual(text: &[u8]) -> Option<Timestamp> {
    let &[
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        ref time @ ..,
    ] = text
    else {
        return None;
    };
    let &[h1, h2, b':', n1, n2, b':', s1, s2, b'Z'] = time else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2, h1, h2, n1, n2, s1, s2];
    let mut all_digits = true;
    for digit in &digits {
        all_digits &= digit.is_ascii_digit();
    }
    if !all_digits {
        return None;
    }
    let year = u16::from(pair(y1, y2)) * 100 + u16::from(pair(y3, y4));
    let date = Date::from_ymd(year, pair(m1, m2), pair(d1, d2))?;
    let (hour, minute, second) = (pair(h1, h2), pair(n1, n2), pair(s1, s2));
    let valid = hour < 24 && minute < 60 && second < 60;
    let second = u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second);
    let seconds = i64::from(date.days) * SECONDS_PER_DAY + i64::from(second);
    valid.then_some(Timestamp { seconds, nanos: 0 })
}

/// The number of two digits.
fn pair(tens: u8, ones: u8) -> u8 {
    (tens - b'0') * 10 + (ones - b'0')
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
        match scan.date() {
            Some(date) if scan.0.is_empty() => Ok(date),
            _ => Err(TimeError("not a date such as 2020-01-31")),
        }
    }
}

/// What is left of a text.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    /// The format `%Y-%m-%dT%H:%M:%SZ`.
    fn wire(&mut self) -> Option<Timestamp> {
        let date = self.date()?;
        self.one_of(b"T")?;
        let second = self.time_of_day(59)?;
        self.one_of(b"Z")?;
        at(date, second, 0, 0)
    }

    fn rfc_3339(&mut self) -> Option<Timestamp> {
        let date = self.date()?;
        self.one_of(b"Tt ")?;
        let second = self.time_of_day(60)?;
        let nanos = self.fraction()?;
        let offset = self.offset()?;
        at(date, second, nanos, offset)
    }

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
        let hour = self.up_to(23, 1)?;
        self.one_of(b":")?;
        let minute = self.up_to(59, 1)?;
        self.one_of(b":")?;
        let second = self.up_to(last_second, 1)?;
        Some(hour * 3600 + minute * 60 + second)
    }

    /// Nanoseconds; 0 if there is no fraction.
    fn fraction(&mut self) -> Option<u32> {
        if self.one_of(b".").is_none() {
            return Some(0);
        }
        let (mut nanos, mut unit) = (0, 100_000_000);
        let before = self.0.len();
        while let [digit @ b'0'..=b'9', rest @ ..] = self.0 {
            nanos += u32::from(digit - b'0') * unit;
            unit /= 10;
            self.0 = rest;
        }
        (self.0.len() < before).then_some(nanos)
    }

    /// Seconds east of UTC.
    fn offset(&mut self) -> Option<i32> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hour = self.up_to(23, 2)?;
        self.one_of(b":")?;
        let minute = self.up_to(59, 2)?;
        Some(sign * (hour * 3600 + minute * 60) as i32)
    }

    /// A number of two digits, or as few as `least`, within a limit.
    fn up_to(&mut self, limit: u32, least: usize) -> Option<u32> {
        let number = self.number(least, 2)?;
        (number <= limit).then_some(number)
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
        let (first, rest) = self.0.split_first()?;
        if !bytes.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }
}

/// The time of a date, seconds since midnight, and an offset east of UTC.
fn at(date: Date, second: u32, nanos: u32, offset: i32) -> Option<Timestamp> {
    let second = i64::from(second) - i64::from(offset);
    Timestamp::from_unix(i64::from(date.days) * SECONDS_PER_DAY + second, nanos)
}

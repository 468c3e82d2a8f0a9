//! How long a server asks to wait: the header `Retry-After` as a number of seconds or as a date.

use std::time::{Duration, SystemTime};

/// The wait that the value of the header asks for; a date in the past asks for none.
pub(super) fn from_header(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::from_header;

    #[test]
    fn seconds_and_dates_are_understood() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_700);
        let cases = [
            ("0", Some(0)),
            (" 15 ", Some(15)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(77)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
        ];
        for (value, seconds) in cases {
            assert_eq!(
                from_header(value, now),
                seconds.map(Duration::from_secs),
                "{value}"
            );
        }
    }
}

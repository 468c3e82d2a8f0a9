//! Times and dates: texts in and out, and conversions.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use generated_sdk::{Date, Timestamp};

fn time(text: &str) -> Timestamp {
    text.parse().expect(text)
}

#[test]
fn reads_rfc_3339() {
    for (text, shown) in [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("2020-02-29T23:59:59z", "2020-02-29T23:59:59Z"),
        ("2020-01-02 03:04:05Z", "2020-01-02T03:04:05Z"),
        ("2020-1-2T3:4:5Z", "2020-01-02T03:04:05Z"),
        ("2020-01-01T00:30:00+01:00", "2019-12-31T23:30:00Z"),
        ("2020-01-01T00:30:00-00:45", "2020-01-01T01:15:00Z"),
        ("2020-01-01T00:00:00.25Z", "2020-01-01T00:00:00.25Z"),
        (
            "2020-01-01T00:00:00.1234567891Z",
            "2020-01-01T00:00:00.123456789Z",
        ),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        (
            "9999-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59.999999999Z",
        ),
    ] {
        assert_eq!(time(text).to_string(), shown);
    }
}

#[test]
fn refuses_what_is_not_a_time() {
    for text in [
        "",
        "2020",
        "2020-01-02",
        "2020-01-02T03:04Z",
        "2020-01-02T03:04:05",
        "2020-01-02T03:04:05Z ",
        " 2020-01-02T03:04:05Z",
        "2020-01-02T03:04:05.Z",
        "2020-01-02T24:04:05Z",
        "2020-01-02T03:60:05Z",
        "2020-01-02T03:04:61Z",
        "2020-01-02T03:04:05+1:00",
        "2020-01-02T03:04:05+24:00",
        "2020-13-02T03:04:05Z",
        "2020-00-02T03:04:05Z",
        "2019-02-29T03:04:05Z",
        "2020-04-31T03:04:05Z",
        "20200-04-30T03:04:05Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "２020-01-02T03:04:05Z",
    ] {
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
    for text in [
        "",
        "2020-02-30",
        "2020-2",
        "2020-02-03T",
        "-020-02-03",
        "2020-02-3a",
    ] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}

#[test]
fn dates_know_their_parts() {
    let date: Date = "2000-2-29".parse().unwrap();
    assert_eq!((date.days(), date.ymd()), (11_016, (2000, 2, 29)));
    assert_eq!(Date::from_ymd(2000, 2, 29), Some(date));
    assert_eq!(Date::from_ymd(1900, 2, 29), None);
    assert_eq!(time("2000-02-29T12:00:00Z").date(), date);
    assert_eq!(time("1969-12-31T23:59:59Z").date().days(), -1);
    assert_eq!(
        format!("{date:>12}|{:<22}|", Timestamp::EPOCH),
        "  2000-02-29|1970-01-01T00:00:00Z  |"
    );
}

#[test]
fn order_is_that_of_time() {
    let sorted = [
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.9Z",
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00.1Z",
    ];
    assert!(sorted.map(time).is_sorted());
}

#[test]
fn converts_from_and_to_system_times() {
    let half = Duration::from_millis(500);
    for (ours, theirs) in [
        ("1970-01-01T00:00:00Z", UNIX_EPOCH),
        ("1970-01-01T00:00:00.5Z", UNIX_EPOCH + half),
        ("1969-12-31T23:59:59.5Z", UNIX_EPOCH - half),
        ("1969-12-31T23:59:59Z", UNIX_EPOCH - 2 * half),
    ] {
        assert_eq!(Timestamp::try_from(theirs), Ok(time(ours)));
        assert_eq!(SystemTime::try_from(time(ours)), Ok(theirs));
    }
    let far = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    assert!(Timestamp::try_from(far).is_err());
}

#[cfg(feature = "jiff")]
#[test]
fn converts_from_and_to_jiff() {
    for text in [
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.5Z",
        "2020-01-02T03:04:05.000000001Z",
    ] {
        let theirs: jiff::Timestamp = text.parse().unwrap();
        assert_eq!(Timestamp::try_from(theirs), Ok(time(text)));
        assert_eq!(jiff::Timestamp::try_from(time(text)), Ok(theirs));
        let date = time(text).date();
        let theirs: jiff::civil::Date = date.to_string().parse().unwrap();
        assert_eq!(Date::try_from(theirs), Ok(date));
        assert_eq!(jiff::civil::Date::try_from(date), Ok(theirs));
    }
    assert!(Date::try_from(jiff::civil::date(-1, 1, 1)).is_err());
    assert!(jiff::Timestamp::try_from(time("9999-12-31T23:59:59Z")).is_err());
}

#[cfg(feature = "chrono")]
#[test]
fn converts_from_and_to_chrono() {
    use chrono::{DateTime, NaiveDate, Utc};
    for text in [
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.5Z",
        "9999-12-31T23:59:59.999999999Z",
    ] {
        let theirs: DateTime<Utc> = text.parse().unwrap();
        assert_eq!(Timestamp::try_from(theirs), Ok(time(text)));
        assert_eq!(DateTime::<Utc>::try_from(time(text)), Ok(theirs));
        let date = time(text).date();
        let theirs: NaiveDate = date.to_string().parse().unwrap();
        assert_eq!(Date::try_from(theirs), Ok(date));
        assert_eq!(NaiveDate::try_from(date), Ok(theirs));
    }
    assert!(Timestamp::try_from(DateTime::<Utc>::MAX_UTC).is_err());
    assert!(Date::try_from(NaiveDate::MAX).is_err());
}

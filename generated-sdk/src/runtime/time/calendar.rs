//! The proleptic Gregorian calendar: days since 1970-01-01 to year, month and day, and back.
//!
//! Years are counted from March, so that the leap day is the last of its year, and in eras of 400 years, which are all alike.

use std::ops::RangeInclusive;

const DAYS_PER_ERA: u32 = 146_097;

/// Days from 0000-03-01, where the first era begins, to 1970-01-01.
const EPOCH: u32 = 719_468;

/// The days of the years 0000 to 9999.
pub(super) const DAYS: RangeInclusive<i32> = -719_528..=2_932_896;

pub(super) fn days(year: u16, month: u8, day: u8) -> i32 {
    let (year, month) = (u32::from(year), u32::from(month));
    let (year, month) = if month > 2 {
        (year + 400, month - 3)
    } else {
        (year + 399, month + 9)
    };
    let (era, year) = (year / 400, year % 400);
    let day_of_year = first_day(month) + u32::from(day) - 1;
    let day = year * 365 + year / 4 - year / 100 + day_of_year;
    (era * DAYS_PER_ERA + day) as i32 - (DAYS_PER_ERA + EPOCH) as i32
}

pub(super) fn ymd(days: i32) -> (u16, u8, u8) {
    // One era more than there is, so that everything is positive.
    let days = (DAYS_PER_ERA + EPOCH).wrapping_add_signed(days);
    let (era, day) = (days / DAYS_PER_ERA, days % DAYS_PER_ERA);
    // Leap days are taken out: one each 4 years (1,460 days and it), none each 100, one each 400.
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - first_day(month) + 1;
    let (carry, month) = if month < 10 {
        (0, month + 3)
    } else {
        (1, month - 9)
    };
    (
        (era * 400 + year + carry).wrapping_sub(400) as u16,
        month as u8,
        day as u8,
    )
}

/// The day of the year on which a month begins, both counted from March 1st as 0.
fn first_day(month: u32) -> u32 {
    (153 * month + 2) / 5
}

/// The number of days of a month; 0 if there is no such month.
pub(super) fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{DAYS, days, days_in_month, ymd};

    #[test]
    fn counts_through_every_day_of_ten_thousand_years() {
        let (mut year, mut month, mut day) = (0, 1, 1);
        for count in DAYS {
            assert_eq!(ymd(count), (year, month, day));
            assert_eq!(days(year, month, day), count);
            day += 1;
            if day > days_in_month(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        assert_eq!((year, month, day), (10_000, 1, 1));
    }
}

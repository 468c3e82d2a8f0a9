//! Whether a text fits a timestamp format.
//!
//! In: a format of Python's `strptime` in the C locale and a text. Out: yes or no.

use std::ops::RangeInclusive;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const ABBREVIATED: usize = 3;

/// Offsets from UTC: `d` is a digit, `m` the first digit of minutes or seconds.
const OFFSETS: [&str; 5] = ["+dd:md:md", "+ddmdmd", "+dd:md", "+ddmd", "Z"];

/// Whether `strptime` would accept `text`. As there, an unknown or repeated directive accepts nothing.
pub(crate) fn matches(format: &str, text: &str) -> bool {
    items(format).is_some_and(|items| accepts(&items, text, Date::default()))
}

/// A piece of a format.
#[derive(PartialEq)]
enum Item {
    /// A character that stands for itself in either case.
    Char(char),
    /// White space of any length.
    Space,
    /// The letter after a percent sign.
    Directive(char),
}

fn items(format: &str) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    let mut directives = String::new();
    let mut chars = format.chars();
    while let Some(char) = chars.next() {
        let item = match char {
            '%' => match chars.next()? {
                '%' => Item::Char('%'),
                letter if !letter.is_ascii_alphabetic() || directives.contains(letter) => {
                    return None;
                }
                letter => {
                    directives.push(letter);
                    Item::Directive(letter)
                }
            },
            c if c.is_whitespace() && items.last() == Some(&Item::Space) => continue,
            c if c.is_whitespace() => Item::Space,
            c => Item::Char(c),
        };
        items.push(item);
    }
    Some(items)
}

/// Tries every reading of each directive, the greedy one first. As no directive occurs twice, the tries are few.
fn accepts(items: &[Item], mut text: &str, date: Date) -> bool {
    for (i, item) in items.iter().enumerate() {
        let rest = match item {
            Item::Char(char) => text.strip_prefix(|c: char| c.eq_ignore_ascii_case(char)),
            Item::Space => Some(text.trim_start()).filter(|rest| rest.len() < text.len()),
            Item::Directive(letter) => {
                return readings(*letter, text).into_iter().any(|(len, value)| {
                    accepts(&items[i + 1..], &text[len..], date.with(*letter, value))
                });
            }
        };
        let Some(rest) = rest else { return false };
        text = rest;
    }
    text.is_empty() && date.exists()
}

/// The ways in which a directive can read the start of a text: how many bytes it takes, and what number they give.
fn readings(directive: char, text: &str) -> Vec<(usize, u32)> {
    match directive {
        'Y' => numbers(text, 4..=4, 1..=9999),
        'm' | 'I' => numbers(text, 1..=2, 1..=12),
        'd' => numbers(text, 1..=2, 1..=31),
        'H' => numbers(text, 1..=2, 0..=23),
        'M' | 'S' => numbers(text, 1..=2, 0..=59),
        'U' | 'W' => numbers(text, 1..=2, 0..=53),
        'w' => numbers(text, 1..=1, 0..=6),
        'u' => numbers(text, 1..=1, 1..=7),
        'y' => numbers(text, 2..=2, 0..=99),
        'j' => numbers(text, 1..=3, 1..=366),
        'f' => numbers(text, 1..=6, 0..=999_999),
        'B' => words(text, &MONTHS),
        'b' => words(text, &MONTHS.map(|name| &name[..ABBREVIATED])),
        'A' => words(text, &DAYS),
        'a' => words(text, &DAYS.map(|name| &name[..ABBREVIATED])),
        'p' => words(text, &["AM", "PM"]),
        'Z' => words(text, &["UTC", "GMT"]),
        'z' => OFFSETS
            .iter()
            .filter(|shape| has_shape(text, shape))
            .map(|shape| (shape.len(), 0))
            .collect(),
        _ => Vec::new(),
    }
}

/// Numbers of so many digits within a range, the longest first.
fn numbers(
    text: &str,
    digits: RangeInclusive<usize>,
    range: RangeInclusive<u32>,
) -> Vec<(usize, u32)> {
    let available = text
        .bytes()
        .take(*digits.end())
        .take_while(u8::is_ascii_digit)
        .count();
    (*digits.start()..=available)
        .rev()
        .filter_map(|len| Some((len, text[..len].parse().ok()?)))
        .filter(|(_, number)| range.contains(number))
        .collect()
}

/// The word that the text starts with; its number counts from one.
fn words(text: &str, words: &[&str]) -> Vec<(usize, u32)> {
    (1..)
        .zip(words)
        .filter(|(_, word)| {
            text.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
        .map(|(number, word)| (word.len(), number))
        .collect()
}

fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| match wanted {
        b'+' => matches!(byte, b'+' | b'-'),
        b'd' => byte.is_ascii_digit(),
        b'm' => matches!(byte, b'0'..=b'5'),
        _ => byte == wanted,
    };
    text.len() >= shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

/// The parts of a text that must agree with each other.
#[derive(Clone, Copy)]
struct Date {
    year: u32,
    month: u32,
    day: u32,
    /// The day of the year is given; it counts more than month and day.
    ordinal: bool,
}

impl Default for Date {
    fn default() -> Self {
        Self {
            year: 1900,
            month: 1,
            day: 1,
            ordinal: false,
        }
    }
}

impl Date {
    fn with(self, directive: char, value: u32) -> Self {
        match directive {
            'Y' => Self {
                year: value,
                ..self
            },
            'y' => Self {
                year: if value < 69 {
                    2000 + value
                } else {
                    1900 + value
                },
                ..self
            },
            'm' | 'b' | 'B' => Self {
                month: value,
                ..self
            },
            'd' => Self { day: value, ..self },
            'j' => Self {
                ordinal: true,
                ..self
            },
            _ => self,
        }
    }

    fn exists(self) -> bool {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        self.ordinal || self.day <= days
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    const ISO: &str = "%Y-%m-%dT%H:%M:%SZ";

    #[test]
    fn reads_common_formats() {
        assert!(matches(ISO, "2015-05-12T15:50:38Z"));
        assert!(matches(ISO, "2015-5-2t5:0:8z"));
        assert!(matches(
            "%a, %d %b %Y %H:%M:%S +0000",
            "Thu,  31 dec 1999 23:59:59 +0000"
        ));
        assert!(matches("%A %B %y", "monday MAY 07"));
        assert!(matches("%I:%M %p%%", "12:05 pm%"));
        assert!(matches("%H:%M:%S.%f%z", "01:02:03.000009-02:30"));
        assert!(matches("%Y %j %Z", "2001 366 utc"));
        assert!(matches("", ""));
    }

    #[test]
    fn refuses_what_does_not_fit() {
        for text in [
            "",
            "2015-05-12",
            "2015-05-12T15:50:38",
            "2015-05-12T15:50:38Z ",
            "15-05-12T15:50:38Z",
        ] {
            assert!(!matches(ISO, text), "{text}");
        }
        assert!(!matches("%Y %m", "2015"));
        assert!(!matches("%Y %m", "201512"));
        assert!(!matches("%z", "+01:60"));
        assert!(!matches("%b", "mäi"));
    }

    #[test]
    fn checks_ranges_and_dates() {
        for (format, text) in [
            ("%m", "13"),
            ("%m", "0"),
            ("%H", "24"),
            ("%M", "60"),
            ("%S", "60"),
            ("%Y", "0000"),
            ("%I", "0"),
        ] {
            assert!(!matches(format, text), "{format} {text}");
        }
        assert!(matches("%Y-%m-%d", "2000-02-29"));
        assert!(!matches("%Y-%m-%d", "1900-02-29"));
        assert!(!matches("%d %B", "31 April"));
    }

    #[test]
    fn reads_adjacent_fields_greedily_and_again() {
        assert!(matches("%Y%m%d", "20151231"));
        assert!(matches("%H%M", "123"));
        assert!(matches("%d%m", "11"));
    }

    #[test]
    fn refuses_strange_directives() {
        for format in ["%", "%Q", "%Y%Y", "%é"] {
            assert!(!matches(format, "20152015"), "{format}");
        }
    }
}

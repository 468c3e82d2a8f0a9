//! Strings and times that look like those of the service.

use fastrand::Rng;
use stone_parser::ir::StringType;

const WORDS: [&str; 24] = [
    "annual", "archive", "budget", "café", "client", "contract", "design", "draft", "export",
    "family", "final", "invoice", "logo", "meeting", "notes", "photos", "plan", "project",
    "report", "résumé", "scan", "summary", "tax", "東京",
];

/// Makes a string.
type Shape = fn(&mut Rng) -> String;

/// What strings look like whose field's name contains a word; the first that fits.
const SHAPES: [(&str, Shape); 9] = [
    ("path", path),
    ("email", |rng| {
        format!("{}.{}@example.com", plain(rng), plain(rng))
    }),
    ("url", |rng| {
        format!("https://www.example.com/s/{}?dl=0", id(rng, 15))
    }),
    ("hash", |rng| (0..64).map(|_| rng.digit(16)).collect()),
    ("rev", |rng| (0..16).map(|_| rng.digit(16)).collect()),
    ("cursor", |rng| id(rng, 120)),
    ("id", |rng| format!("id:{}", id(rng, 22))),
    ("description", |rng| words(rng, 4..9, " ")),
    ("", |rng| words(rng, 1..4, " ")),
];

/// A string for a field of this name, not shorter and not longer than the type allows.
pub fn string(rng: &mut Rng, name: &str, ty: &StringType) -> String {
    let shape = SHAPES.iter().find(|(part, _)| name.contains(part));
    let mut text = shape.map_or_else(String::new, |(_, make)| make(rng));
    let limit =
        |limit: &Option<num_bigint::BigInt>| limit.as_ref().and_then(|n| usize::try_from(n).ok());
    if let Some(max) = limit(&ty.max_length) {
        text = text.chars().take(max).collect();
    }
    let missing = limit(&ty.min_length)
        .unwrap_or(0)
        .saturating_sub(text.chars().count());
    text + &id(rng, missing)
}

/// A time in this format of `strptime`.
pub fn timestamp(rng: &mut Rng, format: &str) -> String {
    let mut two = |range: std::ops::RangeInclusive<u8>| format!("{:02}", rng.u8(range));
    let parts = [
        ("%Y", format!("20{}", two(12..=26))),
        ("%m", two(1..=12)),
        ("%d", two(1..=28)),
        ("%H", two(0..=23)),
        ("%M", two(0..=59)),
        ("%S", two(0..=59)),
    ];
    let fill = |text: String, (part, value): &(&str, String)| text.replace(part, value);
    parts.iter().fold(format.to_owned(), fill)
}

/// A path; one in sixteen names has quotation marks.
fn path(rng: &mut Rng) -> String {
    let depth = rng.usize(1..5);
    let folders: String = (0..depth)
        .map(|_| format!("/{}", words(rng, 1..3, " ")))
        .collect();
    match rng.u8(..16) {
        0 => format!("{folders}/\"{}\".pdf", plain(rng)),
        _ => format!("{folders}/{}.pdf", words(rng, 1..3, "_")),
    }
}

fn words(rng: &mut Rng, count: std::ops::Range<usize>, between: &str) -> String {
    let count = rng.usize(count);
    let words: Vec<_> = (0..count).filter_map(|_| rng.choice(WORDS)).collect();
    words.join(between)
}

/// A word of ASCII letters.
fn plain(rng: &mut Rng) -> String {
    (0..6).map(|_| rng.lowercase()).collect()
}

fn id(rng: &mut Rng, length: usize) -> String {
    (0..length).map(|_| rng.alphanumeric()).collect()
}

//! Cuts out of a file what a diagnostic shows of it.
//!
//! In: a file and the places to show. Out: a short text that has the lines of the file in their order, with overlong
//! lines cut to a window, and the places in that text. A file of one line of ten megabytes costs a few hundred bytes.

use std::ops::Range;

use crate::source::SourceFile;

/// Characters that are shown of a line.
const WIDTH: usize = 160;

/// Characters of these that stand before the place shown.
const BEFORE: usize = 60;

/// What stands for the part of a line that is cut off.
const ELLIPSIS: &str = "…";

/// A piece of a file.
pub(super) struct Excerpt {
    /// The number of its first line.
    pub first_line: u32,
    /// Its text. Lines between the places are empty if they will not be shown.
    pub text: String,
    /// The places in the text, in the order in which they were given. What goes beyond a line is left out.
    pub places: Vec<Range<usize>>,
    /// Whether a line with a place is cut at its beginning.
    pub cut: bool,
}

impl Excerpt {
    /// Cuts out the lines of `places`.
    pub fn new(file: &SourceFile, places: &[Range<usize>]) -> Self {
        let lines: Vec<u32> = places
            .iter()
            .map(|place| file.position(place.start).line)
            .collect();
        let first_line = lines.iter().copied().min().unwrap_or(1);
        let last_line = lines.iter().copied().max().unwrap_or(1);
        let mut excerpt = Self {
            first_line,
            text: String::new(),
            places: vec![0..0; places.len()],
            cut: false,
        };
        for number in first_line..=last_line {
            let here = lines
                .iter()
                .enumerate()
                .filter(|(_, line)| **line == number)
                .map(|(index, _)| index);
            let shown = lines.iter().any(|line| line.abs_diff(number) <= 2);
            if shown {
                excerpt.add_line(file, number, places, here);
            }
            excerpt.text.push('\n');
        }
        excerpt
    }

    /// Adds a line with those of the places that are in it.
    fn add_line(
        &mut self,
        file: &SourceFile,
        number: u32,
        places: &[Range<usize>],
        here: impl Iterator<Item = usize> + Clone,
    ) {
        let line = file.line(number);
        let focus = here
            .clone()
            .filter_map(|index| places.get(index))
            .map(|place| place.start)
            .min();
        let window = window(&file.text, &line, focus.unwrap_or(line.start));
        let before = if window.start > line.start {
            ELLIPSIS
        } else {
            ""
        };
        let base = self.text.len() + before.len();
        for index in here {
            self.cut |= !before.is_empty();
            let (Some(place), Some(out)) = (places.get(index), self.places.get_mut(index)) else {
                continue;
            };
            let start = place.start.clamp(window.start, window.end);
            let end = place.end.clamp(start, window.end);
            *out = base + start - window.start..base + end - window.start;
        }
        self.text.push_str(before);
        self.text
            .push_str(file.text.get(window.clone()).unwrap_or_default());
        self.text
            .push_str(if window.end < line.end { ELLIPSIS } else { "" });
    }
}

/// The part of a line to show when `focus` is to be seen.
fn window(text: &str, line: &Range<usize>, focus: usize) -> Range<usize> {
    let bytes = text.get(line.clone()).unwrap_or_default();
    if bytes.len() <= WIDTH || bytes.chars().nth(WIDTH).is_none() {
        return line.clone();
    }
    let focus = focus.clamp(line.start, line.end);
    let back = text
        .get(line.start..focus)
        .map_or(0, |before| tail(before, BEFORE));
    let start = focus - back;
    start
        ..start
            + text
                .get(start..line.end)
                .map_or(0, |after| head(after, WIDTH))
}

/// The length of the first `count` characters.
fn head(text: &str, count: usize) -> usize {
    text.char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at)
}

/// The length of the last `count` characters.
fn tail(text: &str, count: usize) -> usize {
    text.char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(text.len(), |(at, _)| text.len() - at)
}

//! JSON text under construction.
//!
//! A vector looks for room and stores its new length with each piece that it is given, and the next piece has to wait for
//! that length: pieces are so short that this takes longer than their bytes. So a member is written into a slice that has
//! room for all of it, and where it ends is stored once.

use std::fmt::{self, Write};

use super::room::Room;
use crate::runtime::wire::scan::clean_prefix;

/// UTF-8, for that is what is written.
pub(super) struct Output {
    /// The text, and bytes of no account behind it.
    bytes: Vec<u8>,
    /// Where the text ends.
    end: usize,
}

/// How many bytes are added for later at least and at most. What is filled with zeros before it is written should still be
/// at hand then; and from two kibibytes on, the C library fills memory by an instruction that takes a while to start.
const SPARE: (usize, usize) = (128, 1920);

impl Output {
    pub(super) fn new() -> Self {
        Self {
            bytes: Vec::new(),
            end: 0,
        }
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.end);
        self.bytes
    }

    /// Where the text ends.
    #[inline]
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Takes back what was written behind a place.
    #[inline]
    pub(super) fn cut(&mut self, end: usize) {
        self.end = end;
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.literal(&[byte]);
    }

    /// Writes a piece whose length is known where it is written.
    #[inline]
    pub(super) fn literal<const COUNT: usize>(&mut self, piece: &[u8; COUNT]) {
        self.room(COUNT).literal(piece);
        self.end += COUNT;
    }

    /// Writes a piece.
    #[inline]
    pub(super) fn write(&mut self, piece: &[u8]) {
        self.room(piece.len()).copy(piece);
        self.end += piece.len();
    }

    /// Writes a piece between two others.
    #[inline]
    pub(super) fn enclose<const BEFORE: usize, const AFTER: usize>(
        &mut self,
        before: &[u8; BEFORE],
        piece: &[u8],
        after: &[u8; AFTER],
    ) {
        let length = BEFORE + piece.len() + AFTER;
        let mut room = self.room(length);
        room.literal(before);
        room.copy(piece);
        room.literal(after);
        self.end += length;
    }

    /// Writes a string that needs no escapes, with its quotes.
    #[inline]
    pub(super) fn plain<const COUNT: usize>(&mut self, piece: &[u8; COUNT]) {
        let length = COUNT + 2;
        let mut room = self.room(length);
        room.literal(b"\"");
        room.literal(piece);
        room.literal(b"\"");
        self.end += length;
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: u64) {
        let digits = number.checked_ilog10().unwrap_or_default() as usize + 1;
        self.room(digits).digits(digits, number);
        self.end += digits;
    }

    /// Writes a key that comes with its quotes and colon, a string and a comma.
    pub(super) fn member(&mut self, key: &str, value: &str) {
        self.quote(key, value, b"\",");
    }

    /// Writes a string with its quotes.
    pub(super) fn string(&mut self, value: &str) {
        self.quote("", value, b"\"");
    }

    /// Writes a string between two pieces, the second of which begins with its closing quote.
    #[inline(always)]
    fn quote<const AFTER: usize>(&mut self, before: &str, value: &str, after: &[u8; AFTER]) {
        let length = before.len() + 1 + value.len() + AFTER;
        let mut room = self.room(length);
        room.copy(before.as_bytes());
        room.literal(b"\"");
        if room.copy_clean(value.as_bytes()) {
            room.literal(after);
            self.end += length;
        } else {
            self.write(before.as_bytes());
            self.escaped(value.as_bytes());
            self.literal(after);
        }
    }

    /// Writes a string but for its closing quote: clean runs at once, the rest escaped.
    #[cold]
    fn escaped(&mut self, mut rest: &[u8]) {
        self.push(b'"');
        while let Some((clean, [special, tail @ ..])) = rest.split_at_checked(clean_prefix(rest)) {
            self.write(clean);
            self.escape(*special);
            rest = tail;
        }
        self.write(rest);
    }

    fn escape(&mut self, special: u8) {
        match special {
            b'"' => self.literal(b"\\\""),
            b'\\' => self.literal(b"\\\\"),
            b'\n' => self.literal(b"\\n"),
            b'\r' => self.literal(b"\\r"),
            b'\t' => self.literal(b"\\t"),
            control => self.display(format_args!("\\u{control:04x}")),
        }
    }

    /// Writes what formats itself as JSON.
    pub(super) fn display(&mut self, text: fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = self.write_fmt(text);
    }

    /// Ends an object or list: the comma of its last member becomes the bracket.
    #[inline]
    pub(super) fn close(&mut self, bracket: u8) {
        let last = self.end.checked_sub(1);
        match last.and_then(|last| self.bytes.get_mut(last)) {
            Some(last) if *last == b',' => *last = bracket,
            _ => self.push(bracket),
        }
    }

    /// Where so many bytes can be written. They count once the end is moved behind them.
    #[inline]
    fn room(&mut self, length: usize) -> Room<'_> {
        if self.bytes.len() - self.end < length {
            self.grow(length);
        }
        Room::new(self.bytes.get_mut(self.end..).unwrap_or_default())
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, length: usize) {
        let spare = self.end.clamp(SPARE.0, SPARE.1);
        self.bytes.resize(self.end + length + spare, 0);
    }
}

impl Write for Output {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.write(piece.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Output;

    #[test]
    fn strings_of_any_length_are_escaped_at_any_place() {
        for length in 0..70 {
            let clean = "é".repeat(length / 2) + &"a".repeat(length % 2);
            assert_eq!(written(&clean), format!("\"key\":\"{clean}\","), "{length}");
            for place in 0..length {
                for (special, escape) in [('"', "\\\""), ('\\', "\\\\"), ('\u{1f}', "\\u001f")] {
                    let (before, after) = ("a".repeat(place), "b".repeat(length - place - 1));
                    let text = written(&format!("{before}{special}{after}"));
                    assert_eq!(text, format!("\"key\":\"{before}{escape}{after}\","));
                }
            }
        }
    }

    #[test]
    fn pieces_of_any_length_follow_each_other() {
        let (mut output, mut expected) = (Output::new(), String::new());
        for length in (0..100).chain([5000, 1, 20_000]) {
            let piece = "0123456789".repeat(length / 10 + 1);
            let piece = piece.get(..length).unwrap();
            output.write(piece.as_bytes());
            output.enclose(b"<", piece.as_bytes(), b">");
            expected += &format!("{piece}<{piece}>");
        }
        assert_eq!(text(output), expected);
    }

    #[test]
    fn numbers_of_any_length() {
        for length in 0..20 {
            let ten = 10_u64.pow(length);
            for number in [ten - 1, ten, ten + 1, u64::MAX] {
                let mut output = Output::new();
                output.number(number);
                assert_eq!(text(output), number.to_string());
            }
        }
    }

    fn written(value: &str) -> String {
        let mut output = Output::new();
        output.member("\"key\":", value);
        text(output)
    }

    fn text(output: Output) -> String {
        String::from_utf8(output.into_bytes()).unwrap()
    }
}

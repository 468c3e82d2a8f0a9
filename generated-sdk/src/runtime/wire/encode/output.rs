//! JSON text under construction.
//!
//! Nearly all that is written is short: keys, and strings that need no escapes. What a vector does for each piece, which is
//! to look for room, to call for a copy and to store its new length, takes longer than the bytes themselves. So a member
//! is written into a slice that has room for all of it, and the position behind it is stored once; and short pieces are
//! copied as their first and their last bytes, which overlap, for copies of a fixed number of bytes need no call.

use std::fmt::{self, Write};

use crate::runtime::wire::scan::{clean_prefix, is_clean};

/// UTF-8, for that is what is written.
pub(super) struct Output {
    /// What is written, and zeros behind it.
    bytes: Vec<u8>,
    /// Where the zeros begin.
    end: usize,
}

/// How many zeros there are at least, and at most, if more room was needed.
const ZEROS: (usize, usize) = (128, 1024);

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

    /// Where the next piece will stand.
    #[inline]
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Takes back what was written from a place on.
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

    /// Writes a key, which has its quotes and colon, a string and a comma.
    #[inline]
    pub(super) fn member(&mut self, key: &str, value: &str) {
        if !is_clean(value.as_bytes()) {
            return self.escaped_member(key, value);
        }
        let length = key.len() + value.len() + 3;
        let mut room = self.room(length);
        room.copy(key.as_bytes());
        room.literal(b"\"");
        room.copy(value.as_bytes());
        room.literal(b"\",");
        self.end += length;
    }

    #[cold]
    fn escaped_member(&mut self, key: &str, value: &str) {
        self.write(key.as_bytes());
        self.string(value);
        self.push(b',');
    }

    /// Writes a string with its quotes: clean runs at once, the rest escaped.
    pub(super) fn string(&mut self, value: &str) {
        self.push(b'"');
        let mut rest = value.as_bytes();
        while let Some((clean, [special, tail @ ..])) = rest.split_at_checked(clean_prefix(rest)) {
            self.write(clean);
            self.escape(*special);
            rest = tail;
        }
        self.write(rest);
        self.push(b'"');
    }

    fn escape(&mut self, special: u8) {
        match special {
            b'"' => self.literal(b"\\\""),
            b'\\' => self.literal(b"\\\\"),
            b'\n' => self.literal(b"\\n"),
            b'\r' => self.literal(b"\\r"),
            b'\t' => self.literal(b"\\t"),
            control => {
                // Writing to memory cannot fail.
                let _ = write!(self, "\\u{control:04x}");
            }
        }
    }

    /// Ends an object or list: the comma of its last member becomes the bracket.
    #[inline]
    pub(super) fn close(&mut self, bracket: u8) {
        let last = self.end.checked_sub(1).and_then(|last| self.bytes.get_mut(last));
        match last {
            Some(last) if *last == b',' => *last = bracket,
            _ => self.push(bracket),
        }
    }

    /// Where so many bytes can be written.
    #[inline]
    fn room(&mut self, length: usize) -> Room<'_> {
        if self.bytes.len() - self.end < length {
            self.grow(length);
        }
        Room(self.bytes.get_mut(self.end..).unwrap_or_default())
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, length: usize) {
        let zeros = self.end.clamp(ZEROS.0, ZEROS.1);
        self.bytes.resize(self.end + length + zeros, 0);
    }
}

impl Write for Output {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.write(piece.as_bytes());
        Ok(())
    }
}

/// Where pieces are written one after the other. There is room for all of them.
struct Room<'a>(&'a mut [u8]);

impl Room<'_> {
    #[inline(always)]
    fn literal<const COUNT: usize>(&mut self, piece: &[u8; COUNT]) {
        if let Some((to, rest)) = std::mem::take(&mut self.0).split_first_chunk_mut() {
            *to = *piece;
            self.0 = rest;
        }
    }

    #[inline(always)]
    fn copy(&mut self, piece: &[u8]) {
        if let Some((to, rest)) = std::mem::take(&mut self.0).split_at_mut_checked(piece.len()) {
            match piece.len() {
                4..8 => copy_ends::<4>(to, piece),
                8..16 => copy_ends::<8>(to, piece),
                16..=32 => copy_ends::<16>(to, piece),
                _ => to.copy_from_slice(piece),
            }
            self.0 = rest;
        }
    }
}

/// Copies the first and the last bytes.
#[inline(always)]
fn copy_ends<const COUNT: usize>(to: &mut [u8], piece: &[u8]) {
    if let (Some(first), Some(last)) = (piece.first_chunk::<COUNT>(), piece.last_chunk::<COUNT>()) {
        if let Some(to) = to.first_chunk_mut() {
            *to = *first;
        }
        if let Some(to) = to.last_chunk_mut() {
            *to = *last;
        }
    }
}

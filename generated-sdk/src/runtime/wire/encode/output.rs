//! JSON text under construction.
//!
//! Nearly all that is written is short: keys, and strings that need no escapes. What a vector does for each piece, which is
//! to look for room, to call for a copy and to store its new length, takes longer than the bytes themselves. So a member
//! is written into a slice that has room for all of it, and the position behind it is stored once; and short pieces are
//! copied as their first and their last bytes, which overlap, for copies of a fixed number of bytes need no call.

use std::fmt::{self, Write};

use crate::runtime::wire::scan::{clean_prefix, ends_are_clean, is_marked, is_special};

/// UTF-8, for that is what is written.
pub(super) struct Output {
    /// What is written, and zeros behind it.
    bytes: Vec<u8>,
    /// Where the zeros begin.
    end: usize,
}

/// How many zeros there are at least, and at most, if more room was needed.
const ZEROS: (usize, usize) = (128, 1920);

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
        let mut room = self.room(COUNT + 2);
        room.literal(b"\"");
        room.literal(piece);
        room.literal(b"\"");
        self.end += COUNT + 2;
    }

    /// Writes the digits of a number.
    pub(super) fn digits(&mut self, mut number: u64) {
        let length = number.checked_ilog10().unwrap_or_default() as usize + 1;
        let Room(room) = self.room(length);
        for place in room.iter_mut().take(length).rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.end += length;
    }

    /// Writes a key, which has its quotes and colon, a string and a comma.
    pub(super) fn member(&mut self, key: &str, value: &str) {
        self.quote(key, value, b"\",");
    }

    /// Writes a string with its quotes.
    pub(super) fn string(&mut self, value: &str) {
        self.quote("", value, b"\"");
    }

    /// Writes a string between a piece and one that begins with the closing quote.
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
            self.write(after);
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
    fn copy_clean(&mut self, piece: &[u8]) -> bool {
        match std::mem::take(&mut self.0).split_at_mut_checked(piece.len()) {
            Some((to, rest)) => {
                self.0 = rest;
                copy_clean(to, piece)
            }
            None => false,
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

/// Copies a piece, and tells whether all of it is clean.
#[inline(always)]
fn copy_clean(to: &mut [u8], piece: &[u8]) -> bool {
    match piece.len() {
        0..4 => {
            to.copy_from_slice(piece);
            !piece.iter().any(|&byte| is_special(byte))
        }
        4..8 => {
            copy_ends::<4>(to, piece);
            ends_are_clean::<4>(piece)
        }
        8..16 => {
            copy_ends::<8>(to, piece);
            ends_are_clean::<8>(piece)
        }
        _ => {
            let blocks = to.as_chunks_mut().0.iter_mut().zip(piece.as_chunks().0);
            for (to, block) in blocks {
                if is_marked::<16>(block) {
                    return false;
                }
                *to = *block;
            }
            copy_ends::<16>(to, piece);
            piece.last_chunk::<16>().is_some_and(|last| !is_marked(last))
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

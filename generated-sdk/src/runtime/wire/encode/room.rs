//! Where a few pieces of JSON text are written one after the other.
//!
//! Nearly all pieces are short: keys, and strings that need no escapes. A copy of a fixed number of bytes needs no call, so
//! short pieces are copied as their first and their last bytes, which overlap.

use std::mem::take;

use crate::runtime::wire::scan::{BLOCK, ends_are_clean, is_marked, is_special};

/// A slice that is long enough for all that is written into it. What would not fit is left out.
pub(super) struct Room<'a>(&'a mut [u8]);

impl<'a> Room<'a> {
    #[inline(always)]
    pub(super) fn new(bytes: &'a mut [u8]) -> Self {
        Self(bytes)
    }

    /// Writes a piece whose length is known where it is written.
    #[inline(always)]
    pub(super) fn literal<const COUNT: usize>(&mut self, piece: &[u8; COUNT]) {
        if let Some((to, rest)) = take(&mut self.0).split_first_chunk_mut() {
            *to = *piece;
            self.0 = rest;
        }
    }

    /// Writes a piece.
    #[inline(always)]
    pub(super) fn copy(&mut self, piece: &[u8]) {
        if let Some(to) = self.next(piece.len()) {
            copy(to, piece);
        }
    }

    /// Writes a piece, and tells whether it needs no escapes; if it does, what was written is not to be used.
    #[inline(always)]
    pub(super) fn copy_clean(&mut self, piece: &[u8]) -> bool {
        self.next(piece.len())
            .is_some_and(|to| copy_clean(to, piece))
    }

    /// Writes the last digits of a number.
    #[inline(always)]
    pub(super) fn digits(&mut self, count: usize, mut number: u64) {
        let places = self.next(count).unwrap_or_default();
        for place in places.iter_mut().rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
    }

    /// The next so many bytes.
    #[inline(always)]
    fn next(&mut self, count: usize) -> Option<&'a mut [u8]> {
        let (next, rest) = take(&mut self.0).split_at_mut_checked(count)?;
        self.0 = rest;
        Some(next)
    }
}

/// Both are of one length.
#[inline(always)]
fn copy(to: &mut [u8], piece: &[u8]) {
    match piece.len() {
        4..8 => copy_ends::<4>(to, piece),
        8..16 => copy_ends::<8>(to, piece),
        16..=32 => copy_ends::<16>(to, piece),
        _ => to.copy_from_slice(piece),
    }
}

/// Both are of one length.
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
        _ => copy_clean_blocks(to, piece),
    }
}

/// The last block overlaps with those before it.
#[inline(always)]
fn copy_clean_blocks(to: &mut [u8], piece: &[u8]) -> bool {
    let (blocks, _) = piece.as_chunks::<BLOCK>();
    let (room, _) = to.as_chunks_mut();
    for (to, block) in room.iter_mut().zip(blocks) {
        if is_marked(block) {
            return false;
        }
        *to = *block;
    }
    copy_last::<BLOCK>(to, piece);
    !piece.last_chunk().is_some_and(is_marked)
}

/// Copies the first and the last bytes.
#[inline(always)]
fn copy_ends<const COUNT: usize>(to: &mut [u8], piece: &[u8]) {
    if let (Some(to), Some(first)) = (to.first_chunk_mut::<COUNT>(), piece.first_chunk()) {
        *to = *first;
    }
    copy_last::<COUNT>(to, piece);
}

#[inline(always)]
fn copy_last<const COUNT: usize>(to: &mut [u8], piece: &[u8]) {
    if let (Some(to), Some(last)) = (to.last_chunk_mut::<COUNT>(), piece.last_chunk()) {
        *to = *last;
    }
}

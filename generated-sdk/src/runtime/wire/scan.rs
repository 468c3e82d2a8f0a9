//! Looks at several bytes at a time: for the end of a clean run of a JSON string, and to compare keys.

const WORD: usize = 8;

/// As many bytes as the vectors of every processor hold.
pub(super) const BLOCK: usize = 16;

/// The length of the prefix without quotes, backslashes and control characters.
#[inline(always)]
pub(super) fn clean_prefix(bytes: &[u8]) -> usize {
    let (words, _) = bytes.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let marks = special(word);
        if marks != 0 {
            return index * WORD + place(marks);
        }
    }
    // The last word overlaps with what is known to be clean, so that no loop over single bytes is needed.
    match bytes.last_chunk().map(special) {
        Some(0) => bytes.len(),
        Some(marks) => bytes.len() - WORD + place(marks),
        None => bytes
            .iter()
            .position(|&byte| is_special(byte))
            .unwrap_or(bytes.len()),
    }
}

/// Whether the first and the last bytes are clean, at most eight of each.
#[inline(always)]
pub(super) fn ends_are_clean<const COUNT: usize>(bytes: &[u8]) -> bool {
    match (bytes.first_chunk::<COUNT>(), bytes.last_chunk::<COUNT>()) {
        (Some(first), Some(last)) => special(&wide(first)) | special(&wide(last)) == 0,
        _ => false,
    }
}

/// A word that begins with some bytes.
#[inline(always)]
fn wide<const COUNT: usize>(bytes: &[u8; COUNT]) -> [u8; WORD] {
    let mut word = [b' '; WORD];
    if let Some(start) = word.first_chunk_mut() {
        *start = *bytes;
    }
    word
}

/// Whether any byte of a block is special.
#[inline(always)]
pub(super) fn is_marked(block: &[u8; BLOCK]) -> bool {
    // One bit turned over, the quote follows the control characters, and one comparison finds both.
    block.iter().fold(false, |any, &byte| {
        any | ((byte ^ 0x02) < 0x21) | (byte == b'\\')
    })
}

#[inline]
pub(super) fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// A word of this byte.
const fn every(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; WORD])
}

/// Marks special bytes by their highest bits: the first one exactly, those after it perhaps and others by mistake.
#[inline]
fn special(word: &[u8; WORD]) -> u64 {
    let word = u64::from_le_bytes(*word);
    // One bit turned over, the quote follows the control characters, and one comparison finds both.
    let quote_or_control = (word ^ every(0x02)).wrapping_sub(every(0x21));
    let backslash = (word ^ every(b'\\')).wrapping_sub(every(0x01));
    (quote_or_control | backslash) & !word & every(0x80)
}

/// The place of the first byte that is marked.
#[inline]
fn place(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// Compares texts of one length, some bytes at a time, which beats a call for texts as short as keys are.
#[inline]
pub(super) fn same(left: &[u8], right: &[u8]) -> bool {
    match left.len() {
        4..=8 => ends_agree::<4>(left, right),
        9..=16 => ends_agree::<8>(left, right),
        _ => left == right,
    }
}

/// Whether the first and the last bytes are the same.
#[inline]
fn ends_agree<const COUNT: usize>(left: &[u8], right: &[u8]) -> bool {
    left.last_chunk::<COUNT>() == right.last_chunk()
        && left.first_chunk::<COUNT>() == right.first_chunk()
}

#[cfg(test)]
mod tests {
    use super::{clean_prefix, is_special, same};

    #[test]
    fn agrees_with_the_plain_search_for_every_byte_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..24 {
                let mut bytes = [b'a'; 24];
                bytes[place] = byte;
                let plain = bytes
                    .iter()
                    .position(|&byte| is_special(byte))
                    .unwrap_or(24);
                assert_eq!(clean_prefix(&bytes), plain, "byte {byte} at {place}");
            }
        }
    }

    #[test]
    fn texts_of_any_length_differ_at_any_place() {
        for length in 0..40 {
            let left = vec![b'a'; length];
            assert!(same(&left, &left.clone()), "{length}");
            for place in 0..length {
                let mut right = left.clone();
                right[place] = b'b';
                assert!(!same(&left, &right), "{place} of {length}");
            }
        }
    }
}

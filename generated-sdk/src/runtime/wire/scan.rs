//! Finds the end of a clean run of a JSON string, eight bytes at a time.

const BLOCK: usize = 16;

/// The length of the prefix without quotes, backslashes and control characters.
#[inline]
pub(super) fn clean_prefix(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        match first_special(chunk) {
            Some(place) => return at + place,
            None => at += BLOCK,
        }
    }
    // The last word overlaps with what is known to be clean, so that no loop over single bytes is needed.
    match bytes.last_chunk() {
        Some(last) => first_special(last).map_or(bytes.len(), |place| bytes.len() - BLOCK + place),
        None => bytes
            .iter()
            .position(|&byte| is_special(byte))
            .unwrap_or(bytes.len()),
    }
}

fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// The place of the first special byte of a block. The loop and the test compile to a handful of vector instructions.
#[inline]
fn first_special(block: &[u8; BLOCK]) -> Option<usize> {
    let mut marks = [0; BLOCK];
    for (mark, &byte) in marks.iter_mut().zip(block) {
        *mark = if is_special(byte) { 0xff } else { 0 };
    }
    let special = marks != [0; BLOCK];
    special.then(|| u128::from_le_bytes(marks).trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::{clean_prefix, is_special};

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
}

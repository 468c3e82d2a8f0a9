//! The content hash: SHA-256 of the SHA-256s of the blocks of 4 MiB.

use sha2::{Digest, Sha256};

/// Bytes of a block, all but the last.
pub(crate) const BLOCK: usize = 4 * 1024 * 1024;

/// The hash of a content, in lower-case hexadecimal digits.
pub(crate) fn content_hash(content: &[u8]) -> String {
    let mut all = Sha256::new();
    for block in content.chunks(BLOCK) {
        all.update(Sha256::digest(block));
    }
    all.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hashes_as_nothing() {
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(content_hash(b""), nothing);
    }

    #[test]
    fn blocks_are_hashed_one_by_one() {
        let content = vec![7; BLOCK + 1];
        let mut all = Sha256::new();
        all.update(Sha256::digest(&content[..BLOCK]));
        all.update(Sha256::digest(&content[BLOCK..]));
        let expected: String = all
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(content_hash(&content), expected);
        assert_ne!(content_hash(&content[..BLOCK]), expected);
    }
}

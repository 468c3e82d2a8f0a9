//! The content hash, by which the service names what is in a file: content goes in piece by piece, 64 hexadecimal digits
//! come out.
//!
//! Content is cut into blocks of 4 MiB, each block is hashed with SHA-256, and so are the hashes, one after the other.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// The size of all blocks but the last, in bytes.
const BLOCK: usize = 4 * 1024 * 1024;

/// The content hash of some content, as in the field `content_hash` of files and of arguments of uploads.
///
/// It is written in 64 lower-case hexadecimal digits; letters of either case are read.
///
/// ```
/// use generated_sdk::ContentHash;
///
/// let hash = ContentHash::of(b"");
/// assert_eq!(hash.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
/// assert_eq!(hash.to_string().parse(), Ok(hash));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of content that is in memory.
    pub fn of(content: impl AsRef<[u8]>) -> Self {
        let mut hasher = ContentHasher::new();
        hasher.update(content.as_ref());
        hasher.finish()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in &self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl From<ContentHash> for String {
    /// Lets a hash be given to the setters of arguments.
    fn from(hash: ContentHash) -> Self {
        hash.to_string()
    }
}

impl FromStr for ContentHash {
    type Err = ParseContentHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.as_bytes();
        let mut hash = [0; 32];
        if digits.len() != 2 * hash.len() {
            return Err(ParseContentHashError);
        }
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                *byte = *byte << 4 | value(*digit).ok_or(ParseContentHashError)?;
            }
        }
        Ok(Self(hash))
    }
}

/// The value of a hexadecimal digit.
fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// A text is not a [`ContentHash`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseContentHashError;

impl fmt::Display for ParseContentHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a content hash has 64 hexadecimal digits")
    }
}

impl std::error::Error for ParseContentHashError {}

/// Computes a [`ContentHash`] of content that comes in pieces. A clone goes on from where its original is.
///
/// ```
/// use generated_sdk::{ContentHash, ContentHasher};
///
/// let mut hasher = ContentHasher::new();
/// hasher.update(b"con");
/// hasher.update(b"tent");
/// assert_eq!(hasher.finish(), ContentHash::of("content"));
/// ```
#[derive(Clone, Default)]
pub struct ContentHasher {
    /// Of the hashes of the blocks that are full.
    blocks: Sha256,
    /// Of the block that is being filled.
    block: Sha256,
    filled: usize,
}

impl ContentHasher {
    /// Starts with no content.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the next piece of the content.
    pub fn update(&mut self, mut content: &[u8]) {
        while !content.is_empty() {
            let room = (BLOCK - self.filled).min(content.len());
            let (piece, rest) = content.split_at(room);
            self.block.update(piece);
            self.filled += piece.len();
            if self.filled == BLOCK {
                self.close_block();
            }
            content = rest;
        }
    }

    /// The hash of all content so far.
    pub fn finish(mut self) -> ContentHash {
        if self.filled > 0 {
            self.close_block();
        }
        ContentHash(self.blocks.finalize().into())
    }

    fn close_block(&mut self) {
        self.blocks
            .update(std::mem::take(&mut self.block).finalize());
        self.filled = 0;
    }
}

impl fmt::Debug for ContentHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContentHasher")
    }
}

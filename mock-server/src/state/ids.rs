//! Identifiers that only the seed decides, and stamps of the caller's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use fastrand::Rng;
use jiff::Timestamp;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// So that revisions have as many digits as real ones.
const FIRST_REV: u64 = 0x5f1c_0000_0000;

/// Makes identifiers, none twice.
#[derive(Debug, Clone)]
pub(crate) struct Ids {
    rng: Rng,
    revs: u64,
}

impl Ids {
    pub fn new(seed: u64) -> Self {
        let rng = Rng::with_seed(seed);
        Self {
            rng,
            revs: FIRST_REV,
        }
    }

    /// A source of identifiers for one of many who have to be told apart.
    pub fn fork(&mut self) -> Self {
        Self::new(self.rng.u64(..))
    }

    /// A prefix and as many letters as make the length.
    pub fn text(&mut self, prefix: &str, length: usize) -> String {
        let letters = (prefix.len()..length).map(|_| {
            let at = self.rng.usize(..LETTERS.len());
            char::from(LETTERS[at])
        });
        prefix.chars().chain(letters).collect()
    }

    /// A revision: later ones are greater.
    pub fn rev(&mut self) -> String {
        self.revs += 1 + self.rng.u64(..0x100);
        format!("{:x}", self.revs)
    }

    /// A number below this one, which is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        self.rng.usize(..end.max(1))
    }

    /// Digits, such as namespaces have.
    pub fn number(&mut self) -> String {
        self.rng.u64(1_000_000_000..10_000_000_000).to_string()
    }

    /// Hexadecimal digits, such as groups have.
    pub fn hex(&mut self, prefix: &str) -> String {
        format!("{prefix}{:032x}", self.rng.u128(..))
    }
}

/// The time as timestamps of the API are written; what lies beyond the years of four digits becomes the epoch.
pub(crate) fn stamp(time: SystemTime) -> String {
    stamp_of_seconds(seconds(time))
}

/// The time so many seconds after the epoch.
pub(crate) fn stamp_of_seconds(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok();
    let time = time.and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.unwrap_or_default().to_string()
}

/// Whole seconds since the epoch.
pub(crate) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

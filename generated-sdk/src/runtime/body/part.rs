//! Which bytes of some content are meant: bounds go in, and are held against the content when its length is known.

use std::ops::{Bound, Range};
use std::{fmt, io};

use bytes::Bytes;

/// From the first of these bytes to before the last, or to the end of the content.
#[derive(Clone, Copy, Default)]
pub(super) struct Part {
    start: u64,
    end: Option<u64>,
}

impl Part {
    pub(super) fn new(start: Bound<u64>, end: Bound<u64>) -> Self {
        let start = match start {
            Bound::Included(first) => first,
            Bound::Excluded(before) => before.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match end {
            Bound::Included(last) => Some(last.saturating_add(1)),
            Bound::Excluded(end) => Some(end),
            Bound::Unbounded => None,
        };
        Self { start, end }
    }

    /// The part of content that has this length.
    pub(super) fn of(self, length: u64) -> io::Result<Range<u64>> {
        let range = self.start..self.end.unwrap_or(length);
        if range.start > range.end || range.end > length {
            let message = format!("the content has {length} bytes, and not the part {self:?}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        Ok(range)
    }

    pub(super) fn slice(self, bytes: &Bytes) -> io::Result<Bytes> {
        let range = self.of(bytes.len() as u64)?;
        // Both ends are within a length that is a usize.
        let mut part = bytes.clone();
        part.truncate(range.end as usize);
        Ok(part.split_off(range.start as usize))
    }

    /// Refuses parts of what can only be read from its start to its end.
    pub(super) fn check_whole(self) -> io::Result<()> {
        match self {
            Self {
                start: 0,
                end: None,
            } => Ok(()),
            _ => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a part can be taken of memory and of files only",
            )),
        }
    }
}

impl fmt::Debug for Part {
    /// Nothing for all of the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.start, self.end) {
            (0, None) => Ok(()),
            (start, None) => write!(f, " {start}.."),
            (start, Some(end)) => write!(f, " {start}..{end}"),
        }
    }
}

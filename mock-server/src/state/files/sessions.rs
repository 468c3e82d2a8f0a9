//! Upload sessions: content that comes in pieces.
//!
//! In: pieces with the offset at which the client believes to be. Out: nothing, or the error that puts it right. The tags
//! of the errors mean the same in the error types of appending, of appending batches and of finishing.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::{Value, json};

use super::hash::BLOCK;
use crate::state::value::{flat, tag};

/// Bytes that one call may carry.
pub(crate) const LARGEST_CALL: usize = 150 * 1024 * 1024;
const LARGEST_FILE: u64 = (1 << 41) - (1 << 22);
const LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// An upload session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    started: SystemTime,
    concurrent: bool,
    closed: bool,
    committed: bool,
    /// By offset; without gaps in a sequential session.
    pieces: BTreeMap<u64, Bytes>,
}

impl Session {
    pub fn new(started: SystemTime, concurrent: bool) -> Self {
        Self {
            started,
            concurrent,
            closed: false,
            committed: false,
            pieces: BTreeMap::new(),
        }
    }

    pub fn is_expired(&self, now: SystemTime) -> bool {
        now.duration_since(self.started).is_ok_and(|age| age > LIFE)
    }

    /// Adds a piece, and closes the session with it if so told.
    pub fn append(&mut self, offset: u64, piece: Bytes, close: bool) -> Result<(), Value> {
        if self.closed || self.committed {
            return Err(tag("closed"));
        }
        if self.concurrent {
            check_alignment(offset, piece.len(), close)?;
        } else if offset != self.end() {
            return Err(self.incorrect_offset());
        }
        let end = offset.checked_add(piece.len() as u64);
        if end.is_none_or(|end| end > LARGEST_FILE) {
            return Err(tag("too_large"));
        }
        if !piece.is_empty() {
            self.pieces.insert(offset, piece);
        }
        self.closed = close;
        Ok(())
    }

    /// Takes the last piece, if the session still takes any. In: the offset at which the content ends without it.
    pub fn append_last(&mut self, offset: u64, piece: Bytes) -> Result<(), Refusal> {
        if self.committed {
            return Err(Refusal::Lookup(tag("closed")));
        }
        if self.concurrent {
            self.check_concurrent(&piece).map_err(Refusal::Session)?;
        }
        if offset != self.end() {
            return Err(Refusal::Lookup(self.incorrect_offset()));
        }
        match piece.is_empty() {
            true => Ok(()),
            false => self
                .append(offset, piece, self.closed)
                .map_err(Refusal::Lookup),
        }
    }

    fn check_concurrent(&self, piece: &Bytes) -> Result<(), Value> {
        if !piece.is_empty() {
            Err(tag("concurrent_session_data_not_allowed"))
        } else if !self.closed {
            Err(tag("concurrent_session_not_closed"))
        } else if self.has_gap() {
            Err(tag("concurrent_session_missing_data"))
        } else {
            Ok(())
        }
    }

    /// Whether the session takes no more pieces, as batches demand; if not, why.
    pub fn check_closed(&self) -> Result<(), Refusal> {
        match (self.closed, self.concurrent) {
            (true, _) => Ok(()),
            (false, true) => Err(Refusal::Session(tag("concurrent_session_not_closed"))),
            (false, false) => Err(Refusal::Lookup(tag("not_closed"))),
        }
    }

    /// Marks the content as stored: the session is of no more use.
    pub fn commit(&mut self) {
        self.committed = true;
        self.pieces.clear();
    }

    /// The whole content, if it has no gap.
    pub fn content(&self) -> Bytes {
        if let (1, Some(only)) = (self.pieces.len(), self.pieces.values().next()) {
            return only.clone();
        }
        let mut content = Vec::new();
        for (offset, piece) in &self.pieces {
            // Pieces overlap when a client repeats itself with other sizes.
            let at = usize::try_from(*offset).unwrap_or(usize::MAX);
            let known = content.len().saturating_sub(at).min(piece.len());
            content.extend_from_slice(&piece[known..]);
        }
        content.into()
    }

    fn end(&self) -> u64 {
        let ends = self
            .pieces
            .iter()
            .map(|(offset, piece)| offset + piece.len() as u64);
        ends.max().unwrap_or(0)
    }

    fn has_gap(&self) -> bool {
        let mut end = 0;
        for (offset, piece) in &self.pieces {
            if *offset > end {
                return true;
            }
            end = end.max(offset + piece.len() as u64);
        }
        false
    }

    fn incorrect_offset(&self) -> Value {
        flat("incorrect_offset", json!({ "correct_offset": self.end() }))
    }
}

/// Why a session cannot be finished.
pub(crate) enum Refusal {
    /// An `UploadSessionLookupError`.
    Lookup(Value),
    /// A tag of the finishing route's error itself.
    Session(Value),
}

/// All pieces of a concurrent session are whole blocks, but for the last.
fn check_alignment(offset: u64, length: usize, last: bool) -> Result<(), Value> {
    if !offset.is_multiple_of(BLOCK as u64) {
        return Err(tag("concurrent_session_invalid_offset"));
    }
    if !last && !length.is_multiple_of(BLOCK) {
        return Err(tag("concurrent_session_invalid_data_size"));
    }
    Ok(())
}

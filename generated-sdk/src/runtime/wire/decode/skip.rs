//! Reads any value without building it, iteratively: the open brackets are bits of one number.

use super::reader::Reader;

/// How a value begins.
enum Head {
    /// It was a scalar and has been read.
    Done,
    /// A bracket, of an object if true.
    Open(bool),
}

impl Reader<'_> {
    /// Reads any value.
    pub(in super::super) fn skip(&mut self) {
        let outside = self.depth();
        let Some(Head::Open(is_object)) = self.skip_head() else {
            return;
        };
        // The lowest bit stands for the innermost bracket: 1 for an object.
        let mut objects = u128::from(is_object);
        let mut first = true;
        while self.depth() > outside && !self.failed() {
            let is_object = objects & 1 == 1;
            if !self.more(first, if is_object { b'}' } else { b']' }) {
                objects >>= 1;
                first = false;
                continue;
            }
            if is_object && (self.skip_string().is_none() || !self.colon()) {
                return;
            }
            first = match self.skip_head() {
                Some(Head::Open(is_object)) => {
                    objects = objects << 1 | u128::from(is_object);
                    true
                }
                Some(Head::Done) => false,
                None => return,
            };
        }
    }

    /// Reads a scalar, or the opening bracket of an object or list.
    fn skip_head(&mut self) -> Option<Head> {
        match self.peek() {
            Some(b'"') => self.skip_string()?,
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ())?,
            Some(bracket @ (b'{' | b'[')) => {
                return self.enter(bracket).then_some(Head::Open(bracket == b'{'));
            }
            _ if self.word("true") || self.word("false") || self.word("null") => {}
            _ => {
                self.expected("a value");
                return None;
            }
        }
        Some(Head::Done)
    }
}

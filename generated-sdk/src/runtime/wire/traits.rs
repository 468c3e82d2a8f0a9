//! The traits that generated types and containers implement.

use super::{Decoder, Encoder};

/// A type that has a value to start decoding from, known at compile time.
pub trait Blank: Sized {
    /// The blank value; fields whose default is a constant already hold it.
    const BLANK: Self;

    /// A new blank value. Only boxes, which no constant can hold, override it.
    #[inline]
    fn fresh() -> Self {
        Self::BLANK
    }
}

/// A value that can be shown to an [`Encoder`] and overwritten by a [`Decoder`].
pub trait Wire: Send + Sync {
    /// Shows the value.
    fn encode(&self, out: &mut Encoder<'_>);

    /// Overwrites the value. Errors latch in the decoder; the value is then unspecified but sound.
    fn decode(&mut self, inp: &mut Decoder<'_>);
}

/// A list, whatever its item type is.
pub trait Items {
    /// The number of items.
    fn count(&self) -> usize;
    /// The item at an index.
    fn item(&self, index: usize) -> Option<&dyn Wire>;
    /// Removes all items.
    fn reset(&mut self);
    /// Appends a blank item.
    fn push_blank(&mut self) -> &mut dyn Wire;
}

/// A map with string keys, whatever its value type is.
pub trait Entries {
    /// The number of entries.
    fn count(&self) -> usize;
    /// The value of a key.
    fn value(&self, key: &str) -> Option<&dyn Wire>;
    /// Calls `see` with every entry, in the order of the keys.
    fn each(&self, see: &mut dyn FnMut(&str, &dyn Wire));
    /// Removes all entries.
    fn reset(&mut self);
    /// Sets the value of a key to a blank one.
    fn insert_blank(&mut self, key: String) -> &mut dyn Wire;
}

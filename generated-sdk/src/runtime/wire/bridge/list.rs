//! A list of a serde format as a source.

use serde::de::{DeserializeSeed, Deserializer, SeqAccess};

use super::super::{DecodeError, Items, Place, Source};
use super::deserialize::{Errors, Filler, Target};

/// A list, and what went wrong with it.
pub(super) struct List<'de, A: SeqAccess<'de>> {
    access: A,
    pub(super) errors: Errors<A::Error>,
}

impl<'de, A: SeqAccess<'de>> List<'de, A> {
    pub(super) fn new(access: A) -> Self {
        Self {
            access,
            errors: Errors::NONE,
        }
    }

    /// Appends the next item; false if there is none.
    fn push_into(&mut self, items: &mut dyn Items) -> Result<bool, DecodeError> {
        let pushed = self.access.next_element_seed(Pusher {
            items,
            problem: &mut self.errors.ours,
        });
        self.errors.settle(pushed).map(|pushed| pushed.is_some())
    }
}

/// Appends an item to a list, once it is known that there is one.
struct Pusher<'a> {
    items: &'a mut dyn Items,
    problem: &'a mut Option<DecodeError>,
}

impl<'de> DeserializeSeed<'de> for Pusher<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Filler {
            target: Target::Place(Place::Other(self.items.push_blank())),
            problem: self.problem,
        }
        .deserialize(deserializer)
    }
}

impl<'de, A: SeqAccess<'de>> Source for List<'de, A> {
    fn kind(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), DecodeError> {
        items.reset();
        let mut index = 0;
        while self
            .push_into(items)
            .map_err(|error| error.within_index(index))?
        {
            index += 1;
        }
        Ok(())
    }
}

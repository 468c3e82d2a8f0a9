//! A list of a serde format as a source.

use serde::de::{DeserializeSeed, Deserializer, SeqAccess};

use super::super::{
    DecodeError, Entries, FieldsMut, Items, Place, Scalar, Source, StructMeta, UnionMeta, Unknown,
    Wire,
};
use super::deserialize::{Filler, Target, settle};
use super::leaf::mismatch;

const KIND: &str = "a list";

/// A list, and the error of the format that ended it.
pub(super) struct List<'de, A: SeqAccess<'de>> {
    pub(super) access: A,
    pub(super) error: Option<A::Error>,
}

impl<'de, A: SeqAccess<'de>> List<'de, A> {
    /// Appends the next item; false if there is none.
    fn push_into(&mut self, items: &mut dyn Items) -> Result<bool, DecodeError> {
        let mut problem = None;
        let pushed = self.access.next_element_seed(Pusher {
            items,
            problem: &mut problem,
        });
        settle(pushed, problem, &mut self.error).map(|pushed| pushed.is_some())
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
    fn is_null(&mut self) -> bool {
        false
    }

    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str> {
        Err(KIND)
    }

    fn fields(&mut self, _: &'static StructMeta, _: FieldsMut<'_, '_>) -> Result<(), DecodeError> {
        mismatch("an object", KIND)
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

    fn map(&mut self, _: &mut dyn Entries) -> Result<(), DecodeError> {
        mismatch("an object", KIND)
    }

    fn variant(&mut self, _: &'static UnionMeta) -> Result<u16, DecodeError> {
        mismatch("a tag or an object with a `.tag`", KIND)
    }

    fn payload(&mut self, _: &mut dyn Wire) -> Result<(), DecodeError> {
        mismatch("an object", KIND)
    }

    fn unknown(&mut self) -> Result<Unknown, DecodeError> {
        mismatch("an object", KIND)
    }
}

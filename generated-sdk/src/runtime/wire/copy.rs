//! The source that clones: fills a value from another one of the same type.

use super::{
    DecodeError, Decoder, Entries, Fields, FieldsMut, Items, Scalar, Source, StructMeta, UnionMeta,
    Unknown, View, Wire, is_null, view,
};

/// Overwrites a value with a copy of another one of its type.
pub(super) fn copy_into(from: &dyn Wire, to: &mut dyn Wire) {
    to.decode(&mut Decoder::from_source(&mut Original(from)));
}

struct Original<'a>(&'a dyn Wire);

impl Source for Original<'_> {
    fn is_null(&mut self) -> bool {
        is_null(self.0)
    }

    fn scalar(&mut self) -> Result<Scalar<'_>, &'static str> {
        let mut copy = Scalar::Blank;
        view(self.0, |view| {
            if let View::Scalar(scalar) = view {
                copy = scalar.into_owned();
            }
        });
        Ok(copy)
    }

    fn fields(
        &mut self,
        _: &'static StructMeta,
        mut into: FieldsMut<'_, '_>,
    ) -> Result<(), DecodeError> {
        view(self.0, |view| {
            if let View::Struct(_, from) = view {
                copy_fields(&from, &mut into);
            }
        });
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), DecodeError> {
        items.reset();
        view(self.0, |view| {
            if let View::List(from) = view {
                for index in 0..from.count() {
                    if let Some(item) = from.item(index) {
                        copy_into(item, items.push_blank());
                    }
                }
            }
        });
        Ok(())
    }

    fn map(&mut self, entries: &mut dyn Entries) -> Result<(), DecodeError> {
        entries.reset();
        view(self.0, |view| {
            if let View::Map(from) = view {
                from.each(&mut |key, value| copy_into(value, entries.insert_blank(key.to_owned())));
            }
        });
        Ok(())
    }

    fn variant(&mut self, meta: &'static UnionMeta) -> Result<u16, DecodeError> {
        let mut number = meta.catch_all();
        view(self.0, |view| {
            if let View::Union(_, index, _) = view {
                number = index;
            }
        });
        Ok(number)
    }

    fn payload(&mut self, into: &mut dyn Wire) -> Result<(), DecodeError> {
        view(self.0, |view| {
            if let View::Union(_, _, from) = view {
                copy_into(from, into);
            }
        });
        Ok(())
    }

    fn unknown(&mut self) -> Result<Unknown, DecodeError> {
        let mut copy = Unknown::BLANK;
        view(self.0, |view| {
            if let View::Unknown(from) = view {
                copy = from.clone();
            }
        });
        Ok(copy)
    }
}

fn copy_fields(from: &Fields<'_>, into: &mut FieldsMut<'_, '_>) {
    for (from, into) in from.strings.iter().zip(into.strings.iter_mut()) {
        (*into).clone_from(from);
    }
    for (from, into) in from.options.iter().zip(into.options.iter_mut()) {
        (*into).clone_from(from);
    }
    for (from, into) in from.others.iter().zip(into.others.iter_mut()) {
        copy_into(*from, *into);
    }
}

//! Optional values, boxes, lists and maps: thin generic fronts of the shared code.

use std::collections::BTreeMap;
use std::mem::replace;

use super::{Blank, Decoder, Encoder, Entries, Items, Wire};

impl<T: Wire + Blank> Wire for Option<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        let new = (!inp.takes_null()).then(T::fresh);
        // An assignment would bring in code for the case that dropping the old value panics, once for each type.
        drop(replace(self, new));
        if let Some(value) = self {
            value.decode(inp);
        }
    }
}

impl<T: Wire + ?Sized> Wire for Box<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        (**self).encode(out);
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        (**self).decode(inp);
    }
}

impl<T: Wire + Blank> Wire for Vec<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.list(self);
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.list(self);
    }
}

impl<T: Wire + Blank> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Wire> {
        self.get(index).map(|item| item as &dyn Wire)
    }

    fn reset(&mut self) {
        self.clear();
    }

    fn push_blank(&mut self) -> &mut dyn Wire {
        self.push_mut(T::fresh())
    }
}

impl<T: Wire + Blank> Wire for BTreeMap<String, T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.map(self);
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.map(self);
    }
}

impl<T: Wire + Blank> Entries for BTreeMap<String, T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn value(&self, key: &str) -> Option<&dyn Wire> {
        self.get(key).map(|value| value as &dyn Wire)
    }

    fn each(&self, see: &mut dyn FnMut(&str, &dyn Wire)) {
        self.iter().for_each(|(key, value)| see(key, value));
    }

    fn reset(&mut self) {
        self.clear();
    }

    fn insert_blank(&mut self, key: String) -> &mut dyn Wire {
        self.entry(key).insert_entry(T::fresh()).into_mut()
    }
}

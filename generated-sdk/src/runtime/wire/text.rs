//! Structs of one string, without an instance of their type.
//!
//! Unions with hundreds of variants hold hundreds of such structs. As a table and a string they are data, where each as
//! itself would be a table of functions.

use super::{Decoder, Encoder, StructMeta, Wire};

/// A struct whose only field is a required string, to be shown.
pub struct OneText<'a> {
    meta: &'static StructMeta,
    text: &'a String,
}

/// A struct whose only field is a required string, to be filled.
pub struct OneTextMut<'a> {
    meta: &'static StructMeta,
    text: &'a mut String,
}

impl<'a> OneText<'a> {
    /// The struct of a table with its field.
    #[inline]
    pub fn new(meta: &'static StructMeta, text: &'a String) -> Self {
        Self { meta, text }
    }
}

impl<'a> OneTextMut<'a> {
    /// The struct of a table with its field.
    #[inline]
    pub fn new(meta: &'static StructMeta, text: &'a mut String) -> Self {
        Self { meta, text }
    }
}

impl Wire for OneText<'_> {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(self.meta, &[self.text], &[], &[]);
    }

    /// Leaves everything as it is: this is a view of a value.
    fn decode(&mut self, _: &mut Decoder<'_>) {}
}

impl Wire for OneTextMut<'_> {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(self.meta, &[self.text], &[], &[]);
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(self.meta, &mut [self.text], &mut [], &mut []);
    }
}

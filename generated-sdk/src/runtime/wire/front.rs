//! What generated code calls, thousands of times over: nothing but a call of the real work.
//!
//! Before it inlines anything, the compiler walks along all calls that start from a body, in search of cycles, and does
//! so for each generated body anew. Calls through pointers end its walk; this took a tenth of the time of a release build.

use std::fmt::{self, Formatter};

use super::{
    Blank, Decoder, Encoder, Fields, FieldsMut, StructMeta, UnionMeta, Unknown, ValidationError,
    Wire,
};

impl Encoder<'_> {
    /// Shows a struct: its fields, split by class.
    #[inline(never)]
    pub fn object(
        &mut self,
        meta: &'static StructMeta,
        strings: &[&String],
        options: &[&Option<String>],
        others: &[&dyn Wire],
    ) {
        let show: fn(&mut Self, &'static StructMeta, Fields<'_>) = Self::show_object;
        let fields = Fields {
            strings,
            options,
            others,
        };
        show(self, meta, fields);
    }

    /// Shows a struct with no fields.
    #[inline(never)]
    pub fn nothing(&mut self, meta: &'static StructMeta) {
        self.object(meta, &[], &[], &[]);
    }

    /// Shows a struct with only strings.
    #[inline(never)]
    pub fn texts(&mut self, meta: &'static StructMeta, texts: &[&String]) {
        self.object(meta, texts, &[], &[]);
    }

    /// Shows a struct with only optional strings.
    #[inline(never)]
    pub fn options(&mut self, meta: &'static StructMeta, options: &[&Option<String>]) {
        self.object(meta, &[], options, &[]);
    }

    /// Shows a struct with neither strings nor optional strings.
    #[inline(never)]
    pub fn others(&mut self, meta: &'static StructMeta, others: &[&dyn Wire]) {
        self.object(meta, &[], &[], others);
    }

    /// Shows a struct with strings and optional strings.
    #[inline(never)]
    pub fn texts_options(
        &mut self,
        meta: &'static StructMeta,
        texts: &[&String],
        options: &[&Option<String>],
    ) {
        self.object(meta, texts, options, &[]);
    }

    /// Shows a struct with strings and others.
    #[inline(never)]
    pub fn texts_others(
        &mut self,
        meta: &'static StructMeta,
        texts: &[&String],
        others: &[&dyn Wire],
    ) {
        self.object(meta, texts, &[], others);
    }

    /// Shows a struct with optional strings and others.
    #[inline(never)]
    pub fn options_others(
        &mut self,
        meta: &'static StructMeta,
        options: &[&Option<String>],
        others: &[&dyn Wire],
    ) {
        self.object(meta, &[], options, others);
    }

    /// Shows a union: the number of its variant and the payload, `()` for a void tag.
    #[inline(never)]
    pub fn variant(&mut self, meta: &'static UnionMeta, index: u16, payload: &dyn Wire) {
        let show: fn(&mut Self, &'static UnionMeta, u16, &dyn Wire) = Self::show_variant;
        show(self, meta, index, payload);
    }

    /// Shows a value of an open union with an unknown tag.
    #[inline(never)]
    pub fn unknown(&mut self, unknown: &Unknown) {
        let show: fn(&mut Self, &Unknown) = Self::show_unknown;
        show(self, unknown);
    }
}

impl<'a> Decoder<'a> {
    /// Fills a struct: its fields, split by class.
    #[inline(never)]
    pub fn object<'b>(
        &mut self,
        meta: &'static StructMeta,
        strings: &mut [&'b mut String],
        options: &mut [&'b mut Option<String>],
        others: &mut [&'b mut dyn Wire],
    ) {
        let fill: fn(&mut Self, &'static StructMeta, FieldsMut<'_, '_>) = Self::fill_object;
        let fields = FieldsMut {
            strings,
            options,
            others,
        };
        fill(self, meta, fields);
    }

    /// Fills a struct with no fields.
    #[inline(never)]
    pub fn nothing(&mut self, meta: &'static StructMeta) {
        self.object(meta, &mut [], &mut [], &mut []);
    }

    /// Fills a struct with only strings.
    #[inline(never)]
    pub fn texts(&mut self, meta: &'static StructMeta, texts: &mut [&mut String]) {
        self.object(meta, texts, &mut [], &mut []);
    }

    /// Fills a struct with only optional strings.
    #[inline(never)]
    pub fn options(&mut self, meta: &'static StructMeta, options: &mut [&mut Option<String>]) {
        self.object(meta, &mut [], options, &mut []);
    }

    /// Fills a struct with neither strings nor optional strings.
    #[inline(never)]
    pub fn others(&mut self, meta: &'static StructMeta, others: &mut [&mut dyn Wire]) {
        self.object(meta, &mut [], &mut [], others);
    }

    /// Fills a struct with strings and optional strings.
    #[inline(never)]
    pub fn texts_options<'b>(
        &mut self,
        meta: &'static StructMeta,
        texts: &mut [&'b mut String],
        options: &mut [&'b mut Option<String>],
    ) {
        self.object(meta, texts, options, &mut []);
    }

    /// Fills a struct with strings and others.
    #[inline(never)]
    pub fn texts_others<'b>(
        &mut self,
        meta: &'static StructMeta,
        texts: &mut [&'b mut String],
        others: &mut [&'b mut dyn Wire],
    ) {
        self.object(meta, texts, &mut [], others);
    }

    /// Fills a struct with optional strings and others.
    #[inline(never)]
    pub fn options_others<'b>(
        &mut self,
        meta: &'static StructMeta,
        options: &mut [&'b mut Option<String>],
        others: &mut [&'b mut dyn Wire],
    ) {
        self.object(meta, &mut [], options, others);
    }

    /// Reads the tag of a union and tells the number of the variant. Of a void tag, everything is read.
    #[inline(never)]
    pub fn variant(&mut self, meta: &'static UnionMeta) -> u16 {
        let read: fn(&mut Self, &'static UnionMeta) -> u16 = Self::read_variant;
        read(self, meta)
    }

    /// Reads the payload of the variant that was told last, into a blank one.
    #[inline(never)]
    pub fn payload(&mut self, into: &mut dyn Wire) {
        let fill: fn(&mut Self, &mut dyn Wire) = Self::fill_payload;
        fill(self, into);
    }

    /// Keeps the value whose tag was not known.
    #[inline(never)]
    pub fn unknown(&mut self) -> Unknown {
        let read: fn(&mut Self) -> Unknown = Self::read_unknown;
        read(self)
    }

    /// Keeps a subtype whose tag was not known, and reads what its base knows of it.
    #[inline(never)]
    pub fn unknown_with_base(&mut self, base: &mut dyn Wire) -> Unknown {
        let read: fn(&mut Self, &mut dyn Wire) -> Unknown = Self::read_unknown_with_base;
        read(self, base)
    }
}

/// Writes a value as a derived `Debug` would.
#[inline]
pub fn debug<T: Wire>(value: &T, f: &mut Formatter<'_>) -> fmt::Result {
    let show: fn(&dyn Wire, &mut Formatter<'_>) -> fmt::Result = super::debug::show;
    show(value, f)
}

/// A clone of a value.
#[inline(never)]
pub fn duplicate<T: Wire + Blank>(value: &T) -> T {
    let fill: fn(&dyn Wire, &mut dyn Wire) = super::copy::copy_into;
    let mut copy = T::fresh();
    fill(value, &mut copy);
    copy
}

/// Whether two values of one type are equal.
#[inline]
pub fn equal<T: Wire>(left: &T, right: &T) -> bool {
    let same: fn(&dyn Wire, &dyn Wire) -> bool = super::equal::same;
    same(left, right)
}

/// Checks the constraints of a value and of everything in it. What came in under an unknown tag may not be sent on.
#[inline(never)]
pub fn validate(value: &dyn Wire) -> Result<(), ValidationError> {
    let check: fn(&dyn Wire) -> Result<(), ValidationError> = super::validate::check;
    check(value)
}

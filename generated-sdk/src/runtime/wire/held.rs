//! Values of unions with hundreds of variants, dropped by code that is compiled once.
//!
//! The code that drops a value is compiled in every crate that owns one. For a union of hundreds of structs that is
//! more than everything else that a program takes from this crate.

use std::fmt;
use std::mem::{ManuallyDrop, replace};
use std::ops::{Deref, DerefMut};

use super::{Blank, Decoder, Encoder, Wire};

/// A union with hundreds of variants.
pub trait Hub: Wire + Blank {
    /// Drops the value, out of line. Its blank must own nothing.
    fn discard(self);
}

/// A value of a large union as part of something else. It can be used like the value itself: match on `&*held` or, to
/// take it apart, on `held.into_inner()`.
pub struct Held<T: Hub>(ManuallyDrop<T>);

impl<T: Hub> Held<T> {
    /// Holds a value.
    #[inline]
    pub const fn new(value: T) -> Self {
        Self(ManuallyDrop::new(value))
    }

    /// The value.
    #[inline]
    pub fn into_inner(mut self) -> T {
        self.take()
    }

    /// What stays behind is blank and owns nothing, so that nobody has to drop it.
    #[inline]
    fn take(&mut self) -> T {
        let blank = ManuallyDrop::new(T::BLANK);
        ManuallyDrop::into_inner(replace(&mut self.0, blank))
    }
}

impl<T: Hub> Drop for Held<T> {
    #[inline]
    fn drop(&mut self) {
        self.take().discard();
    }
}

impl<T: Hub> From<T> for Held<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Hub> Deref for Held<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Hub> DerefMut for Held<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Hub + fmt::Debug> fmt::Debug for Held<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Hub + Clone> Clone for Held<T> {
    #[inline]
    fn clone(&self) -> Self {
        Self::new((**self).clone())
    }
}

impl<T: Hub + PartialEq> PartialEq for Held<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Hub> Blank for Held<T> {
    const BLANK: Self = Self::new(T::BLANK);
}

impl<T: Hub> Wire for Held<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        (**self).encode(out);
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        (**self).decode(inp);
    }
}

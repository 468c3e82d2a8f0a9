//! The blank values of the types that the runtime brings.

use std::collections::BTreeMap;

use super::{Blank, Unknown};
use crate::runtime::{Bytes, Date, Timestamp};

macro_rules! blanks {
    ($($type:ty = $blank:expr;)*) => {$(
        impl Blank for $type {
            const BLANK: Self = $blank;
        }
    )*};
}

blanks! {
    () = ();
    bool = false;
    i32 = 0;
    i64 = 0;
    u32 = 0;
    u64 = 0;
    f32 = 0.0;
    f64 = 0.0;
    String = String::new();
    Bytes = Bytes::new();
    Timestamp = Timestamp::EPOCH;
    Date = Date::EPOCH;
    Unknown = Unknown::BLANK;
}

impl<T> Blank for Option<T> {
    const BLANK: Self = None;
}

impl<T> Blank for Vec<T> {
    const BLANK: Self = Self::new();
}

impl<T> Blank for BTreeMap<String, T> {
    const BLANK: Self = Self::new();
}

impl<T: Blank> Blank for Box<T> {
    /// A box cannot be built at compile time: whatever names this constant does not compile. Everything here calls `fresh`.
    const BLANK: Self = panic!("a box has no constant blank value");

    #[inline]
    fn fresh() -> Self {
        Self::new(T::fresh())
    }
}

//! What the emitter calls once per namespace instead of deriving on every type: one-line fronts of the shared code.

/// Implements `Debug`, `Clone` and `PartialEq` over the tables, and serde's traits if the feature `serde` is on.
#[macro_export]
#[doc(hidden)]
macro_rules! wire_traits {
    ($($name:ty),* $(,)?) => {$(
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::wire::debug(self, f)
            }
        }

        impl ::std::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::runtime::wire::duplicate(self)
            }
        }

        // Marked as derived, so that lints accept a derived `Hash` beside it.
        #[automatically_derived]
        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::wire::equal(self, other)
            }
        }
    )*};
}

/// Adds the method `validate` to types that occur in arguments.
#[macro_export]
#[doc(hidden)]
macro_rules! validate_methods {
    ($($name:ty),* $(,)?) => {$(
        impl $name {
            /// Checks the constraints of the specification, and that nothing in the value came from an unknown tag.
            /// Calls do so before sending.
            #[inline]
            pub fn validate(&self) -> ::std::result::Result<(), $crate::runtime::ValidationError> {
                $crate::runtime::wire::validate(self)
            }
        }
    )*};
}

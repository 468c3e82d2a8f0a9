//! What the emitter calls once per namespace instead of deriving on every type: one-line fronts of the shared code.

/// Implements `Debug`, `Clone` and `PartialEq` over the tables, and serde's traits if the feature `serde` is on. The module
/// [`wire`](crate::runtime::wire) has to be in scope as `w`: the compiler keeps each part of a path for each of thousands of
/// types, so that short ones save a hundredth of its memory.
#[macro_export]
#[doc(hidden)]
macro_rules! wire_traits {
    ($($name:ident $(<const $number:ident: usize>)?),* $(,)?) => {$(
        impl$(<const $number: usize>)? w::Debug for $name$(<$number>)? {
            #[inline]
            fn fmt(&self, f: &mut w::Formatter<'_>) -> w::Shown {
                w::debug(self, f)
            }
        }

        impl$(<const $number: usize>)? w::Clone for $name$(<$number>)? {
            #[inline]
            fn clone(&self) -> Self {
                w::duplicate(self)
            }
        }

        impl$(<const $number: usize>)? w::PartialEq for $name$(<$number>)? {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                w::equal(self, other)
            }
        }

        $crate::serde_traits!([$(const $number: usize)?] $name$(<$number>)?);
    )*};
}

/// Implements serde's traits.
#[cfg(feature = "serde")]
#[macro_export]
#[doc(hidden)]
macro_rules! serde_traits {
    ([$($generics:tt)*] $name:ty) => {
        impl<$($generics)*> $crate::runtime::wire::bridge::Serialize for $name {
            fn serialize<S: $crate::runtime::wire::bridge::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::wire::bridge::serialize(self, serializer)
            }
        }

        impl<'de, $($generics)*> $crate::runtime::wire::bridge::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::wire::bridge::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::wire::bridge::deserialize(deserializer)
            }
        }
    };
}

/// Without the feature `serde` there is nothing to implement.
#[cfg(not(feature = "serde"))]
#[macro_export]
#[doc(hidden)]
macro_rules! serde_traits {
    ([$($generics:tt)*] $name:ty) => {};
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

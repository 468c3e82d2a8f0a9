//! Unions and enumerating structs as a user reads them.
//!
//! In: the model. Out: tokens for `types.rs`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::model::{Access, Accessor, Ancestor, Openness, RustUnion, RustVariant};

/// A union with its methods and conversions.
pub fn union(it: &RustUnion) -> TokenStream {
    let RustUnion { docs, name, .. } = it;
    let variants = it.variants.iter().map(variant);
    let copy = it.is_copy().then(|| quote!(#[derive(Copy, Eq, Hash)]));
    let (non_exhaustive, other) = match &it.openness {
        Openness::Closed => (None, None),
        Openness::Open => (
            Some(quote!(#[non_exhaustive])),
            Some(quote!(
                #[doc = " A tag that this version of the SDK does not know."]
                Other(crate::runtime::wire::Unknown)
            )),
        ),
        Openness::OpenRoot(_, unknown) => (
            Some(quote!(#[non_exhaustive])),
            Some(
                quote!(#[doc = " A subtype that this version of the SDK does not know."] Other(#unknown)),
            ),
        ),
    };
    let unknown = unknown(it);
    let accessors = it
        .accessors
        .iter()
        .flatten()
        .map(|field| accessor(it, field));
    let accessors = it
        .accessors
        .iter()
        .any(|fields| !fields.is_empty())
        .then(|| quote!(impl #name { #(#accessors)* }));
    let from = it.from.iter().map(|ancestor| from(it, ancestor));
    quote! {
        #docs
        #copy
        #non_exhaustive
        pub enum #name {
            #(#variants,)*
            #other
        }
        #accessors
        #unknown
        #(#from)*
    }
}

fn variant(variant: &RustVariant) -> TokenStream {
    let RustVariant {
        docs,
        deprecated,
        name,
        payload,
        ..
    } = variant;
    let payload = payload.as_ref().map(|payload| {
        let ty = &payload.ty;
        quote!((#ty))
    });
    quote!(#docs #deprecated #name #payload)
}

/// The type of unknown subtypes of an open root.
fn unknown(it: &RustUnion) -> Option<TokenStream> {
    let Openness::OpenRoot(base, name) = &it.openness else {
        return None;
    };
    let docs = format!(
        " A [`{}`] of a subtype that this version of the SDK does not know.",
        it.name
    );
    Some(quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name {
            pub(super) base: #base,
            pub(super) unknown: crate::runtime::wire::Unknown,
        }
        impl #name {
            pub(super) const BLANK: Self = Self {
                base: <#base as crate::runtime::wire::Blank>::BLANK,
                unknown: crate::runtime::wire::Unknown::BLANK,
            };
            /// The fields that every subtype has.
            pub fn base(&self) -> &#base {
                &self.base
            }
            /// The tag of the subtype.
            pub fn tag(&self) -> &str {
                self.unknown.tag()
            }
            /// The object as it was received.
            pub fn raw(&self) -> ::std::option::Option<&str> {
                self.unknown.raw()
            }
        }
    })
}

fn accessor(it: &RustUnion, accessor: &Accessor) -> TokenStream {
    let Accessor {
        docs,
        deprecated,
        name,
        field,
        ty,
        access,
    } = accessor;
    let arms = it.variants.iter().map(|variant| {
        let (variant, value) = (&variant.name, show(quote!(value.#field), *access));
        quote!(Self::#variant(value) => #value)
    });
    let other = match it.openness {
        Openness::OpenRoot(..) => {
            let value = show(quote!(value.base.#field), *access);
            Some(quote!(Self::Other(value) => #value))
        }
        _ => None,
    };
    quote! {
        #docs
        #deprecated
        pub fn #name(&self) -> #ty {
            match self {
                #(#arms,)*
                #other
            }
        }
    }
}

fn show(place: TokenStream, access: Access) -> TokenStream {
    match access {
        Access::Copy => place,
        Access::Reference => quote!(&#place),
        Access::Deref => quote!(#place.as_deref()),
        Access::Optional => quote!(#place.as_ref()),
    }
}

fn from(it: &RustUnion, ancestor: &Ancestor) -> TokenStream {
    let (name, ty) = (&it.name, &ancestor.ty);
    let arms = ancestor
        .variants
        .iter()
        .map(|(variant, has_payload)| take_over(ty, variant, *has_payload));
    let other = ancestor
        .open
        .then(|| quote!(#ty::Other(value) => Self::Other(value)));
    quote! {
        impl ::std::convert::From<#ty> for #name {
            #[inline]
            fn from(value: #ty) -> Self {
                match value {
                    #(#arms,)*
                    #other
                }
            }
        }
    }
}

fn take_over(ty: &TokenStream, variant: &Ident, has_payload: bool) -> TokenStream {
    if has_payload {
        quote!(#ty::#variant(value) => Self::#variant(value))
    } else {
        quote!(#ty::#variant => Self::#variant)
    }
}

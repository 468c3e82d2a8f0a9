//! Structs and aliases as a user reads them.
//!
//! In: the model. Out: tokens for `types.rs`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::model::{Conversion, RustAlias, RustField, RustMember, RustStruct, Source};

/// An alias.
pub fn alias(alias: &RustAlias) -> TokenStream {
    let RustAlias { docs, name, ty, .. } = alias;
    quote! {
        #docs
        pub type #name = #ty;
    }
}

/// A struct with its methods and conversions.
pub fn structure(it: &RustStruct) -> TokenStream {
    let RustStruct { docs, name, .. } = it;
    let generics = it.is_family().then(|| quote!(<const N: usize>));
    let members = it.members.iter().enumerate().map(|(number, member)| {
        let RustMember { docs, name: alias } = member;
        let number = Literal::usize_unsuffixed(number);
        quote!(#docs pub type #alias = #name<#number>;)
    });
    let fields = it.fields.iter().map(
        |RustField {
             docs,
             deprecated,
             name,
             ty,
             ..
         }| { quote!(#docs #deprecated pub #name: #ty) },
    );
    let methods = it.in_argument.then(|| methods(it));
    let default = it.has_default.then(|| default(it));
    let from = it.from.iter().map(|source| from(it, *source));
    let into = it.into.iter().map(|conversion| into(it, conversion));
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #name #generics {
            #(#fields,)*
        }
        #(#members)*
        #methods
        #default
        #(#from)*
        #(#into)*
    }
}

fn methods(it: &RustStruct) -> TokenStream {
    let name = &it.name;
    let required = || it.fields.iter().filter(|field| field.required);
    let parameters = required().map(|RustField { name, input, .. }| {
        let ty = &input.ty;
        quote!(#name: #ty)
    });
    let values = required().map(|RustField { name, input, .. }| {
        let value = &input.value;
        if input.is_same {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    let rest = rest(it.fields.iter().filter(|field| !field.required));
    let value = if it.has_default {
        quote!(Self::default())
    } else {
        quote!(Self { #(#values,)* #rest })
    };
    let setters = it.fields.iter().filter(|field| !field.required).map(setter);
    let docs = if it.has_default {
        " A value with nothing set."
    } else {
        " A value of what is required, nothing else set."
    };
    quote! {
        impl #name {
            #[doc = #docs]
            #[inline]
            pub fn new(#(#parameters),*) -> Self {
                #value
            }
            #(#setters)*
        }
    }
}

/// The fields that are not given: values that are no constants, then the blank value for all others.
fn rest<'a>(fields: impl Iterator<Item = &'a RustField>) -> TokenStream {
    let fields: Vec<_> = fields.collect();
    let initial: Vec<_> = fields
        .iter()
        .filter_map(|field| Some((&field.name, field.initial.as_ref()?)))
        .collect();
    let values = initial.iter().map(|(name, value)| quote!(#name: #value,));
    let blank = (initial.len() < fields.len())
        .then(|| quote!(..<Self as crate::runtime::wire::Blank>::BLANK));
    quote!(#(#values)* #blank)
}

fn setter(field: &RustField) -> TokenStream {
    let RustField {
        docs,
        deprecated,
        name,
        method,
        input,
        ..
    } = field;
    let (ty, value) = (&input.ty, &input.value);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn default(it: &RustStruct) -> TokenStream {
    let name = &it.name;
    let has_initial = it.fields.iter().any(|field| field.initial.is_some());
    let value = if has_initial {
        let rest = rest(it.fields.iter());
        quote!(Self { #rest })
    } else {
        quote!(<Self as crate::runtime::wire::Blank>::BLANK)
    };
    let (generics, number) = match it.is_family() {
        true => (quote!(<const N: usize>), quote!(<N>)),
        false => (quote!(), quote!()),
    };
    quote! {
        impl #generics ::std::default::Default for #name #number {
            #[inline]
            fn default() -> Self {
                #value
            }
        }
    }
}

fn from(it: &RustStruct, source: Source) -> TokenStream {
    let name = &it.name;
    match source {
        Source::Unit => quote! {
            impl ::std::convert::From<()> for #name {
                #[inline]
                fn from((): ()) -> Self {
                    Self::new()
                }
            }
        },
        Source::Text => quote! {
            impl ::std::convert::From<&str> for #name {
                #[inline]
                fn from(value: &str) -> Self {
                    Self::new(value)
                }
            }
            impl ::std::convert::From<::std::string::String> for #name {
                #[inline]
                fn from(value: ::std::string::String) -> Self {
                    Self::new(value)
                }
            }
        },
    }
}

fn into(it: &RustStruct, conversion: &Conversion) -> TokenStream {
    let name = &it.name;
    let parameter = match conversion {
        Conversion::Struct { fields, .. } if fields.is_empty() => quote!(_),
        _ => quote!(value),
    };
    let (to, value) = match conversion {
        Conversion::Struct { to, fields } => (to, quote!(Self { #(#fields: value.#fields,)* })),
        Conversion::Variant {
            to,
            variant,
            boxed: true,
        } => (to, quote!(Self::#variant(::std::boxed::Box::new(value)))),
        Conversion::Variant {
            to,
            variant,
            boxed: false,
        } => (to, quote!(Self::#variant(value))),
    };
    quote! {
        impl ::std::convert::From<#name> for #to {
            #[inline]
            fn from(#parameter: #name) -> Self {
                #value
            }
        }
    }
}

//! Routes: facts, handles and the methods that make calls.
//!
//! In: the model. Out: tokens for `routes.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Handle, Method, Routes, RustRoute};

/// The whole file.
pub fn routes(it: &Routes, has_types: bool) -> TokenStream {
    let uses = &it.uses;
    let types = has_types.then(|| {
        quote!(
            use super::types::*;
        )
    });
    let facts = it.routes.iter().map(facts);
    let handles = it
        .handles
        .iter()
        .map(|handle| self::handle(handle, &it.routes));
    quote! {
        #types
        #(use super::super::#uses;)*
        #(#handles)*
        #(#facts)*
    }
}

/// What is only there with the feature `preview`.
pub fn gate(preview: bool) -> Option<TokenStream> {
    preview.then(|| quote!(#[cfg(feature = "preview")]))
}

fn facts(route: &RustRoute) -> TokenStream {
    let RustRoute {
        docs,
        constant,
        facts,
        ..
    } = route;
    let gate = gate(route.preview);
    quote! {
        #docs
        #gate
        pub static #constant: crate::runtime::Route = #facts;
    }
}

fn handle(handle: &Handle, routes: &[RustRoute]) -> TokenStream {
    let Handle { docs, name, .. } = handle;
    let gate = gate(handle.preview);
    let methods = handle
        .methods
        .iter()
        .filter_map(|method| Some(self::method(method, routes.get(method.route)?)));
    quote! {
        #docs
        #gate
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'a> {
            client: &'a crate::runtime::Client,
        }
        #gate
        impl<'a> #name<'a> {
            #[inline]
            pub(crate) fn new(client: &'a crate::runtime::Client) -> Self {
                Self { client }
            }
            #(#methods)*
        }
    }
}

fn method(method: &Method, route: &RustRoute) -> TokenStream {
    let docs = &method.docs;
    let RustRoute {
        deprecated,
        method,
        constant,
        call,
        output,
        error,
        ..
    } = route;
    let gate = gate(route.preview);
    let (parameter, value) = match &route.arg {
        Some(ty) => (
            Some(quote!(arg: impl ::std::convert::Into<#ty>,)),
            quote!(arg.into()),
        ),
        None => (None, quote!(())),
    };
    let upload = call == "upload";
    let body = upload.then(|| quote!(body: impl ::std::convert::Into<crate::runtime::UploadBody>,));
    let content = upload.then(|| quote!(, body.into()));
    quote! {
        #docs
        #deprecated
        #gate
        #[inline]
        pub fn #method(&self, #parameter #body) -> crate::runtime::Call<#output, #error> {
            crate::runtime::Call::#call(self.client, &#constant, #value #content)
        }
    }
}

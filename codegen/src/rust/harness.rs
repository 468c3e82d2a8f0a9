//! Tables of all generated types and calls, for tests that walk over them.
//!
//! In: the whole spec with its names. Out: files of the crate `tests`; what they name is in its module `harness`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use stone_parser::ir::{Api, Json, NamespaceId, RouteId, Type};

use super::attributes::Style;
use super::model::ident;
use super::plan::Client;
use super::{Context, file};

/// The files by path, relative to the crate `tests`.
pub fn harness(cx: &Context<'_>) -> BTreeMap<String, String> {
    let modules = quote!(
        pub mod calls;
        pub mod types;
    );
    [("mod", modules), ("types", types(cx)), ("calls", calls(cx))]
        .into_iter()
        .map(|(name, tokens)| (format!("src/generated/{name}.rs"), file::text(tokens)))
        .collect()
}

/// Every struct and union under its name in the spec.
fn types(cx: &Context<'_>) -> TokenStream {
    let namespaces = &cx.api.namespaces;
    let structs = namespaces
        .iter()
        .flat_map(|namespace| &namespace.structs)
        .map(|id| Type::Struct(*id));
    let unions = namespaces
        .iter()
        .flat_map(|namespace| &namespace.unions)
        .map(|id| Type::Union(*id));
    let mut named: Vec<_> = structs
        .chain(unions)
        .filter_map(|ty| path(cx, &ty))
        .collect();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    let cases = named
        .iter()
        .map(|(name, path)| quote!(TypeCase { name: #name, again: again::<#path> }));
    quote! {
        use crate::harness::{TypeCase, again};
        #[doc = " All generated types by name."]
        pub static TYPES: &[TypeCase] = &[#(#cases),*];
    }
}

/// Every route on every kind of client that can call it.
fn calls(cx: &Context<'_>) -> TokenStream {
    let routes = cx
        .api
        .namespaces
        .iter()
        .flat_map(|namespace| &namespace.routes);
    let cases = routes.flat_map(|id| {
        let callable = |client: &Client| cx.attributes[id.index()].callable_by(*client);
        Client::ALL
            .into_iter()
            .filter(callable)
            .map(|client| call(cx, *id, client))
    });
    quote! {
        use crate::harness::{CallCase, arg, download, rpc, upload_body};
        #[doc = " All generated routes by name, once for each client that can call them."]
        pub static CALLS: &[CallCase] = &[#(#cases),*];
    }
}

fn call(cx: &Context<'_>, id: RouteId, client: Client) -> TokenStream {
    let route = &cx.api[id];
    let names = cx.names.route(id);
    let module = ident(cx.names.module(route.namespace));
    let (constant, method) = (ident(&names.constant), ident(&names.method));
    let client = ident(&client.attribute().to_lowercase());
    let client_name = client.to_string();
    let example = example(cx.api, &route.arg).map_or_else(|| "{}".into(), |json| json.to_string());
    let result = match example_of_result(cx.api, &route.result) {
        Some(json) => {
            let text = json.to_string();
            quote!(::std::option::Option::Some(#text))
        }
        None => quote!(::std::option::Option::None),
    };
    let (decode, argument) = match path(cx, cx.api.strip(&route.arg).0) {
        Some((_, ty)) => (quote!(let value: #ty = arg(text)?;), Some(quote!(value))),
        None => (quote!(let _ = text;), None),
    };
    let style = cx.attributes[id.index()].style;
    let body = matches!(style, Style::Upload).then(|| quote!(upload_body()));
    let arguments = argument.into_iter().chain(body);
    let send = ident(if matches!(style, Style::Download) {
        "download"
    } else {
        "rpc"
    });
    quote! {
        CallCase {
            client: #client_name,
            route: &generated_sdk::#module::#constant,
            arg: #example,
            result: #result,
            send: |clients, text| ::std::boxed::Box::pin(async move {
                #decode
                #send(clients.#client.#module().#method(#(#arguments),*)).await
            }),
        }
    }
}

/// Name in the spec and path in Rust of a struct or union.
fn path(cx: &Context<'_>, ty: &Type) -> Option<(String, TokenStream)> {
    let (namespace, spec_name, name): (NamespaceId, &str, &str) = match ty {
        Type::Struct(id) => (
            cx.api[*id].namespace,
            &cx.api[*id].name,
            cx.names.structure(*id),
        ),
        Type::Union(id) => (
            cx.api[*id].namespace,
            &cx.api[*id].name,
            cx.names.union(*id),
        ),
        _ => return None,
    };
    let (module, name) = (ident(cx.names.module(namespace)), ident(name));
    Some((
        cx.api.qualified(namespace, spec_name),
        quote!(generated_sdk::#module::#name),
    ))
}

fn example<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Json> {
    match api.strip(ty).0 {
        Type::Void => Some(&Json::Null),
        Type::Struct(id) => api[*id].examples.first().map(|example| &example.value),
        Type::Union(id) => api[*id].examples.first().map(|example| &example.value),
        _ => None,
    }
}

/// A result to answer with; lists of things that have examples hold one item.
fn example_of_result(api: &Api, ty: &Type) -> Option<Json> {
    match api.strip(ty).0 {
        Type::List(list) => example(api, &list.item).map(|item| Json::Array(vec![item.clone()])),
        other => example(api, other).cloned(),
    }
}

//! The Rust SDK.
//!
//! In: the IR and what `sdk.toml` adds. Out: the text of every generated file. Data flows from `plan`, `names`,
//! `families`, `attributes` and `deps`, which look at the whole spec, through `lower`, which decides what each item becomes, to
//! the templates `structs`, `unions`, `codec`, `routes` and `file`, which only print.

pub(crate) mod attributes;
mod codec;
mod counts;
mod deps;
mod docs;
mod error_paths;
mod families;
mod features;
mod file;
mod harness;
mod lower;
mod manifest;
mod markdown;
mod model;
pub(crate) mod names;
mod patterns;
pub(crate) mod plan;
mod prelude;
mod routes;
mod starts;
mod structs;
mod unions;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use stone_parser::diagnostic::Diagnostics;
use stone_parser::ir::{Api, NamespaceId};

pub use counts::counts;
pub use features::rewrite as features;
pub use harness::harness;
pub use manifest::manifest;

use crate::facts::Facts;
use attributes::Attributes;
use deps::Dependencies;
use families::Families;
use model::{Handle, Routes, Types, ident};
use names::Names;
use plan::{Client, Plan};
use prelude::Prelude;

/// A spec with all that is known of it as a whole.
pub struct Context<'a> {
    /// The spec.
    pub api: &'a Api,
    /// What `sdk.toml` adds.
    pub facts: &'a Facts,
    /// Names of items.
    pub names: Names,
    /// Boxes and reachability.
    pub plan: Plan,
    /// Structs that share their code.
    pub families: Families,
    /// Attributes of routes, by id.
    pub attributes: Vec<Attributes>,
    /// Which namespaces need which.
    pub dependencies: Dependencies,
}

impl<'a> Context<'a> {
    /// Looks at the whole spec.
    pub fn new(api: &'a Api, facts: &'a Facts, found: &mut Diagnostics) -> Self {
        attributes::check_urls(api, found);
        let mut names = Names::new(api);
        let plan = Plan::new(api, found);
        Self {
            api,
            facts,
            families: Families::new(api, facts, &plan, &mut names),
            names,
            plan,
            attributes: Attributes::all(api, found),
            dependencies: Dependencies::new(api),
        }
    }
}

/// The files of the generated tree by path.
pub fn generate(cx: &Context<'_>, found: &mut Diagnostics) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let ids = (0..cx.api.namespaces.len()).map(|index| NamespaceId(index as u32));
    let all: Vec<_> = ids
        .map(|id| (id, namespace(cx, id, &mut files, found)))
        .collect();
    let root = file::text(root(cx, &all));
    files.insert("src/generated/mod.rs".into(), root);
    files
}

/// Adds the files of a namespace and gives back its routes.
fn namespace(
    cx: &Context<'_>,
    id: NamespaceId,
    files: &mut BTreeMap<String, String>,
    found: &mut Diagnostics,
) -> Option<Routes> {
    let types = lower::types(cx, id, found);
    let routes = lower::routes(cx, id, found);
    let docs = lower::namespace_docs(cx, id);
    let folder = format!("src/generated/{}", cx.names.module(id));
    let mut add = |name: &str, text| drop(files.insert(format!("{folder}/{name}.rs"), text));
    let mut modules = TokenStream::new();
    let has_types = !types.is_empty();
    let prelude = Prelude::beside(&types);
    if has_types {
        add("types", file::text(prelude.shorten(self::types(&types))));
        add("codec", codec::codec(&types));
        // Codecs and conversions touch deprecated fields, and nothing has to use the constraints of an alias. Variants
        // have the sizes that the API gives them, `Clone` and `PartialEq` go through the table for all types alike,
        // beside a derived `Copy` or `Hash`, too, and of names that meet later ones get a number.
        modules.extend(quote! {
            #[allow(dead_code, deprecated, clippy::expl_impl_clone_on_copy, clippy::non_canonical_clone_impl)]
            pub(crate) mod codec;
            #[allow(deprecated, non_camel_case_types, clippy::derived_hash_with_manual_eq, clippy::large_enum_variant)]
            mod types;
            pub use types::*;
        });
    }
    if let Some(routes) = &routes {
        let gate = routes::gate(routes.handles.iter().all(|handle| handle.preview));
        let routes = prelude.shorten(routes::routes(routes, has_types));
        add("routes", file::text(routes));
        // What only routes in preview name is not needed without them.
        modules.extend(quote! {
            #gate
            #[allow(non_camel_case_types, unused_imports)]
            mod routes;
            #gate
            pub use routes::*;
        });
    }
    let docs = docs.inner();
    add("mod", file::text(quote!(#docs #modules)));
    routes
}

fn types(types: &Types) -> TokenStream {
    let uses = &types.uses;
    let aliases = types.aliases.iter().map(structs::alias);
    let structs = types.structs.iter().map(structs::structure);
    let unions = types.unions.iter().map(unions::union);
    quote! {
        #(use super::super::#uses;)*
        #(#aliases)*
        #(#structs)*
        #(#unions)*
    }
}

/// The module above all namespaces, with the methods of clients that lead into them.
fn root(cx: &Context<'_>, all: &[(NamespaceId, Option<Routes>)]) -> TokenStream {
    let modules = all.iter().map(|(id, _)| {
        let (feature, module) = (
            names::feature(&cx.api[*id].name),
            ident(cx.names.module(*id)),
        );
        quote!(#[cfg(feature = #feature)] pub mod #module;)
    });
    let listed = all
        .iter()
        .map(|(id, routes)| listed(cx, *id, routes.as_ref()));
    let handles = || {
        all.iter()
            .flat_map(|(id, routes)| routes.iter().map(move |routes| (id, routes)))
            .flat_map(|(id, routes)| routes.handles.iter().map(move |handle| (*id, handle)))
    };
    let clients = Client::ALL.into_iter().filter_map(|client| {
        let of_client = handles().filter(|(_, handle)| handle.client == client);
        let accessors: Vec<_> = of_client
            .map(|(id, handle)| accessor(cx, id, handle))
            .collect();
        let name = ident(&format!("{}Client", client.name()));
        (!accessors.is_empty()).then(|| quote!(impl crate::runtime::#name { #(#accessors)* }))
    });
    quote! {
        #(#modules)*
        #(#clients)*
        /// The namespaces that are compiled in, with their routes.
        pub static NAMESPACES: &[(&str, &[&crate::runtime::Route])] = &[#(#listed),*];
    }
}

/// A namespace in the list of all that is compiled in.
fn listed(cx: &Context<'_>, id: NamespaceId, routes: Option<&Routes>) -> TokenStream {
    let name = &cx.api[id].name;
    let (feature, module) = (names::feature(name), ident(cx.names.module(id)));
    let routes = routes.into_iter().flat_map(|routes| &routes.routes);
    let routes = routes.map(|route| {
        let (gate, constant) = (routes::gate(route.preview), &route.constant);
        quote!(#gate &#module::#constant)
    });
    quote!(#[cfg(feature = #feature)] (#name, &[#(#routes),*]))
}

fn accessor(cx: &Context<'_>, id: NamespaceId, handle: &Handle) -> TokenStream {
    let namespace = &cx.api[id].name;
    let (feature, module, name) = (
        names::feature(namespace),
        ident(cx.names.module(id)),
        &handle.name,
    );
    let docs = format!(" Routes of `{namespace}`.");
    let gate = if handle.preview {
        quote!(#[cfg(all(feature = #feature, feature = "preview"))])
    } else {
        quote!(#[cfg(feature = #feature)])
    };
    quote! {
        #[doc = #docs]
        #gate
        pub fn #module(&self) -> #module::#name<'_> {
            #module::#name::new(self.core())
        }
    }
}

//! Routes and the handles on which they are called.
//!
//! In: routes of the IR with their attributes. Out: [`Routes`].

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{RouteId, Type};

use super::Lower;
use crate::facts::{Presence, RepeatSafety, content_hash};
use crate::rust::attributes::{Attributes, Style};
use crate::rust::docs::{Linker, Place};
use crate::rust::error_paths::error_paths;
use crate::rust::markdown::code;
use crate::rust::model::{Deprecated, Docs, Handle, Method, Routes, RustRoute, ident};
use crate::rust::plan::Client;

impl Lower<'_> {
    /// All routes of the namespace.
    pub fn routes(&mut self) -> Routes {
        let ids = &self.cx.api[self.here].routes;
        let routes: Vec<_> = ids.iter().map(|id| self.route(*id)).collect();
        let handles = Client::ALL
            .into_iter()
            .filter_map(|client| self.handle(client))
            .collect();
        Routes {
            uses: self.uses(),
            handles,
            routes,
        }
    }

    fn handle(&self, client: Client) -> Option<Handle> {
        let cx = self.cx;
        let ids = &cx.api[self.here].routes;
        let attributes = |id: &RouteId| &cx.attributes[id.index()];
        let callable = ids
            .iter()
            .enumerate()
            .filter(|(_, id)| attributes(id).callable_by(client));
        let methods: Vec<_> = callable
            .map(|(route, id)| Method {
                docs: self.route_docs(*id, client),
                route,
            })
            .collect();
        let of_handle = |method: &Method| attributes(&ids[method.route]);
        let namespace = &cx.api[self.here].name;
        let docs = format!(
            "Routes of `{namespace}` that a [`{0}Client`](crate::{0}Client) can call.",
            client.name()
        );
        (!methods.is_empty()).then(|| Handle {
            docs: Docs(vec![docs]),
            name: ident(cx.names.handle(self.here, client)),
            client,
            preview: methods.iter().all(|method| of_handle(method).preview),
            methods,
        })
    }

    fn route(&mut self, id: RouteId) -> RustRoute {
        let cx = self.cx;
        let route = &cx.api[id];
        let attributes = &cx.attributes[id.index()];
        let names = cx.names.route(id);
        let result = self.ty(&route.result, route.span);
        let (call, output) = match attributes.style {
            Style::Rpc => ("rpc", result),
            Style::Upload => ("upload", result),
            Style::Download => ("download", quote!(crate::runtime::Download<#result>)),
        };
        let has_arg = !matches!(cx.api.unalias(&route.arg), Type::Void);
        RustRoute {
            docs: Docs(vec![format!(
                "Facts about the route `{}`.",
                cx.api.url_path(id)
            )]),
            deprecated: self.route_deprecation(id),
            preview: attributes.preview,
            method: ident(&names.method),
            constant: ident(&names.constant),
            facts: self.facts(id),
            call: ident(call),
            arg: has_arg.then(|| self.ty(&route.arg, route.span)),
            output,
            error: self.ty(&route.error, route.span),
        }
    }

    fn facts(&mut self, id: RouteId) -> TokenStream {
        let cx = self.cx;
        let (route, attributes) = (&cx.api[id], &cx.attributes[id.index()]);
        let (namespace, name) = (&cx.api[route.namespace].name, &route.name);
        let version = proc_macro2::Literal::u64_unsuffixed(route.version);
        let path = format!("/2/{}", cx.api.url_path(id));
        let style = ident(match attributes.style {
            Style::Rpc => "Rpc",
            Style::Upload => "Upload",
            Style::Download => "Download",
        });
        let host = ident(attributes.host);
        let auth = attributes.auth.iter().map(|client| ident(client.name()));
        let scope = option(attributes.scope.as_ref().map(|scope| quote!(#scope)));
        let select_admin = attributes.select_admin.map(|(_, mode)| ident(mode));
        let select_admin =
            option(select_admin.map(|mode| quote!(crate::runtime::SelectAdmin::#mode)));
        let (app_folder, preview) = (attributes.app_folder, attributes.preview);
        let deprecated = route.deprecated.is_some();
        let repeat = ident(match cx.facts.repeat(id) {
            RepeatSafety::Read => "Read",
            RepeatSafety::Repeatable => "Repeatable",
            RepeatSafety::Recoverable => "Recoverable",
            RepeatSafety::Once => "Once",
        });
        let content_hash = self.content_hash(id);
        let try_again = self.try_again(id);
        quote!(crate::runtime::Route {
            namespace: #namespace,
            name: #name,
            version: #version,
            path: #path,
            style: crate::runtime::Style::#style,
            host: crate::runtime::Host::#host,
            auth: &[#(crate::runtime::Auth::#auth),*],
            scope: #scope,
            select_admin: #select_admin,
            app_folder: #app_folder,
            preview: #preview,
            deprecated: #deprecated,
            content_hash: #content_hash,
            repeat: crate::runtime::RepeatSafety::#repeat,
            try_again: &[#(#try_again),*],
        })
    }

    /// Whether the hash of the content can be sent with it, or comes with it.
    fn content_hash(&self, id: RouteId) -> bool {
        let cx = self.cx;
        match cx.attributes[id.index()].style {
            Style::Rpc => false,
            Style::Upload => content_hash(cx.api, &cx.api[id].arg) == Some(Presence::Optional),
            Style::Download => cx.facts.hashed_downloads.contains(&id),
        }
    }

    /// Ways through the error to tags that say that the same call may succeed later.
    fn try_again(&mut self, id: RouteId) -> BTreeSet<String> {
        let (route, ends) = (&self.cx.api[id], &self.cx.facts.try_again);
        if ends.is_empty() {
            return BTreeSet::new();
        }
        error_paths(self.cx.api, &route.error, ends).unwrap_or_else(|| {
            let message = format!("the error of `{}` holds too many errors", route.name);
            let help = "hold errors in fewer places of each other";
            self.report(Code::ErrorPaths, route.span, message, help);
            BTreeSet::new()
        })
    }

    fn successor(&self, id: RouteId) -> Option<RouteId> {
        let said = self.cx.api[id]
            .deprecated
            .as_ref()
            .and_then(|deprecation| deprecation.by);
        said.or_else(|| self.cx.facts.replaced_by.get(&id).copied())
            .filter(|by| *by != id)
    }

    fn route_deprecation(&self, id: RouteId) -> Option<Deprecated> {
        let cx = self.cx;
        cx.api[id].deprecated.as_ref()?;
        Some(Deprecated(match self.successor(id) {
            Some(by) if cx.api[by].namespace == self.here => {
                format!("use `{}`", cx.names.route(by).method)
            }
            Some(by) => format!("use `{}`", cx.api.url_path(by)),
            None => "the API marks it as deprecated and names no replacement".into(),
        }))
    }

    /// The docstring, then facts, then an example of the argument.
    fn route_docs(&self, id: RouteId, client: Client) -> Docs {
        let cx = self.cx;
        let route = &cx.api[id];
        let preview = cx.attributes[id.index()].preview;
        let linker = Linker {
            place: Place::Routes,
            preview,
            client: Some(client),
            ..self.linker()
        };
        let otherwise = || format!("The route `{}`.", cx.api.url_path(id));
        let mut docs = Docs(linker.lines(route.doc.as_ref(), otherwise));
        docs.paragraph(self.route_facts(id, &linker));
        docs.paragraph(self.argument_example(&route.arg));
        docs
    }

    fn route_facts(&self, id: RouteId, linker: &Linker<'_>) -> Vec<String> {
        let route = &self.cx.api[id];
        let attributes = &self.cx.attributes[id.index()];
        let auth: Vec<_> = attributes
            .auth
            .iter()
            .map(|client| client.attribute())
            .collect();
        let style = match attributes.style {
            Style::Rpc => "rpc",
            Style::Upload => "upload",
            Style::Download => "download",
        };
        let host = attributes.host.to_ascii_lowercase();
        let mut facts = vec![
            format!(
                "* Route: {}, {style} on host `{host}`",
                code(&format!("/2/{}", self.cx.api.url_path(id)))
            ),
            format!("* Authentication: {}", auth.join(" or ")),
        ];
        facts.extend(
            attributes
                .scope
                .as_ref()
                .map(|scope| format!("* Scope: {}", code(scope))),
        );
        facts.extend(select_admin(attributes));
        facts.push(format!(
            "* Apps confined to a folder: {}",
            if attributes.app_folder { "yes" } else { "no" }
        ));
        facts.push(match linker.ty(&route.error) {
            link if link.is_empty() => "* Errors of its own: none".into(),
            link => format!("* Errors of its own: {link}"),
        });
        facts.push(format!(
            "* Safe to repeat: {}",
            match self.cx.facts.repeat(id) {
                RepeatSafety::Read => "yes, it only reads",
                RepeatSafety::Repeatable => "yes, with the same outcome",
                RepeatSafety::Recoverable => "yes, but it fails if there is nothing left to do",
                RepeatSafety::Once => "no",
            }
        ));
        if self.content_hash(id) {
            facts.push(match attributes.style {
                Style::Download => "* Content hash: in the result".into(),
                _ => "* Content hash: sent along unless the argument has one".into(),
            });
        }
        if attributes.preview {
            facts.push("* In preview: it may change or go away".into());
        }
        if route.deprecated.is_some() {
            let successor = self
                .successor(id)
                .map(|by| format!("; use {}", linker.route(by)));
            facts.push(format!("* Deprecated{}", successor.unwrap_or_default()));
        }
        facts
    }

    fn argument_example(&self, arg: &Type) -> Vec<String> {
        let api = self.cx.api;
        let example = match api.strip(arg).0 {
            Type::Struct(id) => api[*id].examples.first(),
            Type::Union(id) => api[*id].examples.first(),
            _ => None,
        };
        let Some(example) = example else {
            return Vec::new();
        };
        let mut lines = vec![
            "An argument as JSON:".into(),
            String::new(),
            "```json".into(),
        ];
        lines.extend(example.value.to_string().lines().map(str::to_owned));
        lines.push("```".into());
        lines
    }
}

/// Whether a team's admin can make the call; this is about the files of users.
fn select_admin(attributes: &Attributes) -> Option<String> {
    let mode = attributes
        .select_admin
        .map(|(mode, _)| format!("* As a team's admin: yes, mode `{mode}`"));
    let is_for_users = attributes.auth.contains(&Client::User);
    mode.or_else(|| is_for_users.then(|| "* As a team's admin: no".into()))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

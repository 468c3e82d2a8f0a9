//! Docstrings as doc comments.
//!
//! In: docstrings with resolved references. Out: lines of Markdown, references as intra-doc links wherever the target
//! is compiled when the item is.

use stone_parser::ir::{Doc, DocPart, NamespaceId, RouteId, StructId, Type, UnionId};

use super::Context;
use super::markdown::{code, escape, wrap};
use super::names;
use super::plan::Client;

/// The module in which a doc comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `<namespace>/mod.rs`
    Namespace,
    /// `<namespace>/types.rs`
    Types,
    /// `<namespace>/routes.rs`
    Routes,
}

/// The item to which a doc comment belongs.
#[derive(Clone, Copy)]
pub struct Linker<'a> {
    /// The spec with all that is known of it.
    pub cx: &'a Context<'a>,
    /// Its namespace.
    pub here: NamespaceId,
    /// Its module.
    pub place: Place,
    /// Whether it is compiled with the feature `preview` only.
    pub preview: bool,
    /// The client whose handle it is on.
    pub client: Option<Client>,
}

/// Names that are derive macros, too; links to types called so must say that they mean a type.
const MACROS: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

impl Linker<'_> {
    /// Lines of a docstring, or of `otherwise` where there is none.
    pub fn lines(&self, doc: Option<&Doc>, otherwise: impl FnOnce() -> String) -> Vec<String> {
        let lines = doc.map(|doc| wrap(&self.markdown(doc))).unwrap_or_default();
        if lines.is_empty() {
            wrap(&otherwise())
        } else {
            lines
        }
    }

    fn markdown(&self, doc: &Doc) -> String {
        doc.parts.iter().map(|part| self.part(part)).collect()
    }

    fn part(&self, part: &DocPart) -> String {
        match part {
            DocPart::Text(text) => escape(text),
            DocPart::Val(value) => code(value),
            DocPart::Link { title, uri } => link(title, uri),
            DocPart::Type(ty) => self.ty(ty),
            DocPart::Field(id, name) => self.field(*id, name),
            DocPart::Tag(id, name) => self.tag(*id, name),
            DocPart::Route(id) => self.route(*id),
        }
    }

    /// A link to the type of a struct or union.
    pub fn ty(&self, ty: &Type) -> String {
        let (names, api) = (&self.cx.names, self.cx.api);
        match ty {
            Type::Struct(id) => self.to(api[*id].namespace, names.structure(*id)),
            Type::Union(id) => self.to(api[*id].namespace, names.union(*id)),
            Type::Alias(id) => self.to(api[*id].namespace, names.alias(*id)),
            _ => String::new(),
        }
    }

    fn field(&self, id: StructId, name: &str) -> String {
        let fields = names::fields(self.cx.api, id);
        let field = fields.iter().find(|field| field.field.name == name);
        let holder = self.cx.names.holder(id);
        // Setters are named like their fields.
        let kind = if self.cx.plan.in_argument(id) {
            "field@"
        } else {
            ""
        };
        match field {
            Some(field) => self.member(self.cx.api[id].namespace, kind, holder, &field.name),
            None => code(name),
        }
    }

    fn tag(&self, id: UnionId, name: &str) -> String {
        let api = self.cx.api;
        let tags = names::tags(api, id);
        let tag = tags.iter().find(|tag| tag.tag.name == name);
        // The catch-all is no tag of its own.
        let catch_all = (name == "other" && api[id].catch_all.is_some()).then_some("Other");
        match tag.map(|tag| tag.name.as_str()).or(catch_all) {
            Some(variant) => self.member(api[id].namespace, "", self.cx.names.union(id), variant),
            None => code(name),
        }
    }

    /// A link to the method of a route, on the same handle if it is there.
    pub fn route(&self, id: RouteId) -> String {
        let attributes = &self.cx.attributes[id.index()];
        let namespace = self.cx.api[id].namespace;
        let method = &self.cx.names.route(id).method;
        let same = self.client.filter(|client| attributes.callable_by(*client));
        let client = same.or_else(|| attributes.auth.first().copied());
        match client {
            Some(client) if self.preview || !attributes.preview => {
                let handle = self.cx.names.handle(namespace, client);
                let text = if namespace == self.here {
                    method
                } else {
                    &self.cx.api.url_path(id)
                };
                match self.path(namespace, handle, Place::Routes) {
                    Some(path) => format!("[`{text}`]({path}::{method})"),
                    None => code(text),
                }
            }
            _ => code(&self.cx.api.url_path(id)),
        }
    }

    fn to(&self, namespace: NamespaceId, name: &str) -> String {
        match self.path(namespace, name, Place::Types) {
            Some(path) if path == name && !MACROS.contains(&name) => format!("[`{name}`]"),
            Some(path) if MACROS.contains(&name) => format!("[`{name}`](type@{path})"),
            Some(path) => format!("[`{name}`]({path})"),
            None => code(name),
        }
    }

    fn member(&self, namespace: NamespaceId, kind: &str, owner: &str, member: &str) -> String {
        match self.path(namespace, owner, Place::Types) {
            Some(path) if path == owner && kind.is_empty() => format!("[`{owner}::{member}`]"),
            Some(path) => format!("[`{owner}::{member}`]({kind}{path}::{member})"),
            None => code(&format!("{owner}::{member}")),
        }
    }

    /// The path of a name in a module of a namespace as it is seen from here, if it is compiled whenever this is.
    fn path(&self, namespace: NamespaceId, name: &str, target: Place) -> Option<String> {
        if namespace == self.here {
            // Routes see the types of their namespace, but types do not see its routes.
            let hidden = self.place == Place::Types && target == Place::Routes;
            return Some(if hidden {
                format!("super::{name}")
            } else {
                name.into()
            });
        }
        let up = if self.place == Place::Namespace {
            "super"
        } else {
            "super::super"
        };
        let reached = self.cx.dependencies.reaches(self.here, namespace);
        reached.then(|| format!("{up}::{}::{name}", self.cx.names.module(namespace)))
    }
}

fn link(title: &str, uri: &str) -> String {
    let plain = uri.starts_with("http")
        && !uri.contains(|c: char| "<>()[]`\\".contains(c))
        && !title.contains("://");
    if plain {
        format!("[{}]({uri})", escape(title))
    } else {
        escape(&format!("{title} ({uri})"))
    }
}

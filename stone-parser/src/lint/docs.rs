//! Names in docs that could be references.
//!
//! In: the docstrings of the AST and what the IR defines. Out: a warning for each name of a type or route that stands
//! there as plain text. To be sure that the name is meant, only these count: in backquotes, a type, a member of a type
//! behind a dot, or a route whose name has more than one word; without backquotes, a type whose name has more than one
//! capital.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::walk::{self, Visitor};
use crate::ast::{Doc, File, Item, Path};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Namespace, Type};
use crate::lower::docs::raw_ranges;
use crate::source::{SourceMap, Span};

/// Looks at the docs of all files.
pub(super) fn lint(files: &[File], sources: &SourceMap, api: &Api, found: &mut Diagnostics) {
    let names = Names::new(api);
    for file in files {
        let Some(Item::Namespace(header)) = file.items.first() else {
            continue;
        };
        let imports = file.items.iter().filter_map(|item| match item {
            Item::Import(import) => Some(import.name.text.as_str()),
            _ => None,
        });
        let mut reader = Reader {
            sources,
            names: &names,
            namespace: &header.name.text,
            imports: imports.collect(),
            owners: Vec::new(),
            found,
        };
        file.items
            .iter()
            .for_each(|item| walk::item(item, &mut reader));
    }
}

/// What can be referred to, by namespace.
struct Names<'a> {
    api: &'a Api,
    types: HashMap<&'a str, HashMap<&'a str, Type>>,
    routes: HashMap<&'a str, HashSet<&'a str>>,
}

impl<'a> Names<'a> {
    fn new(api: &'a Api) -> Self {
        let types = |namespace: &'a Namespace| {
            let structs = namespace.structs.iter();
            let structs = structs.map(|id| (api[*id].name.as_str(), Type::Struct(*id)));
            let unions = namespace.unions.iter();
            structs
                .chain(unions.map(|id| (api[*id].name.as_str(), Type::Union(*id))))
                .collect()
        };
        let routes = |namespace: &'a Namespace| {
            let routes = namespace.routes.iter();
            routes.map(|id| api[*id].name.as_str()).collect()
        };
        let namespaces = || api.namespaces.iter();
        Self {
            api,
            types: namespaces().map(|n| (n.name.as_str(), types(n))).collect(),
            routes: namespaces().map(|n| (n.name.as_str(), routes(n))).collect(),
        }
    }

    fn ty(&self, namespace: &str, name: &str) -> Option<&Type> {
        self.types.get(namespace)?.get(name)
    }

    fn has_route(&self, namespace: &str, name: &str) -> bool {
        let routes = self.routes.get(namespace);
        name.contains(['_', '/']) && routes.is_some_and(|routes| routes.contains(name))
    }

    fn has_member(&self, ty: &Type, name: &str) -> bool {
        match ty {
            Type::Struct(id) => self.api.all_fields(*id).any(|field| field.name == name),
            Type::Union(id) => self.api.all_tags(*id).any(|tag| tag.name == name),
            _ => false,
        }
    }
}

/// Reads the docs of a file.
struct Reader<'r, 'a> {
    sources: &'r SourceMap,
    names: &'r Names<'r>,
    namespace: &'a str,
    imports: HashSet<&'a str>,
    /// The types around the docstring at hand.
    owners: Vec<&'a str>,
    found: &'r mut Diagnostics,
}

impl<'a> Visitor<'a> for Reader<'_, 'a> {
    fn path(&mut self, _: &'a Path) {}

    fn doc(&mut self, doc: &'a Doc) {
        let token = self.sources.slice(doc.span);
        let tagged = raw_ranges(token);
        for (range, quoted) in candidates(token, &tagged) {
            let name = &token[range.clone()];
            let is_meant = quoted || capitals(name) > 1;
            let tag = is_meant.then(|| self.tag(name, quoted)).flatten();
            if let Some(tag) = tag {
                let start = doc.span.start as usize;
                let span = Span::new(doc.span.file, start + range.start, start + range.end);
                self.found.push(untagged(span, tag, name));
            }
        }
    }

    fn enter(&mut self, name: &'a str) {
        self.owners.push(name);
    }

    fn leave(&mut self) {
        self.owners.pop();
    }
}

impl Reader<'_, '_> {
    /// The tag with which the name would be a reference.
    fn tag(&self, name: &str, quoted: bool) -> Option<&'static str> {
        let (namespace, local) = match name.split_once('.') {
            Some((prefix, local)) if self.imports.contains(prefix) => (prefix, local),
            _ => (self.namespace, name),
        };
        if self.owners.last() == Some(&name) {
            return None;
        }
        if self.names.ty(namespace, local).is_some() {
            return Some("type");
        }
        let (ty, member) = local.split_once('.').unwrap_or((local, ""));
        if let Some(ty) = self.names.ty(namespace, ty)
            && self.names.has_member(ty, member)
        {
            return Some("field");
        }
        let route = local.split_once(':').map_or(local, |(route, _)| route);
        (quoted && !self.is_own_member(local) && self.names.has_route(namespace, route))
            .then_some("route")
    }

    /// Whether the name is that of a field or tag of the type that is being documented.
    fn is_own_member(&self, name: &str) -> bool {
        let owner = self.owners.last();
        let ty = owner.and_then(|owner| self.names.ty(self.namespace, owner));
        ty.is_some_and(|ty| self.names.has_member(ty, name))
    }
}

fn untagged(span: Span, tag: &str, name: &str) -> Diagnostic {
    let message = format!("`{name}` is no reference, although it names a {tag}");
    Diagnostic::warning(Code::UntaggedReference, span, message)
        .help(format!("write :{tag}:`{name}`"))
}

fn capitals(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_uppercase).count()
}

/// Words that may be names, and whether they stand in backquotes: those outside of references.
fn candidates(token: &str, tagged: &[Range<usize>]) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut start = 0;
    let ends = tagged.iter().map(|range| range.start).chain([token.len()]);
    let nexts = tagged.iter().map(|range| range.end).chain([token.len()]);
    for (end, next) in ends.zip(nexts) {
        if let Some(plain) = token.get(start..end) {
            words(plain, start, &mut found);
        }
        start = start.max(next);
    }
    found
}

fn words(text: &str, base: usize, found: &mut Vec<(Range<usize>, bool)>) {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ':');
    let mut at = 0;
    for piece in text.split(|c| !is_name(c)) {
        let start = at;
        at += piece.len()
            + text[at + piece.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let word = piece.trim_end_matches(['.', ':', '/', '-']);
        let quoted = text[..start].ends_with('`') && text[start + word.len()..].starts_with('`');
        if !word.is_empty() {
            found.push((base + start..base + start + word.len(), quoted));
        }
    }
}

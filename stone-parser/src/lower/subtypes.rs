//! Enumerated subtypes: structs that list all that extend them.
//!
//! In: the nameless unions at the head of structs. Out: `subtypes` in the IR.

use std::collections::HashMap;

use crate::ast::{Path, Struct, SubtypeTag, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NamespaceId, StructId, Subtypes};
use crate::source::Span;

use super::lookup::Wanted;
use super::scope::Symbol;
use super::{Context, Definitions, graph, lookup};

/// Resolves the subtypes of all structs that list them.
pub(super) fn lower(cx: &mut Context<'_>, definitions: &Definitions<'_>) {
    let parents: Vec<_> = cx
        .api
        .structs
        .iter()
        .map(|ty| ty.extends.map(StructId::index))
        .collect();
    let children = graph::children(&parents);
    for (index, ast) in definitions.structs.iter().enumerate() {
        let Some(subtypes) = &ast.subtypes else {
            continue;
        };
        if let Some(extends) = &ast.extends {
            cx.error(has_parent(ast, extends));
        }
        let mut family = Family::new(cx, StructId(index as u32));
        subtypes.tags.iter().for_each(|tag| family.add(tag));
        if ast.extends.is_none() {
            family.check_children(&children);
        }
        let tags = family.tags;
        cx.api.structs[index].subtypes = Some(Subtypes {
            closed: subtypes.closed,
            tags,
        });
    }
}

fn has_parent(ast: &Struct, extends: &TypeRef) -> Diagnostic {
    let message = format!("`{}` lists subtypes and extends a struct", ast.name.text);
    Diagnostic::error(Code::SubtypesBelowParent, ast.name.span, message)
        .also(extends.span, "its parent")
        .help("list all subtypes in the root of the family")
}

/// A root with what is known of its subtypes so far.
struct Family<'c, 'a, 'w> {
    cx: &'c mut Context<'a>,
    root: StructId,
    at: NamespaceId,
    /// Fields of the root and type tags, with their places.
    names: HashMap<String, Span>,
    listed: HashMap<StructId, &'w SubtypeTag>,
    tags: Vec<(String, StructId)>,
    /// Whether every line named a struct, so that what is missing is really missing.
    complete: bool,
}

impl<'c, 'a, 'w> Family<'c, 'a, 'w> {
    fn new(cx: &'c mut Context<'a>, root: StructId) -> Self {
        let at = cx.api[root].namespace;
        let names = cx.api[root]
            .fields
            .iter()
            .map(|field| (field.name.clone(), field.span))
            .collect();
        Self {
            cx,
            root,
            at,
            names,
            listed: HashMap::new(),
            tags: Vec::new(),
            complete: true,
        }
    }

    fn add(&mut self, line: &'w SubtypeTag) {
        self.add_name(line);
        let Some(subtype) = self.resolve(line) else {
            self.complete = false;
            return;
        };
        let name = &self.cx.api[subtype].name;
        let problem = if let Some(first) = self.listed.insert(subtype, line) {
            Diagnostic::error(
                Code::SubtypeTwice,
                line.tag.span,
                format!("`{name}` is listed twice"),
            )
            .also(first.tag.span, "first listed here")
            .help("keep one of the two tags")
        } else if self.cx.is_incomplete_struct(subtype) && self.cx.api[subtype].extends.is_none() {
            // Its parent could not be resolved and may be meant to be this.
            return self.tags.push((line.tag.text.clone(), subtype));
        } else if self.cx.api[subtype].extends != Some(self.root) {
            let root = &self.cx.api[self.root].name;
            Diagnostic::error(
                Code::NotASubtype,
                line.tag.span,
                format!("`{name}` does not extend `{root}`"),
            )
            .also(self.cx.api[subtype].span, "defined here")
            .also(self.cx.api[self.root].span, "the root")
            .help(format!(
                "write `struct {name} extends {root}`, or remove the line"
            ))
        } else {
            return self.tags.push((line.tag.text.clone(), subtype));
        };
        self.cx.error(problem);
    }

    /// A tag differs from other tags and from the fields that stand beside it on the wire.
    fn add_name(&mut self, line: &SubtypeTag) {
        if let Some(first) = self.names.insert(line.tag.text.clone(), line.tag.span) {
            let message = format!("`{}` is also a type tag", line.tag.text);
            self.cx.error(
                Diagnostic::error(Code::SubtypeTag, first, message)
                    .also(line.tag.span, "the type tag")
                    .help("rename one of them"),
            );
        }
    }

    fn resolve(&mut self, line: &SubtypeTag) -> Option<StructId> {
        let written = &line.ty;
        // Subtypes live in the namespace of the root, so that a prefix leads nowhere.
        let local = Path {
            namespace: None,
            name: written.path.name.clone(),
        };
        let plain = written.path.namespace.is_none() && written.nullable.is_none();
        let found = match super::builtin::Builtin::named(&local.name.text) {
            Some(_) => None,
            None => Some(lookup::path(self.cx, self.at, &local, Wanted::Struct)?),
        };
        if let (Some(Symbol::Struct(id)), true) = (found.map(|found| found.symbol), plain) {
            return Some(id);
        }
        let message = format!(
            "subtype `{}` is not a struct of this namespace",
            self.cx.sources.slice(written.span)
        );
        let diagnostic = Diagnostic::error(Code::SubtypeKind, written.span, message)
            .help("name a struct directly, without alias, prefix or `?`");
        self.cx.error(match found {
            Some(found) => diagnostic.also(
                found.span,
                format!("{} is defined here", found.symbol.describe()),
            ),
            None => diagnostic,
        });
        None
    }

    /// All direct subtypes are listed, and none of them has subtypes in turn.
    fn check_children(&mut self, children: &[Vec<usize>]) {
        let unlisted = children[self.root.index()]
            .iter()
            .map(|child| StructId(*child as u32));
        for child in unlisted
            .filter(|child| self.complete && !self.listed.contains_key(child))
            .collect::<Vec<_>>()
        {
            let (root, child) = (&self.cx.api[self.root], &self.cx.api[child]);
            let message = format!("subtype `{}` of `{}` is not listed", child.name, root.name);
            let diagnostic = Diagnostic::error(Code::SubtypeMissing, root.span, message)
                .also(child.span, "extends it")
                .help(format!("add a line with a tag for `{}`", child.name));
            self.cx.error(diagnostic);
        }
        for (_, leaf) in &self.tags {
            // One that is listed itself has been reported.
            let is_listed = |child: &&usize| self.listed.contains_key(&StructId(**child as u32));
            if let Some(grandchild) = children[leaf.index()]
                .iter()
                .find(|child| !is_listed(child))
            {
                let (leaf, grandchild) = (&self.cx.api[*leaf], &self.cx.api.structs[*grandchild]);
                let message = format!("listed subtype `{}` is extended", leaf.name);
                let diagnostic = Diagnostic::error(Code::SubtypeExtended, leaf.span, message)
                    .also(grandchild.span, "by this struct")
                    .help("families have two levels: let it extend the root and list it there");
                self.cx.error(diagnostic);
            }
        }
    }
}

//! Types that no route leads to.
//!
//! In: the IR. Out: a warning for each type that could be removed. Of types that only such types name, nothing is said:
//! they go, too. A namespace without routes is a library, in which everything may be there for others.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{AliasId, Api, NamespaceId, StructId, Type, UnionId};
use crate::source::Span;

/// Looks at all types.
pub(super) fn lint(api: &Api, found: &mut Diagnostics) {
    let mut reach = Reach::new(api);
    let routes = api.routes.iter();
    let types = routes.flat_map(|route| [&route.arg, &route.result, &route.error]);
    types
        .chain(api.route_schema.iter().map(|field| &field.ty))
        .for_each(|ty| reach.mark(ty));
    let has_routes: HashSet<_> = api.routes.iter().map(|route| route.namespace).collect();
    for node in reach.superfluous() {
        if has_routes.contains(&reach.namespace(node)) {
            found.push(reach.warning(node));
        }
    }
}

/// A definition of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Struct(StructId),
    Union(UnionId),
    Alias(AliasId),
}

/// Which definitions have been reached.
struct Reach<'a> {
    api: &'a Api,
    structs: Vec<bool>,
    unions: Vec<bool>,
    aliases: Vec<bool>,
}

impl<'a> Reach<'a> {
    fn new(api: &'a Api) -> Self {
        Self {
            api,
            structs: vec![false; api.structs.len()],
            unions: vec![false; api.unions.len()],
            aliases: vec![false; api.aliases.len()],
        }
    }

    fn slot(&mut self, node: Node) -> &mut bool {
        match node {
            Node::Struct(id) => &mut self.structs[id.index()],
            Node::Union(id) => &mut self.unions[id.index()],
            Node::Alias(id) => &mut self.aliases[id.index()],
        }
    }

    /// Marks all definitions that a type leads to.
    fn mark(&mut self, ty: &Type) {
        let mut pending = named(ty);
        while let Some(node) = pending.pop() {
            if !std::mem::replace(self.slot(node), true) {
                pending.extend(self.links(node));
            }
        }
    }

    /// The definitions that one names.
    fn links(&self, node: Node) -> Vec<Node> {
        let types: Vec<&Type> = match node {
            Node::Struct(id) => self.api[id].fields.iter().map(|field| &field.ty).collect(),
            Node::Union(id) => self.api[id].tags.iter().map(|tag| &tag.ty).collect(),
            Node::Alias(id) => vec![&self.api[id].ty],
        };
        let mut links: Vec<Node> = types.into_iter().flat_map(named).collect();
        match node {
            Node::Struct(id) => {
                let ty = &self.api[id];
                let subtypes = ty.subtypes.iter().flat_map(|subtypes| &subtypes.tags);
                links.extend(subtypes.map(|(_, subtype)| Node::Struct(*subtype)));
                links.extend(ty.extends.map(Node::Struct));
            }
            Node::Union(id) => links.extend(self.api[id].extends.map(Node::Union)),
            Node::Alias(_) => {}
        }
        links
    }

    /// Definitions that are not reached, without those that are reached from others of them.
    fn superfluous(&mut self) -> Vec<Node> {
        let all = (0..self.structs.len() as u32).map(|id| Node::Struct(StructId(id)));
        let all = all.chain((0..self.unions.len() as u32).map(|id| Node::Union(UnionId(id))));
        let all = all.chain((0..self.aliases.len() as u32).map(|id| Node::Alias(AliasId(id))));
        let mut rest: Vec<_> = all.filter(|node| !*self.slot(*node)).collect();
        for node in rest.clone() {
            let others = self.links(node).into_iter().filter(|link| *link != node);
            others.for_each(|link| *self.slot(link) = true);
        }
        let mut heads: Vec<_> = rest
            .iter()
            .copied()
            .filter(|node| !*self.slot(*node))
            .collect();
        // What is left over refers to each other in circles; one of each circle stands for it.
        rest.iter().for_each(|node| *self.slot(*node) = false);
        heads.iter().for_each(|node| self.mark_from(*node));
        rest.sort_by_key(|node| self.place(*node));
        for node in rest {
            if !*self.slot(node) {
                self.mark_from(node);
                heads.push(node);
            }
        }
        heads
    }

    fn mark_from(&mut self, node: Node) {
        self.mark(&match node {
            Node::Struct(id) => Type::Struct(id),
            Node::Union(id) => Type::Union(id),
            Node::Alias(id) => Type::Alias(id),
        });
    }

    fn place(&self, node: Node) -> Span {
        match node {
            Node::Struct(id) => self.api[id].span,
            Node::Union(id) => self.api[id].span,
            Node::Alias(id) => self.api[id].span,
        }
    }

    fn namespace(&self, node: Node) -> NamespaceId {
        match node {
            Node::Struct(id) => self.api[id].namespace,
            Node::Union(id) => self.api[id].namespace,
            Node::Alias(id) => self.api[id].namespace,
        }
    }

    fn warning(&self, node: Node) -> Diagnostic {
        let (kind, name) = match node {
            Node::Struct(id) => ("struct", &self.api[id].name),
            Node::Union(id) => ("union", &self.api[id].name),
            Node::Alias(id) => ("alias", &self.api[id].name),
        };
        let message = format!("no route leads to {kind} `{name}`");
        Diagnostic::warning(Code::UnusedType, self.place(node), message)
            .help("remove it, or use it in a type that a route leads to")
    }
}

/// The definitions that a type names directly.
fn named(ty: &Type) -> Vec<Node> {
    let mut found = Vec::new();
    let mut pending = vec![ty];
    while let Some(ty) = pending.pop() {
        match ty {
            Type::Struct(id) => found.push(Node::Struct(*id)),
            Type::Union(id) => found.push(Node::Union(*id)),
            Type::Alias(id) => found.push(Node::Alias(*id)),
            Type::Nullable(inner) => pending.push(inner),
            Type::List(list) => pending.push(&list.item),
            Type::Map(map) => pending.push(&map.value),
            _ => {}
        }
    }
    found
}

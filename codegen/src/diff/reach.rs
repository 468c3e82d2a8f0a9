//! Which routes lead to which types, and how.
//!
//! In: a spec. Out: for each definition its [`Positions`], and the shortest way from a route to it.

use std::collections::{HashMap, VecDeque};

use stone_parser::ir::{Api, RouteId, StructId, Type};

use super::pairs::{Def, route_name};
use super::verdict::Positions;

/// Whether subtypes of a struct are possible, or it is only there as a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum As {
    Value,
    Parent,
}

type Node = (Def, As);

/// Where a walk came from.
#[derive(Debug, Clone)]
enum Step {
    Route(RouteId),
    Member(Node, String),
}

/// A way for each node that a position of routes leads to.
type Ways = HashMap<Node, Step>;

/// See the module.
pub struct Reach<'a> {
    api: &'a Api,
    argument: Ways,
    result: Ways,
    error: Ways,
}

impl<'a> Reach<'a> {
    /// Walks from all routes.
    pub fn new(api: &'a Api) -> Self {
        Self {
            api,
            argument: walk(api, |id| &api[id].arg),
            result: walk(api, |id| &api[id].result),
            error: walk(api, |id| &api[id].error),
        }
    }

    /// The positions of a definition, or of something that extends it.
    pub fn positions(&self, def: Def) -> Positions {
        self.values(def).union(self.within((def, As::Parent)))
    }

    /// The positions in which values of the definition itself are.
    pub fn values(&self, def: Def) -> Positions {
        self.within((def, As::Value))
    }

    fn within(&self, node: Node) -> Positions {
        Positions {
            argument: self.argument.contains_key(&node),
            result: self.result.contains_key(&node),
            error: self.error.contains_key(&node),
        }
    }

    /// A shortest way to the definition, such as `argument of files/upload: CommitInfo.mode`.
    pub fn path(&self, def: Def) -> Option<String> {
        let all = [
            ("argument", &self.argument),
            ("result", &self.result),
            ("error", &self.error),
        ];
        all.into_iter().find_map(|(position, ways)| {
            let start = [As::Value, As::Parent].into_iter().map(|way| (def, way));
            let node = start.into_iter().find(|node| ways.contains_key(node))?;
            Some(self.render(position, ways, node))
        })
    }

    fn render(&self, position: &str, ways: &Ways, mut at: Node) -> String {
        let mut members = Vec::new();
        while let Some(step) = ways.get(&at) {
            match step {
                Step::Member(from, member) => {
                    let name = from.0.name(self.api);
                    members.push(format!("{name}{member}"));
                    at = *from;
                }
                Step::Route(id) => {
                    let route = route_name(self.api, *id);
                    members.push(format!("{position} of {route}"));
                    break;
                }
            }
        }
        members.reverse();
        members.join(" > ")
    }
}

fn walk<'a>(api: &'a Api, start: impl Fn(RouteId) -> &'a Type) -> Ways {
    let mut ways = Ways::new();
    let mut pending = VecDeque::new();
    let visit = |ways: &mut Ways, pending: &mut VecDeque<Node>, node: Node, step: Step| {
        if let std::collections::hash_map::Entry::Vacant(free) = ways.entry(node) {
            free.insert(step);
            pending.push_back(node);
        }
    };
    for id in api.namespaces.iter().flat_map(|it| &it.routes) {
        if let Some(def) = named(start(*id)) {
            visit(&mut ways, &mut pending, (def, As::Value), Step::Route(*id));
        }
    }
    while let Some(from) = pending.pop_front() {
        for (to, member) in contents(api, from) {
            visit(&mut ways, &mut pending, to, Step::Member(from, member));
        }
    }
    ways
}

fn contents(api: &Api, (def, way): Node) -> Vec<(Node, String)> {
    let member = |name: &str, ty: &Type| {
        named(ty).map(|def| {
            (
                (def, As::Value),
                if name.is_empty() {
                    String::new()
                } else {
                    format!(".{name}")
                },
            )
        })
    };
    match def {
        Def::Alias(id) => member("", &api[id].ty).into_iter().collect(),
        Def::Union(id) => {
            let own = api[id]
                .tags
                .iter()
                .filter_map(|tag| member(&tag.name, &tag.ty));
            let parent = api[id]
                .extends
                .map(|id| ((Def::Union(id), As::Parent), String::new()));
            own.chain(parent).collect()
        }
        Def::Struct(id) => {
            let own = api[id]
                .fields
                .iter()
                .filter_map(|field| member(&field.name, &field.ty));
            let parent = api[id]
                .extends
                .map(|id| ((Def::Struct(id), As::Parent), String::new()));
            own.chain(parent).chain(subtypes(api, id, way)).collect()
        }
    }
}

fn subtypes(api: &Api, id: StructId, way: As) -> impl Iterator<Item = (Node, String)> + '_ {
    let listed = api[id]
        .subtypes
        .iter()
        .filter(move |_| way == As::Value)
        .flat_map(|it| &it.tags);
    listed.map(|(_, id)| ((Def::Struct(*id), As::Value), String::new()))
}

/// The definitions that a definition names.
pub fn names(api: &Api, def: Def) -> Vec<Def> {
    let contents = contents(api, (def, As::Value)).into_iter();
    contents.map(|((def, _), _)| def).collect()
}

/// The definition that a type is about, through `?`, lists and maps.
pub fn named(mut ty: &Type) -> Option<Def> {
    loop {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::List(list) => &list.item,
            Type::Map(map) => &map.value,
            _ => return Def::of(ty),
        }
    }
}

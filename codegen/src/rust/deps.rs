//! Which namespaces need which others.
//!
//! In: the IR. Out: direct dependencies, which become those of cargo features, and everything that they bring along.

use std::collections::BTreeSet;

use stone_parser::ir::{Api, Namespace, NamespaceId, Type};

use super::plan;

/// Dependencies of every namespace, by id.
pub struct Dependencies {
    direct: Vec<BTreeSet<NamespaceId>>,
    reach: Vec<BTreeSet<NamespaceId>>,
}

impl Dependencies {
    /// Looks at every type that is named.
    pub fn new(api: &Api) -> Self {
        let ids = || (0..api.namespaces.len()).map(|index| NamespaceId(index as u32));
        let direct: Vec<_> = ids().map(|id| direct(api, id)).collect();
        let reach = ids().map(|id| reach(&direct, id)).collect();
        Self { direct, reach }
    }

    /// Other namespaces that a namespace names.
    pub fn direct(&self, id: NamespaceId) -> &BTreeSet<NamespaceId> {
        &self.direct[id.index()]
    }

    /// Whether `other` is compiled whenever `id` is.
    pub fn reaches(&self, id: NamespaceId, other: NamespaceId) -> bool {
        self.reach[id.index()].contains(&other)
    }
}

fn direct(api: &Api, id: NamespaceId) -> BTreeSet<NamespaceId> {
    let lines = api[id].structs.iter().map(|id| api.struct_lineage(*id));
    let mut named: BTreeSet<_> = lines.flatten().map(|id| api[id].namespace).collect();
    let lines = api[id].unions.iter().map(|id| api.union_lineage(*id));
    named.extend(lines.flatten().map(|id| api[id].namespace));
    named.extend(
        types(api, &api[id])
            .into_iter()
            .filter_map(|ty| owner(api, ty)),
    );
    named.remove(&id);
    named
}

/// Every type that the generated code of a namespace names.
fn types<'a>(api: &'a Api, namespace: &'a Namespace) -> Vec<&'a Type> {
    let mut types: Vec<&Type> = namespace.aliases.iter().map(|id| &api[*id].ty).collect();
    for id in &namespace.structs {
        types.extend(plan::fields(api, *id).map(|(_, field)| &field.ty));
    }
    for id in &namespace.unions {
        types.extend(plan::tags(api, *id).map(|(_, tag)| &tag.ty));
    }
    for route in namespace.routes.iter().map(|id| &api[*id]) {
        types.extend([&route.arg, &route.result, &route.error]);
    }
    types
}

/// The namespace of the name that a type is about.
fn owner(api: &Api, ty: &Type) -> Option<NamespaceId> {
    let mut ty: &Type = ty;
    loop {
        ty = match ty {
            Type::Struct(id) => return Some(api[*id].namespace),
            Type::Union(id) => return Some(api[*id].namespace),
            Type::Alias(id) => return Some(api[*id].namespace),
            Type::Nullable(inner) => inner,
            Type::List(list) => &list.item,
            Type::Map(map) => &map.value,
            _ => return None,
        }
    }
}

fn reach(direct: &[BTreeSet<NamespaceId>], id: NamespaceId) -> BTreeSet<NamespaceId> {
    let mut reach = BTreeSet::new();
    let mut pending = vec![id];
    while let Some(at) = pending.pop() {
        if reach.insert(at) {
            pending.extend(&direct[at.index()]);
        }
    }
    reach
}

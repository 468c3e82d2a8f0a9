//! The index: what each namespace defines, by name.
//!
//! In: the filled arenas of the IR. Out: the sorted lists of its namespaces.

use crate::ir::{AliasId, AnnotationId, AnnotationTypeId, RouteId, StructId, UnionId};

use super::Context;

/// Lists every definition in its namespace.
pub(super) fn lower(cx: &mut Context<'_>) {
    for id in sorted(&cx.api.structs, |ty| &ty.name) {
        cx.namespace_mut(cx.api.structs[id].namespace)
            .structs
            .push(StructId(id as u32));
    }
    for id in sorted(&cx.api.unions, |ty| &ty.name) {
        cx.namespace_mut(cx.api.unions[id].namespace)
            .unions
            .push(UnionId(id as u32));
    }
    for id in sorted(&cx.api.aliases, |alias| &alias.name) {
        cx.namespace_mut(cx.api.aliases[id].namespace)
            .aliases
            .push(AliasId(id as u32));
    }
    for id in sorted(&cx.api.routes, |route| (&route.name, route.version)) {
        cx.namespace_mut(cx.api.routes[id].namespace)
            .routes
            .push(RouteId(id as u32));
    }
    for id in sorted(&cx.api.annotations, |annotation| &annotation.name) {
        cx.namespace_mut(cx.api.annotations[id].namespace)
            .annotations
            .push(AnnotationId(id as u32));
    }
    for id in sorted(&cx.api.annotation_types, |ty| &ty.name) {
        cx.namespace_mut(cx.api.annotation_types[id].namespace)
            .annotation_types
            .push(AnnotationTypeId(id as u32));
    }
}

/// The indices of an arena in the order of a key.
fn sorted<'t, T, K: Ord>(arena: &'t [T], key: impl Fn(&'t T) -> K) -> Vec<usize> {
    let mut ids: Vec<_> = (0..arena.len()).collect();
    ids.sort_by(|a, b| key(&arena[*a]).cmp(&key(&arena[*b])));
    ids
}

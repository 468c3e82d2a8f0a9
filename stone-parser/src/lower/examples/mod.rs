//! Examples: checked, and computed to the JSON that would go over the wire.
//!
//! In: the examples of all types as written, patches merged in. Out: [`Example`]s in the API, in source order.
//! Three steps: `plan` checks each example against its type and finds what it refers to, `order` sorts them so that
//! what is referred to comes first, `compute` builds the values in that order, each once.

mod compute;
mod order;
mod plan;
mod problems;

use std::collections::HashMap;

use super::{Context, ExampleSources, MergedExample, docs};
use crate::diagnostic::Diagnostics;
use crate::ir::{Example, Json, StructId, UnionId};

/// Checks and computes all examples. Those with mistakes, and those that refer to them, are left out of the API.
pub(super) fn lower(cx: &mut Context<'_>, sources: &ExampleSources<'_>) {
    let declared = Declared::new(sources);
    let mut found = Diagnostics::default();
    let values = values(cx, &declared, &mut found);
    for ((owner, example), value) in declared.list.into_iter().zip(values) {
        let Some(value) = value else { continue };
        match owner {
            Owner::Struct(id) => &mut cx.api.structs[id.index()].examples,
            Owner::Union(id) => &mut cx.api.unions[id.index()].examples,
        }
        .push(finished(example, value));
    }
    found
        .into_sorted()
        .into_iter()
        .for_each(|diagnostic| cx.error(diagnostic));
}

/// The values by id.
fn values(cx: &Context<'_>, declared: &Declared<'_>, found: &mut Diagnostics) -> Vec<Option<Json>> {
    let scope = plan::Scope { cx, declared };
    let plans: Vec<_> = declared
        .list
        .iter()
        .map(|(owner, example)| scope.plan(*owner, example, found))
        .collect();
    let order = order::order(&plans, found);
    let labels: Vec<_> = declared
        .list
        .iter()
        .map(|(_, example)| example.label.span)
        .collect();
    compute::compute(&plans, &order, &labels, found)
}

fn finished(example: &MergedExample<'_>, value: Json) -> Example {
    Example {
        label: example.label.text.clone(),
        text: example.text.map(docs::doc),
        value,
        span: example.label.span,
    }
}

/// The type that declares an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Owner {
    Struct(StructId),
    Union(UnionId),
}

/// Number of a declared example.
type ExampleId = usize;

/// All declared examples.
struct Declared<'a> {
    list: Vec<(Owner, &'a MergedExample<'a>)>,
    ids: HashMap<(Owner, &'a str), ExampleId>,
}

impl<'a> Declared<'a> {
    fn new(sources: &'a ExampleSources<'a>) -> Self {
        let structs = (0..).map(StructId).map(Owner::Struct).zip(&sources.structs);
        let unions = (0..).map(UnionId).map(Owner::Union).zip(&sources.unions);
        let list: Vec<_> = structs
            .chain(unions)
            .flat_map(|(owner, examples)| examples.iter().map(move |example| (owner, example)))
            .collect();
        let labelled = |(id, (owner, example)): (_, &(Owner, &'a MergedExample<'a>))| {
            ((*owner, example.label.text.as_str()), id)
        };
        let ids = list.iter().enumerate().map(labelled).collect();
        Self { list, ids }
    }

    /// The labels of a type's examples.
    fn labels(&self, owner: Owner) -> Vec<&'a str> {
        let own = self.list.iter().filter(|(other, _)| *other == owner);
        own.map(|(_, example)| example.label.text.as_str())
            .collect()
    }

    fn get(&self, owner: Owner, label: &str) -> Option<ExampleId> {
        self.ids.get(&(owner, label)).copied()
    }
}

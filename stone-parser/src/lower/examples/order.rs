//! The order in which examples can be computed.
//!
//! In: the plans of all examples. Out: their ids such that each comes after those it refers to, and an error for each
//! reference that closes a circle.

use super::ExampleId;
use super::plan::{Member, Plan, Shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    New,
    /// Some of what it refers to is still to be looked at.
    Open,
    Done,
}

/// The ids of all examples, those referred to first. Chains of references may be of any length.
pub(super) fn order(plans: &[Plan<'_>], diagnostics: &mut Diagnostics) -> Vec<ExampleId> {
    let mut visits = vec![Visit::New; plans.len()];
    let mut order = Vec::with_capacity(plans.len());
    for root in 0..plans.len() {
        let mut path = Vec::new();
        open(root, plans, &mut visits, &mut path);
        while let Some((id, references)) = path.last_mut() {
            match references.pop() {
                Some((to, span)) if visits[to] == Visit::Open => diagnostics.push(circle(span)),
                Some((to, _)) => open(to, plans, &mut visits, &mut path),
                None => {
                    visits[*id] = Visit::Done;
                    order.push(*id);
                    path.pop();
                }
            }
        }
    }
    order
}

/// An example on the way down, and the references that are left to follow from it.
type Step = (ExampleId, Vec<(ExampleId, Span)>);

fn open(id: ExampleId, plans: &[Plan<'_>], visits: &mut [Visit], path: &mut Vec<Step>) {
    if visits[id] == Visit::New {
        visits[id] = Visit::Open;
        let mut references = references(&plans[id]);
        references.reverse();
        path.push((id, references));
    }
}

fn circle(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::CircularExample,
        span,
        "the example contains itself by way of this reference",
    )
    .help("refer to an example that ends, or leave the field out if it is optional")
}

fn references(plan: &Plan<'_>) -> Vec<(ExampleId, Span)> {
    let mut found = Vec::new();
    for member in plan.iter().flatten() {
        match member {
            Member::Tag(_) => {}
            Member::Field(_, shape) => collect(shape, &mut found),
            Member::Flattened(id, span) => found.push((*id, *span)),
        }
    }
    found
}

fn collect(shape: &Shape<'_>, found: &mut Vec<(ExampleId, Span)>) {
    match shape {
        Shape::Null | Shape::Literal(_) | Shape::Tag(_) => {}
        Shape::Example(id, span) => found.push((*id, *span)),
        Shape::List(items) => items.iter().for_each(|item| collect(item, found)),
        Shape::Map(pairs) => pairs.iter().for_each(|(_, value)| collect(value, found)),
    }
}

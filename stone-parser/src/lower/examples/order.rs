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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn span(at: usize) -> Span {
        Span::new(FileId(0), at, at + 1)
    }

    fn refers_to(to: ExampleId, at: usize) -> Plan<'static> {
        Some(vec![Member::Field(
            "next",
            Shape::List(vec![Shape::Example(to, span(at))]),
        )])
    }

    #[test]
    fn puts_what_is_referred_to_first() {
        let plans = [
            refers_to(2, 0),
            None,
            Some(vec![Member::Flattened(1, span(1))]),
        ];
        let mut diagnostics = Diagnostics::default();
        assert_eq!(order(&plans, &mut diagnostics), [1, 2, 0]);
        assert!(!diagnostics.has_errors());
    }

    #[test]
    fn reports_each_circle_where_it_closes() {
        let plans = [refers_to(1, 10), refers_to(0, 11), refers_to(2, 12)];
        let mut diagnostics = Diagnostics::default();
        order(&plans, &mut diagnostics);
        let found: Vec<_> = diagnostics
            .into_sorted()
            .iter()
            .map(|d| (d.code, d.primary.span))
            .collect();
        assert_eq!(
            found,
            [
                (Code::CircularExample, span(11)),
                (Code::CircularExample, span(12))
            ]
        );
    }

    #[test]
    fn follows_chains_of_any_length() {
        let length = 200_000;
        let plans: Vec<_> = (1..length)
            .map(|id| refers_to(id, id))
            .chain([None])
            .collect();
        let order = order(&plans, &mut Diagnostics::default());
        assert!(order.into_iter().eq((0..length).rev()));
    }
}

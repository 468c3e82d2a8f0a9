//! Equality of two values of the same type.

use super::{Entries, Fields, Items, View, Wire, view};

/// Whether two values of one type are equal.
pub(super) fn same(left: &dyn Wire, right: &dyn Wire) -> bool {
    let mut found = false;
    view(left, |left| {
        view(right, |right| found = same_level(&left, &right))
    });
    found
}

fn same_level(left: &View<'_>, right: &View<'_>) -> bool {
    match (left, right) {
        (View::Null, View::Null) => true,
        (View::Scalar(left), View::Scalar(right)) => left == right,
        (View::Struct(_, left), View::Struct(_, right)) => same_fields(left, right),
        (View::Union(_, left, x), View::Union(_, right, y)) => left == right && same(*x, *y),
        (View::Unknown(left), View::Unknown(right)) => left == right,
        (View::List(left), View::List(right)) => same_items(*left, *right),
        (View::Map(left), View::Map(right)) => same_entries(*left, *right),
        _ => false,
    }
}

fn same_fields(left: &Fields<'_>, right: &Fields<'_>) -> bool {
    if left.strings != right.strings || left.options != right.options {
        return false;
    }
    for (left, right) in left.others.iter().zip(right.others) {
        if !same(*left, *right) {
            return false;
        }
    }
    true
}

fn same_items(left: &dyn Items, right: &dyn Items) -> bool {
    let same = |index| match (left.item(index), right.item(index)) {
        (Some(left), Some(right)) => same(left, right),
        _ => false,
    };
    if left.count() != right.count() {
        return false;
    }
    for index in 0..left.count() {
        if !same(index) {
            return false;
        }
    }
    true
}

fn same_entries(left: &dyn Entries, right: &dyn Entries) -> bool {
    let mut alike = left.count() == right.count();
    left.each(&mut |key, value| {
        alike = alike && right.value(key).is_some_and(|other| same(value, other))
    });
    alike
}

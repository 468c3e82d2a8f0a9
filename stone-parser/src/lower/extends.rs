//! Inheritance: the parents of structs and unions.
//!
//! In: what follows `extends`. Out: the parent of each type, by index, free of cycles.

use crate::ast::{Ident, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NamespaceId, Type};

use super::{Context, graph, is_unknown, types};

/// The parent of a type, if it is of the right kind; `wanted` picks its index from a type.
pub(super) fn parent(
    cx: &mut Context<'_>,
    at: NamespaceId,
    child: &Ident,
    extends: Option<&TypeRef>,
    wanted: impl Fn(&Type) -> Option<usize>,
) -> Option<usize> {
    let written = extends?;
    let ty = types::resolve(cx, at, written);
    let parent = wanted(&ty);
    if parent.is_none() && !is_unknown(&ty) {
        let message = format!("`{}` cannot extend {}", child.text, describe(&ty));
        cx.error(
            Diagnostic::error(Code::BadParent, written.span, message)
                .help("a struct extends a struct, a union a union, both by their own names"),
        );
    }
    parent
}

fn describe(ty: &Type) -> &'static str {
    match ty {
        Type::Struct(_) => "a struct",
        Type::Union(_) => "a union",
        Type::Alias(_) => "an alias",
        _ => "a built-in type",
    }
}

/// Reports cycles and cuts each at the type that closes it.
pub(super) fn break_cycles<'r>(
    cx: &mut Context<'_>,
    parents: &mut [Option<usize>],
    written: impl Fn(usize) -> (&'r Ident, Option<&'r TypeRef>),
) {
    let mut closing = Vec::new();
    let links = |node: usize| parents[node].as_slice();
    graph::dependencies_first(parents.len(), links, |cycle| closing.extend(cycle.last()));
    for index in closing {
        parents[index] = None;
        let (name, extends) = written(index);
        let place = extends.map_or(name.span, |extends| extends.span);
        cx.error(
            Diagnostic::error(
                Code::ExtendsCycle,
                place,
                format!("`{}` extends itself", name.text),
            )
            .help(
                "follow the parents from here: one of them has to extend nothing or another type",
            ),
        );
    }
}

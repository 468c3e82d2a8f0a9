//! Inheritance: the parents of structs and unions.
//!
//! In: what follows `extends`. Out: the parent of each type, by index, free of cycles.

use crate::ast::{Ident, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NamespaceId, Type};

use super::{Context, graph, is_unknown, types};

/// Other members of a circle that a diagnostic shows.
const MOST: usize = 5;

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
        let diagnostic = bad_parent(cx, child, written, &ty, wanted);
        cx.error(diagnostic);
    }
    parent
}

fn bad_parent(
    cx: &Context<'_>,
    child: &Ident,
    written: &TypeRef,
    ty: &Type,
    wanted: impl Fn(&Type) -> Option<usize>,
) -> Diagnostic {
    let message = format!("`{}` cannot extend {}", child.text, describe(ty));
    let diagnostic = Diagnostic::error(Code::BadParent, written.span, message);
    let defined = match ty {
        Type::Struct(id) => Some(cx.api[*id].span),
        Type::Union(id) => Some(cx.api[*id].span),
        Type::Alias(id) => Some(cx.api[*id].span),
        _ => None,
    };
    let help = match cx.strip(ty).0 {
        behind if ty == behind || wanted(behind).is_none() => {
            "a struct extends a struct, a union a union, both by their own names".to_owned()
        }
        Type::Struct(id) => format!("extend the struct behind it: `{}`", cx.api[*id].name),
        Type::Union(id) => format!("extend the union behind it: `{}`", cx.api[*id].name),
        _ => "extend the type behind it".to_owned(),
    };
    match defined {
        Some(span) => diagnostic.also(span, "defined here"),
        None => diagnostic,
    }
    .help(help)
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
    let mut cycles = Vec::new();
    let links = |node: usize| parents[node].as_slice();
    graph::dependencies_first(parents.len(), links, |cycle| cycles.push(cycle.to_vec()));
    for cycle in cycles {
        let Some((closing, others)) = cycle.split_last() else {
            continue;
        };
        parents[*closing] = None;
        let place = |index: usize| {
            let (name, extends) = written(index);
            (name, extends.map_or(name.span, |extends| extends.span))
        };
        let (name, span) = place(*closing);
        let message = format!("`{}` extends itself", name.text);
        let diagnostic = Diagnostic::error(Code::ExtendsCycle, span, message)
            .help("one of the types has to extend nothing, or a type outside the circle");
        cx.error(
            others
                .iter()
                .take(MOST)
                .fold(diagnostic, |diagnostic, index| {
                    let (name, span) = place(*index);
                    diagnostic.also(span, format!("the parent of `{}`", name.text))
                }),
        );
    }
}

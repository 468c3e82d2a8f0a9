//! Routes that are hard to use: without docs, or without an example of their argument.
//!
//! In: the IR. Out: warnings.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Route, Type};
use crate::source::Span;

/// Looks at all routes; a type without an example is reported once.
pub(super) fn lint(api: &Api, found: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for route in &api.routes {
        if route
            .doc
            .as_ref()
            .is_none_or(|doc| doc.text.trim().is_empty())
        {
            found.push(undocumented(route));
        }
        if let Some((name, place)) = without_example(api, &route.arg)
            && seen.insert(place)
        {
            let message = format!(
                "`{name}` has no example, and route `{}` takes it",
                route.name
            );
            let warning = Diagnostic::warning(Code::ArgumentWithoutExample, place, message)
                .also(route.span, "the route")
                .help("add `example default` with a value for each field below its fields");
            found.push(warning);
        }
    }
}

fn undocumented(route: &Route) -> Diagnostic {
    let message = format!("route `{}` has no docs", route.name);
    Diagnostic::warning(Code::UndocumentedRoute, route.span, message)
        .help("add a docstring below the route")
}

/// The struct or union of an argument, if there would be something to show of it.
fn without_example<'a>(api: &'a Api, arg: &Type) -> Option<(&'a str, Span)> {
    match api.strip(arg).0 {
        Type::Struct(id) => {
            let ty = &api[*id];
            let shows = ty.subtypes.is_some() || api.all_fields(*id).next().is_some();
            (shows && ty.examples.is_empty()).then_some((&ty.name, ty.span))
        }
        Type::Union(id) => {
            let ty = &api[*id];
            let shows = api.all_tags(*id).any(|tag| tag.ty != Type::Void);
            (shows && ty.examples.is_empty()).then_some((&ty.name, ty.span))
        }
        _ => None,
    }
}

//! Routes: types, successors and attributes.
//!
//! In: the route definitions and the schema of their attributes. Out: the routes of the IR, filled.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::ast::{self, BareValue, LiteralValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Attr, Deprecation, Field, NamespaceId, RouteId, Value};

use super::scope::Symbol;
use super::{Context, Definitions, types, values};

/// Resolves all routes. Attributes with errors are null.
pub(super) fn lower(cx: &mut Context<'_>, definitions: &Definitions<'_>) {
    let schema = std::mem::take(&mut cx.api.route_schema);
    for (index, ast) in definitions.routes.iter().enumerate() {
        let id = RouteId(index as u32);
        let at = cx.api[id].namespace;
        let (arg, result) = (
            types::resolve(cx, at, &ast.arg),
            types::resolve(cx, at, &ast.result),
        );
        let error = types::resolve(cx, at, &ast.error);
        let deprecated = ast.deprecated.as_ref().map(|written| Deprecation {
            by: successor(cx, at, id, written),
        });
        let attrs = match cx.is_config(at) {
            true => IndexMap::new(),
            false => attrs(cx, &schema, ast),
        };
        let route = &mut cx.api.routes[index];
        (route.arg, route.result, route.error) = (arg, result, error);
        (route.deprecated, route.attrs) = (deprecated, attrs);
    }
    cx.api.route_schema = schema;
}

/// The route that replaces a deprecated one; it is of the same namespace.
fn successor(
    cx: &mut Context<'_>,
    at: NamespaceId,
    own: RouteId,
    written: &ast::Deprecated,
) -> Option<RouteId> {
    let by = written.by.as_ref()?;
    let (name, version) = (&by.name.text, by.version);
    let found = cx.scopes.route(at, name, version);
    let (code, message, help) = match (found, cx.scopes.get(at, name).map(|defined| defined.symbol))
    {
        (Some(id), _) => {
            if id == own {
                // Published specs have such routes, so this cannot be an error.
                let message = format!("route `{name}` is deprecated by itself");
                let warning = Diagnostic::warning(Code::OwnSuccessor, by.name.span, message);
                cx.diagnostics
                    .push(warning.help("name another route, or none"));
            }
            return Some(id);
        }
        (None, Some(Symbol::Route)) => (
            Code::UnknownSuccessor,
            format!("route `{name}` has no version {version}"),
            "name a version that exists",
        ),
        (None, Some(other)) => (
            Code::SuccessorKind,
            format!("`{name}` is {}, not a route", other.describe()),
            "name a route",
        ),
        (None, None) => (
            Code::UnknownSuccessor,
            format!("there is no route `{name}`"),
            "name a route of the same namespace",
        ),
    };
    let place = cx.api[own].span;
    cx.error(
        Diagnostic::error(code, place, message)
            .also(by.name.span, "named here")
            .help(help),
    );
    None
}

/// The value of every field of the schema.
fn attrs(cx: &mut Context<'_>, schema: &[Field], ast: &ast::Route) -> IndexMap<String, Attr> {
    let mut written: HashMap<_, _> = ast
        .attrs
        .iter()
        .map(|attr| (attr.name.text.as_str(), attr))
        .collect();
    let attrs = schema.iter().map(|field| {
        let attr = written.remove(field.name.as_str());
        let value = match attr {
            Some(attr) => set(cx, field, attr),
            None => unset(cx, field, ast),
        };
        (
            field.name.clone(),
            Attr {
                value,
                span: attr.map(|attr| attr.name.span),
            },
        )
    });
    let attrs = attrs.collect();
    for attr in ast
        .attrs
        .iter()
        .filter(|attr| written.contains_key(attr.name.text.as_str()))
    {
        cx.error(unknown_attr(schema, attr));
    }
    attrs
}

fn set(cx: &mut Context<'_>, field: &Field, attr: &ast::Attr) -> Value {
    let null = Value::Literal(LiteralValue::Null);
    let (ty, nullable) = cx.strip(&field.ty);
    let is_null =
        matches!(&attr.value, BareValue::Literal(literal) if literal.value == LiteralValue::Null);
    if (nullable && is_null) || cx.leads_nowhere(&field.ty) {
        return null;
    }
    match values::lower(cx, ty, &attr.value) {
        Ok(value) => value,
        Err(mismatch) => {
            let message = format!("attribute `{}`: {}", field.name, mismatch.message);
            cx.error(
                Diagnostic::error(Code::BadAttr, attr.value.span(), message)
                    .also(field.span, "the schema's field")
                    .help(mismatch.help),
            );
            null
        }
    }
}

fn unset(cx: &mut Context<'_>, field: &Field, ast: &ast::Route) -> Value {
    if field.required {
        let message = format!(
            "route `{}` lacks attribute `{}`",
            ast.name.name.text, field.name
        );
        cx.error(
            Diagnostic::error(Code::AttrMissing, ast.name.name.span, message)
                .also(field.span, "required by the schema")
                .help(format!(
                    "add `{} = …` below `attrs`, or give the field a default",
                    field.name
                )),
        );
    }
    field
        .default
        .clone()
        .unwrap_or(Value::Literal(LiteralValue::Null))
}

fn unknown_attr(schema: &[Field], attr: &ast::Attr) -> Diagnostic {
    let known: Vec<_> = schema
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    let help = match known.is_empty() {
        true => "define the attributes in `struct Route` of namespace `stone_cfg`".to_owned(),
        false => format!("`stone_cfg.Route` has {}", known.join(", ")),
    };
    let message = format!("there is no attribute `{}`", attr.name.text);
    Diagnostic::error(Code::UnknownAttr, attr.name.span, message).help(help)
}

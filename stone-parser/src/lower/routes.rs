//! Routes: types, successors and attributes.
//!
//! In: the route definitions and the schema of their attributes. Out: the routes of the IR, filled.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::ast::{self, BareValue, LiteralValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Attr, Deprecation, Field, NamespaceId, RouteId, Value};
use crate::source::Span;
use crate::suggest;

use super::lookup::{self, Wanted};
use super::scope::Symbol;
use super::{Context, Definitions, schema, types, values};

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
    let name = &by.name.text;
    if let Some(id) = cx.scopes.route(at, name, by.version) {
        if id == own {
            cx.diagnostics.push(own_successor(&by.name));
        }
        return Some(id);
    }
    if !cx.scopes.is_doubtful(at, name) {
        let diagnostic = no_successor(cx, at, cx.api[own].span, by);
        cx.error(diagnostic);
    }
    None
}

/// Published specs have such routes, so this cannot be an error.
fn own_successor(name: &ast::Ident) -> Diagnostic {
    let message = format!("route `{}` is deprecated by itself", name.text);
    Diagnostic::warning(Code::OwnSuccessor, name.span, message)
        .help("name another route or version, or none")
}

fn no_successor(cx: &Context<'_>, at: NamespaceId, place: Span, by: &ast::RouteName) -> Diagnostic {
    let (name, version) = (&by.name.text, by.version);
    let found = cx.scopes.get(at, name);
    let error = |code, message: String| cx.error_at(code, place, by.name.span, message);
    match found {
        Some(found) if found.symbol != Symbol::Route => {
            let message = format!("`{name}` is {}, not a route", found.symbol.describe());
            error(Code::SuccessorKind, message)
                .also(found.span, "defined here")
                .help("name a route")
        }
        Some(found) => {
            let message = format!("route `{name}` has no version {version}");
            error(Code::UnknownSuccessor, message)
                .also(found.span, "the route")
                .help(version_help(cx, at, name))
        }
        None => {
            let help = lookup::advice(cx, at, at, name, Wanted::Route);
            let fallback = || "name a route of the same namespace".to_owned();
            error(
                Code::UnknownSuccessor,
                format!("there is no route `{name}`"),
            )
            .help(help.unwrap_or_else(fallback))
        }
    }
}

/// Which versions a route has.
pub(super) fn version_help(cx: &Context<'_>, at: NamespaceId, name: &str) -> String {
    let versions = cx.scopes.versions(at, name);
    let written: Vec<_> = versions
        .iter()
        .map(|(version, _)| match version {
            1 => name.to_owned(),
            version => format!("{name}:{version}"),
        })
        .collect();
    format!(
        "there is {}",
        suggest::list(written.iter().map(String::as_str))
    )
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
        if !is_schema_doubtful(cx) {
            let diagnostic = unknown_attr(cx, schema, attr);
            cx.error(diagnostic);
        }
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

/// Whether a mistake in the schema that was reported may hide attributes.
fn is_schema_doubtful(cx: &Context<'_>) -> bool {
    let Some(config) = cx.config() else {
        return false;
    };
    let schema = cx
        .scopes
        .get(config, schema::SCHEMA)
        .map(|found| found.symbol);
    match schema {
        Some(Symbol::Struct(id)) => {
            cx.is_incomplete_struct(id) || cx.scopes.is_doubtful(config, schema::SCHEMA)
        }
        // Another type in the namespace is an error, and may be meant.
        _ => cx
            .scopes
            .names(config)
            .any(|(_, symbol)| matches!(symbol, Symbol::Struct(_) | Symbol::Union(_))),
    }
}

fn unknown_attr(cx: &Context<'_>, schema: &[Field], attr: &ast::Attr) -> Diagnostic {
    let help = cx.choose(
        &attr.name.text,
        schema.iter().map(|field| field.name.as_str()),
        "`stone_cfg.Route` has",
        "define the attributes in `struct Route` of namespace `stone_cfg`",
    );
    let message = format!("there is no attribute `{}`", attr.name.text);
    Diagnostic::error(Code::UnknownAttr, attr.name.span, message)
        .label("unknown")
        .help(help)
}

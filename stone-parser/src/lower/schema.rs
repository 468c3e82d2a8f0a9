//! The schema of route attributes: `stone_cfg.Route`.
//!
//! In: the namespace `stone_cfg`. Out: `route_schema` in the IR.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Field, NamespaceId, Type};

use super::scope::Symbol;
use super::{Context, unknown};

/// The only struct of `stone_cfg`.
pub(super) const SCHEMA: &str = "Route";

/// Checks `stone_cfg` and lays out the fields of its struct.
pub(super) fn lower(cx: &mut Context<'_>) {
    let Some(config) = cx.config() else { return };
    check_contents(cx, config);
    let Some(Symbol::Struct(id)) = cx.scopes.get(config, SCHEMA).map(|defined| defined.symbol)
    else {
        return;
    };
    let (required, optional): (Vec<_>, Vec<_>) = cx
        .api
        .all_fields(id)
        .cloned()
        .partition(|field| field.required);
    cx.api.route_schema = required
        .into_iter()
        .chain(optional)
        .map(|field| check_type(cx, field))
        .collect();
}

/// Refuses routes, unions and structs of another name.
fn check_contents(cx: &mut Context<'_>, config: NamespaceId) {
    let routes = cx
        .api
        .routes
        .iter()
        .filter(|route| route.namespace == config)
        .map(|route| {
            Diagnostic::error(Code::ConfigRoute, route.span, "a route in `stone_cfg`")
                .help("define it in a namespace of the API")
        });
    let structs = cx
        .api
        .structs
        .iter()
        .filter(|ty| ty.namespace == config && ty.name != SCHEMA);
    let unions = cx.api.unions.iter().filter(|ty| ty.namespace == config);
    let types = structs
        .map(|ty| (ty.span, &ty.name))
        .chain(unions.map(|ty| (ty.span, &ty.name)));
    let types = types.map(|(span, name)| {
        Diagnostic::error(Code::ConfigType, span, format!("`{name}` in `stone_cfg`"))
            .help("`stone_cfg` holds nothing but `struct Route` and aliases; define it elsewhere and import it")
    });
    let found: Vec<_> = routes.chain(types).collect();
    found
        .into_iter()
        .for_each(|diagnostic| cx.error(diagnostic));
}

/// Attributes are single values. What else a field may be counts as unknown.
fn check_type(cx: &mut Context<'_>, field: Field) -> Field {
    if !matches!(
        cx.strip(&field.ty).0,
        Type::Struct(_) | Type::List(_) | Type::Map(_)
    ) {
        return field;
    }
    let message = format!("attribute `{}` is a struct, a list or a map", field.name);
    cx.error(
        Diagnostic::error(Code::AttrType, field.span, message)
            .help("attributes are primitives, unions, aliases of these, or nullable ones"),
    );
    Field {
        ty: unknown(),
        required: false,
        ..field
    }
}

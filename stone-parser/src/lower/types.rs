//! Type references: from what is written to [`Type`].
//!
//! In: a reference and the namespace that it stands in. Out: its type, or [`unknown`] after an error. What depends on
//! where aliases lead is noted in [`AliasUse`]s and checked when all of them are known.

use crate::ast::{Field, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NamespaceId, Type};
use crate::source::Span;

use super::aliases::AliasUse;
use super::builtin::Builtin;
use super::lookup::Wanted;
use super::scope::{Defined, Symbol};
use super::{Context, builtin_types, inline, is_unknown, lookup, unknown};

/// The type that a reference means, `Void` included, which only routes and aliases may name.
pub(super) fn resolve(cx: &mut Context<'_>, at: NamespaceId, written: &TypeRef) -> Type {
    let ty = named(cx, at, written);
    if written.nullable.is_none() || is_unknown(&ty) {
        return ty;
    }
    match check_value(cx, ty, written.span, true) {
        ty if is_unknown(&ty) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}

/// The type of something that has a value: a field, a tag, an item.
pub(super) fn resolve_value(cx: &mut Context<'_>, at: NamespaceId, written: &TypeRef) -> Type {
    let ty = resolve(cx, at, written);
    check_value(cx, ty, written.span, false)
}

/// The type of a field, tag or parameter that has one. After an inline type that cannot be, it is unknown.
pub(super) fn of_field(cx: &mut Context<'_>, at: NamespaceId, field: &Field) -> Option<Type> {
    let written = field.ty.as_ref()?;
    Some(match inline::problem(field) {
        Some(_) => unknown(),
        None => resolve_value(cx, at, written),
    })
}

/// Refuses `Void`, now or, if it hides behind an alias, later.
fn check_value(cx: &mut Context<'_>, ty: Type, span: Span, nullable: bool) -> Type {
    match ty {
        Type::Void => {
            cx.error(misplaced_void(span));
            unknown()
        }
        Type::Alias(alias) => {
            cx.alias_uses.push(AliasUse {
                alias,
                nullable,
                span,
            });
            ty
        }
        ty => ty,
    }
}

/// The error for `Void` where a value is expected.
pub(super) fn misplaced_void(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MisplacedVoid, span, "`Void` has no values")
        .label("a type with values is expected")
        .help("`Void` is for routes; a union tag without payload has no type at all")
}

/// The type without regard to `?`.
fn named(cx: &mut Context<'_>, at: NamespaceId, written: &TypeRef) -> Type {
    match Builtin::named(&written.path.name.text) {
        Some(builtin) => match lookup::prefix(cx, at, &written.path) {
            Some(()) => builtin_types::resolve(cx, at, written, builtin),
            None => unknown(),
        },
        None => match lookup::path(cx, at, &written.path, Wanted::Type) {
            Some(found) => defined(cx, at, written, found),
            None => unknown(),
        },
    }
}

/// A type that the spec defines.
fn defined(cx: &mut Context<'_>, at: NamespaceId, written: &TypeRef, found: Defined) -> Type {
    let ty = match found.symbol {
        Symbol::Struct(id) => Type::Struct(id),
        Symbol::Union(id) => Type::Union(id),
        Symbol::Alias(id) => Type::Alias(id),
        Symbol::Route
        | Symbol::Annotation(_)
        | Symbol::AnnotationType(_)
        | Symbol::Namespace(_) => {
            cx.error(not_a_type(written, found));
            return unknown();
        }
    };
    if let Some(namespace) = &written.path.namespace {
        cx.namespace_mut(at).imports.insert(namespace.text.clone());
    }
    refuse_arguments(cx, written);
    ty
}

fn not_a_type(written: &TypeRef, found: Defined) -> Diagnostic {
    let (name, kind) = (&written.path.name.text, found.symbol.describe());
    let message = format!("`{name}` is {kind}, not a type");
    Diagnostic::error(Code::NotAType, written.path.span(), message)
        .label("a type is expected")
        .also(found.span, format!("{kind} is defined or imported here"))
        .help("name a struct, a union, an alias or a built-in type")
}

fn refuse_arguments(cx: &mut Context<'_>, written: &TypeRef) {
    let args = written
        .args
        .as_ref()
        .filter(|args| !args.positional.is_empty() || !args.keyword.is_empty());
    if let Some(args) = args {
        let message = format!("`{}` takes no arguments", written.path.name.text);
        cx.error(
            Diagnostic::error(Code::NoArguments, written.path.span(), message)
                .also(args.span, "given here")
                .help("only built-in types have arguments; remove them"),
        );
    }
}

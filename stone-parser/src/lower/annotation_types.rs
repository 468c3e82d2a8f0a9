//! Annotation types: the parameters of custom annotations.
//!
//! In: the definitions of annotation types. Out: their parameters in the IR.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::ast::{self, BareValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{AnnotationTypeId, NamespaceId, Param, Type, Value};
use crate::source::Span;

use super::{Context, Definitions, DocOwner, is_unknown, types, unknown, values};

/// Resolves all annotation types.
pub(super) fn lower(cx: &mut Context<'_>, definitions: &Definitions<'_>) {
    for (index, ast) in definitions.annotation_types.iter().enumerate() {
        let at = cx.api.annotation_types[index].namespace;
        let mut seen = HashMap::new();
        for param in &ast.params {
            let mut lowered = lower_param(cx, at, param);
            match seen.entry(param.name.text.as_str()) {
                Entry::Occupied(first) => cx.error(declared_twice(param, *first.get())),
                Entry::Vacant(free) => {
                    free.insert(param.name.span);
                    let number = cx.api.annotation_types[index].params.len();
                    let owner = DocOwner::Param(AnnotationTypeId(index as u32), number);
                    lowered.doc = cx.doc(param.doc.as_ref(), at, owner);
                    cx.api.annotation_types[index].params.push(lowered);
                }
            }
        }
    }
}

fn declared_twice(param: &ast::Field, first: Span) -> Diagnostic {
    let message = format!("parameter `{}` is declared already", param.name.text);
    Diagnostic::error(Code::ParameterTwice, param.name.span, message)
        .also(first, "first declared here")
        .help("rename or remove one of them")
}

/// The parameter but for its docstring, which needs a place in the annotation type.
fn lower_param(cx: &mut Context<'_>, at: NamespaceId, param: &ast::Field) -> Param {
    if let Some(annotation) = param.annotations.first() {
        cx.error(
            Diagnostic::error(
                Code::AnnotatedParameter,
                param.name.span,
                "parameters carry no annotations",
            )
            .also(annotation.span, "remove this")
            .help("only fields, tags and aliases are annotated"),
        );
    }
    let ty = param_type(cx, at, param);
    let default = param.default.as_ref();
    Param {
        name: param.name.text.clone(),
        required: default.is_none() && !matches!(ty, Type::Nullable(_)),
        default: default.and_then(|default| lower_default(cx, &ty, default)),
        doc: None,
        ty,
    }
}

/// The type of a parameter: primitive, perhaps nullable.
fn param_type(cx: &mut Context<'_>, at: NamespaceId, param: &ast::Field) -> Type {
    let Some(written) = &param.ty else {
        let message = format!("parameter `{}` has no type", param.name.text);
        cx.error(
            Diagnostic::error(Code::MissingType, param.name.span, message).help(format!(
                "write a type after the name, such as `{} String`",
                param.name.text
            )),
        );
        return unknown();
    };
    let ty = types::resolve(cx, at, written);
    let inner = match &ty {
        Type::Nullable(inner) if !is_unknown(&ty) => inner,
        ty => ty,
    };
    let name = &written.path.name.text;
    match inner {
        Type::Void
        | Type::List(_)
        | Type::Map(_)
        | Type::Struct(_)
        | Type::Union(_)
        | Type::Alias(_) => {
            cx.error(
                Diagnostic::error(
                    Code::ParameterType,
                    written.span,
                    format!("parameters cannot be of type `{name}`"),
                )
                .help("write a built-in primitive type such as `String`, without an alias"),
            );
            unknown()
        }
        _ => ty,
    }
}

fn lower_default(cx: &mut Context<'_>, ty: &Type, written: &BareValue) -> Option<Value> {
    let problem = match ty {
        ty if is_unknown(ty) => return None,
        Type::Nullable(_) => Diagnostic::error(
            Code::DefaultOnNullable,
            written.span(),
            "a nullable parameter takes no default",
        )
        .help("remove the default or the `?`"),
        ty => match values::lower(cx, ty, written) {
            Ok(value) => return Some(value),
            Err(mismatch) => Diagnostic::error(
                Code::BadDefault,
                written.span(),
                format!("the default does not fit: {}", mismatch.message),
            )
            .help(mismatch.help),
        },
    };
    cx.error(problem);
    None
}

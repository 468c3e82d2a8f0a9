//! Uses of annotations: what stands behind `@` below fields, tags and aliases.
//!
//! In: the uses and the annotated type. Out: [`FieldAnnotations`]; errors for repetitions and misplaced redactors.

use crate::ast::{self, AnnotationUse};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    AliasId, AnnotationId, AnnotationKind, CustomAnnotation, FieldAnnotations, NamespaceId,
    Redactor, Type,
};
use crate::source::Span;

use super::lookup::Wanted;
use super::scope::Symbol;
use super::{Context, lookup};

/// The annotations of a field or tag.
pub(super) fn on_field(
    cx: &mut Context<'_>,
    at: NamespaceId,
    field: &ast::Field,
    ty: &Type,
) -> FieldAnnotations {
    let place = field.name.span;
    let annotations = gather(cx, at, &field.annotations, place, false);
    if annotations.redactor.is_some() {
        check_field_redactor(cx, place, ty);
    }
    annotations
}

/// The annotations of an alias, of which only the redactor and custom ones are possible.
pub(super) fn on_alias(
    cx: &mut Context<'_>,
    at: NamespaceId,
    alias: &ast::Alias,
) -> FieldAnnotations {
    gather(cx, at, &alias.annotations, alias.name.span, true)
}

fn gather(
    cx: &mut Context<'_>,
    at: NamespaceId,
    uses: &[AnnotationUse],
    place: Span,
    on_alias: bool,
) -> FieldAnnotations {
    let mut annotations = FieldAnnotations::default();
    let mut accepted: Vec<(AnnotationId, Span)> = Vec::new();
    for written in uses {
        let Some(id) = annotation(cx, at, written, place) else {
            continue;
        };
        let problem = match on_alias {
            true => check_kind(cx, id, place),
            false => None,
        };
        let problem = problem.or_else(|| add(cx, &mut annotations, id, place));
        match problem {
            Some(diagnostic) => {
                let rivals = accepted
                    .iter()
                    .filter(|(rival, _)| is_rival(cx, *rival, id));
                let diagnostic = rivals.fold(diagnostic, |diagnostic, (_, span)| {
                    diagnostic.also(*span, "first here")
                });
                cx.error(diagnostic.also(written.span, "not possible"));
            }
            None => accepted.push((id, written.span)),
        }
    }
    annotations
}

/// Whether one field can carry only one of the two.
fn is_rival(cx: &Context<'_>, a: AnnotationId, b: AnnotationId) -> bool {
    use AnnotationKind::{Custom, Deprecated, Preview};
    match (&cx.api[a].kind, &cx.api[b].kind) {
        (Custom(..), _) | (_, Custom(..)) => false,
        (Deprecated | Preview, Deprecated | Preview) => true,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// The annotation that is named, unless its definition is broken.
fn annotation(
    cx: &mut Context<'_>,
    at: NamespaceId,
    written: &AnnotationUse,
    place: Span,
) -> Option<AnnotationId> {
    let found = lookup::path(cx, at, &written.path, Wanted::Annotation)?;
    match found.symbol {
        Symbol::Annotation(id) => Some(id).filter(|id| !cx.broken_annotations.contains(id)),
        other => {
            let message = format!(
                "`{}` is {}, not an annotation",
                written.path.name.text,
                other.describe()
            );
            cx.error(
                Diagnostic::error(Code::NotAnAnnotation, place, message)
                    .also(written.span, "named here")
                    .also(found.span, "defined here")
                    .help("name a definition that begins with `annotation`"),
            );
            None
        }
    }
}

fn check_kind(cx: &Context<'_>, id: AnnotationId, place: Span) -> Option<Diagnostic> {
    let word = match cx.api[id].kind {
        AnnotationKind::Deprecated => "Deprecated",
        AnnotationKind::Preview => "Preview",
        AnnotationKind::Omitted(_) => "Omitted",
        AnnotationKind::Redactor(..) | AnnotationKind::Custom(..) => return None,
    };
    let message = format!("an alias cannot be annotated as {word}");
    Some(
        Diagnostic::error(Code::AnnotationOnAlias, place, message)
            .help("annotate the fields that use the alias"),
    )
}

/// Adds one annotation to the others.
fn add(
    cx: &Context<'_>,
    annotations: &mut FieldAnnotations,
    id: AnnotationId,
    place: Span,
) -> Option<Diagnostic> {
    let taken = match &cx.api[id].kind {
        AnnotationKind::Deprecated if annotations.preview => {
            return Some(deprecated_preview(place));
        }
        AnnotationKind::Preview if annotations.deprecated => {
            return Some(deprecated_preview(place));
        }
        AnnotationKind::Deprecated => std::mem::replace(&mut annotations.deprecated, true),
        AnnotationKind::Preview => std::mem::replace(&mut annotations.preview, true),
        AnnotationKind::Omitted(caller) => annotations.omitted.replace(caller.clone()).is_some(),
        AnnotationKind::Redactor(kind, regex) => {
            let redactor = Redactor {
                kind: *kind,
                regex: regex.clone(),
                annotation: id,
            };
            annotations.redactor.replace(redactor).is_some()
        }
        AnnotationKind::Custom(..) => {
            annotations.custom.push(CustomAnnotation { annotation: id });
            false
        }
    };
    taken.then(|| {
        Diagnostic::error(Code::AnnotationTwice, place, "two annotations of one kind")
            .help("keep one; only custom annotations may be repeated")
    })
}

fn deprecated_preview(place: Span) -> Diagnostic {
    Diagnostic::error(
        Code::DeprecatedPreview,
        place,
        "annotated both as deprecated and as a preview",
    )
    .help("keep one of the two")
}

fn check_field_redactor(cx: &mut Context<'_>, place: Span, ty: &Type) {
    if let Type::Alias(id) = ty {
        let alias = &cx.api[*id];
        let diagnostic = Diagnostic::error(
            Code::RedactorOnAlias,
            place,
            "a redactor on the use of an alias",
        )
        .also(alias.span, "the alias is defined here")
        .help("put the redactor on the alias");
        return cx.error(diagnostic);
    }
    check_redactor(cx, place, ty);
}

/// Checks where the redactor of an alias stands, when all aliases are known.
pub(super) fn check_alias(cx: &mut Context<'_>, id: AliasId, ast: &ast::Alias) {
    if cx.api[id].redactor.is_some() {
        let ty = cx.api[id].ty.clone();
        check_redactor(cx, ast.name.span, &ty);
    }
}

fn check_redactor(cx: &mut Context<'_>, place: Span, ty: &Type) {
    let alias = match ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    };
    match alias {
        Type::Alias(id) if cx.alias_facts[id.index()].redacted => {
            let diagnostic =
                Diagnostic::error(Code::RedactedTwice, place, "the value is redacted already")
                    .also(
                        cx.api[*id].span,
                        "this alias has a redactor, or leads to one that has",
                    )
                    .help("keep one of the redactors");
            cx.error(diagnostic);
        }
        _ if cx.is_composite(ty) => cx.error(
            Diagnostic::error(
                Code::RedactorPlace,
                place,
                "a redactor on structs, unions or nothing",
            )
            .help("put it on the fields that hold the text"),
        ),
        _ => {}
    }
}

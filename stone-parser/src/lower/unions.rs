//! Unions: parents, tags and the catch-all.
//!
//! In: the union definitions and their patches. Out: `extends`, `tags` and `catch_all` in the IR.

use crate::ast;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NamespaceId, Tag, Type, UnionId};

use super::graph::{self, Step};
use super::members::Members;
use super::patches::Patches;
use super::tags::TagIndex;
use super::{Context, Definitions, DocOwner, Holder, annotation_uses, extends, types};

/// The tag that open unions have without declaring it.
const CATCH_ALL: &str = "other";

/// Resolves all unions, parents before their children.
pub(super) fn lower<'a>(
    cx: &mut Context<'a>,
    definitions: &Definitions<'a>,
    patches: &Patches<'a>,
) {
    let parents = parents(cx, definitions);
    let mut members = Members::new("tag");
    cx.tags = TagIndex::new(parents.len());
    for (number, step) in graph::walk(&parents).into_iter().enumerate() {
        match step {
            Step::Enter(index) => {
                cx.tags.enter(UnionId(index as u32), number);
                openness(cx, index, definitions.unions[index]);
                tags(
                    cx,
                    &mut members,
                    index,
                    definitions.unions[index],
                    &patches.unions[index],
                );
            }
            Step::Leave(index) => {
                cx.tags.leave(UnionId(index as u32), number);
                members.forget(
                    cx.api.unions[index]
                        .tags
                        .iter()
                        .map(|tag| tag.name.as_str()),
                );
            }
        }
    }
}

fn parents(cx: &mut Context<'_>, definitions: &Definitions<'_>) -> Vec<Option<usize>> {
    let mut parents = Vec::with_capacity(definitions.unions.len());
    for (index, ast) in definitions.unions.iter().enumerate() {
        let at = cx.api.unions[index].namespace;
        parents.push(extends::parent(
            cx,
            at,
            &ast.name,
            ast.extends.as_ref(),
            |ty| match ty {
                Type::Union(id) => Some(id.index()),
                _ => None,
            },
        ));
    }
    extends::break_cycles(cx, &mut parents, |index| {
        let ast = definitions.unions[index];
        (&ast.name, ast.extends.as_ref())
    });
    for (index, ast) in definitions.unions.iter().enumerate() {
        if ast.extends.is_some() && parents[index].is_none() {
            cx.incomplete.insert(Holder::Union(UnionId(index as u32)));
        }
    }
    for (ir, parent) in cx.api.unions.iter_mut().zip(&parents) {
        ir.extends = parent.map(|parent| UnionId(parent as u32));
    }
    parents
}

/// The first open union from the root down declares the catch-all; no closed one follows it.
fn openness(cx: &mut Context<'_>, index: usize, ast: &ast::Union) {
    let parent = cx.api.unions[index].extends;
    let inherited = parent.and_then(|parent| cx.api[parent].catch_all);
    let own = (!ast.closed).then_some(UnionId(index as u32));
    cx.api.unions[index].catch_all = inherited.or(own);
    if let Some(parent) = parent.filter(|parent| ast.closed && !cx.api[*parent].closed) {
        let parent = &cx.api[parent];
        let message = format!(
            "closed union `{}` extends the open union `{}`",
            ast.name.text, parent.name
        );
        let diagnostic = Diagnostic::error(Code::ClosedChild, ast.name.span, message)
            .also(parent.span, "this one is open")
            .help("close the parent, or write `union` here");
        cx.error(diagnostic);
    }
}

fn tags<'a>(
    cx: &mut Context<'a>,
    members: &mut Members<'a>,
    index: usize,
    ast: &'a ast::Union,
    patches: &[&'a ast::Patch],
) {
    let id = UnionId(index as u32);
    let at = cx.api[id].namespace;
    let patched = patches.iter().flat_map(|patch| &patch.fields);
    for field in ast.tags.iter().chain(patched) {
        let free = is_free(cx, members, index, field);
        let mut lowered = lower_tag(cx, at, field);
        if free {
            let number = cx.api[id].tags.len();
            lowered.doc = cx.doc(field.doc.as_ref(), at, DocOwner::Tag(id, number));
            cx.tags.declare(id, &field.name.text, number);
            cx.api.unions[index].tags.push(lowered);
        }
    }
}

/// Whether the name can be that of a tag here; reports it if not.
fn is_free<'a>(
    cx: &mut Context<'_>,
    members: &mut Members<'a>,
    index: usize,
    field: &'a ast::Field,
) -> bool {
    if field.name.text == CATCH_ALL {
        cx.incomplete.insert(Holder::Union(UnionId(index as u32)));
        cx.error(reserved(field));
        return false;
    }
    members.declare(cx, index, field)
}

/// The tag but for its docstring, which needs a place in the union.
fn lower_tag(cx: &mut Context<'_>, at: NamespaceId, field: &ast::Field) -> Tag {
    let ty = types::of_field(cx, at, field).unwrap_or(Type::Void);
    if let Some(default) = &field.default {
        let message = format!("the default of tag `{}` has no effect", field.name.text);
        cx.error(
            Diagnostic::warning(Code::IgnoredDefault, default.span(), message).help("remove it"),
        );
    }
    Tag {
        name: field.name.text.clone(),
        annotations: annotation_uses::on_field(cx, at, field, &ty),
        doc: None,
        span: field.name.span,
        ty,
    }
}

fn reserved(field: &ast::Field) -> Diagnostic {
    Diagnostic::error(
        Code::ReservedTag,
        field.name.span,
        "no tag can be named `other`",
    )
    .help("open unions have this tag without declaring it; choose another name")
}

impl Context<'_> {
    /// Whether `name` is the catch-all of the union.
    pub(super) fn is_catch_all(&self, union: UnionId, name: &str) -> bool {
        name == CATCH_ALL && self.api[union].catch_all.is_some()
    }
}

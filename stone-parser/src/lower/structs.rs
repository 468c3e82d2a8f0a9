//! Structs: parents and fields.
//!
//! In: the struct definitions and their patches. Out: `extends` and `fields` in the IR.

use crate::ast;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Field, NamespaceId, StructId, Type};

use super::graph::{self, Step};
use super::members::Members;
use super::patches::Patches;
use super::{
    Context, Definitions, DocOwner, Holder, annotation_uses, defaults, extends, types, unknown,
};

/// Resolves all structs, parents before their children.
pub(super) fn lower<'a>(
    cx: &mut Context<'a>,
    definitions: &Definitions<'a>,
    patches: &Patches<'a>,
) {
    let parents = parents(cx, definitions);
    let mut members = Members::new("field");
    for step in graph::walk(&parents) {
        match step {
            Step::Enter(index) => fields(
                cx,
                &mut members,
                index,
                definitions.structs[index],
                &patches.structs[index],
            ),
            Step::Leave(index) => {
                members.forget(
                    cx.api.structs[index]
                        .fields
                        .iter()
                        .map(|field| field.name.as_str()),
                );
            }
        }
    }
}

fn parents(cx: &mut Context<'_>, definitions: &Definitions<'_>) -> Vec<Option<usize>> {
    let mut parents = Vec::with_capacity(definitions.structs.len());
    for (index, ast) in definitions.structs.iter().enumerate() {
        let at = cx.api.structs[index].namespace;
        parents.push(extends::parent(
            cx,
            at,
            &ast.name,
            ast.extends.as_ref(),
            |ty| match ty {
                Type::Struct(id) => Some(id.index()),
                _ => None,
            },
        ));
    }
    extends::break_cycles(cx, &mut parents, |index| {
        let ast = definitions.structs[index];
        (&ast.name, ast.extends.as_ref())
    });
    for (index, ast) in definitions.structs.iter().enumerate() {
        if ast.extends.is_some() && parents[index].is_none() {
            cx.incomplete.insert(Holder::Struct(StructId(index as u32)));
        }
    }
    for (ir, parent) in cx.api.structs.iter_mut().zip(&parents) {
        ir.extends = parent.map(|parent| StructId(parent as u32));
    }
    parents
}

fn fields<'a>(
    cx: &mut Context<'a>,
    members: &mut Members<'a>,
    index: usize,
    ast: &'a ast::Struct,
    patches: &[&'a ast::Patch],
) {
    let at = cx.api.structs[index].namespace;
    let patched = patches.iter().flat_map(|patch| &patch.fields);
    for field in ast.fields.iter().chain(patched) {
        let free = members.declare(cx, index, field);
        let mut lowered = lower_field(cx, at, field);
        if free {
            let number = cx.api.structs[index].fields.len();
            let owner = DocOwner::Field(StructId(index as u32), number);
            lowered.doc = cx.doc(field.doc.as_ref(), at, owner);
            cx.api.structs[index].fields.push(lowered);
        }
    }
}

/// The field but for its docstring, which needs a place in the struct.
fn lower_field(cx: &mut Context<'_>, at: NamespaceId, field: &ast::Field) -> Field {
    let ty = field_type(cx, at, field);
    let default = field.default.as_ref();
    Field {
        name: field.name.text.clone(),
        required: default.is_none() && !cx.strip(&ty).1,
        default: default.and_then(|default| defaults::lower(cx, &ty, default)),
        annotations: annotation_uses::on_field(cx, at, field, &ty),
        doc: None,
        span: field.name.span,
        ty,
    }
}

fn field_type(cx: &mut Context<'_>, at: NamespaceId, field: &ast::Field) -> Type {
    types::of_field(cx, at, field).unwrap_or_else(|| {
        let message = format!("field `{}` has no type", field.name.text);
        cx.error(
            Diagnostic::error(Code::MissingType, field.name.span, message).help(format!(
                "write a type after the name, such as `{} String`",
                field.name.text
            )),
        );
        unknown()
    })
}

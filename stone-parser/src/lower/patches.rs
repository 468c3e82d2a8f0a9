//! Patches: fields, tags and examples that are added to types from elsewhere.
//!
//! In: the patches of all files, in order. Out: for each type what is to be added to it, and the merged examples.

use crate::ast::{self, Item, PatchKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::NamespaceId;

use super::scope::{Defined, Symbol};
use super::{Context, Definitions, ExampleSources, MergedExample, Unit};

/// The patches of each type, by its id.
pub(super) struct Patches<'a> {
    pub(super) structs: Vec<Vec<&'a ast::Patch>>,
    pub(super) unions: Vec<Vec<&'a ast::Patch>>,
}

/// Finds the target of every patch.
pub(super) fn lower<'a>(
    cx: &mut Context<'a>,
    units: &[Unit<'a>],
    definitions: &Definitions<'a>,
) -> Patches<'a> {
    let mut patches = Patches {
        structs: vec![Vec::new(); definitions.structs.len()],
        unions: vec![Vec::new(); definitions.unions.len()],
    };
    for unit in units {
        for item in unit.items {
            if let Item::Patch(patch) = item {
                lower_patch(cx, &mut patches, definitions, unit.namespace, patch);
            }
        }
    }
    patches
}

fn lower_patch<'a>(
    cx: &mut Context<'a>,
    patches: &mut Patches<'a>,
    definitions: &Definitions<'a>,
    at: NamespaceId,
    patch: &'a ast::Patch,
) {
    let Some(target) = cx.scopes.get(at, &patch.name.text) else {
        return cx.error(no_target(cx, at, patch));
    };
    let (list, examples) = match (patch.kind, target.symbol) {
        (PatchKind::Struct, Symbol::Struct(id)) => (
            &mut patches.structs[id.index()],
            &definitions.structs[id.index()].examples,
        ),
        (PatchKind::Union, Symbol::Union(id)) if !cx.api[id].closed => (
            &mut patches.unions[id.index()],
            &definitions.unions[id.index()].examples,
        ),
        (PatchKind::UnionClosed, Symbol::Union(id)) if cx.api[id].closed => (
            &mut patches.unions[id.index()],
            &definitions.unions[id.index()].examples,
        ),
        _ => return cx.error(wrong_kind(cx, patch, target)),
    };
    list.push(patch);
    for example in &patch.examples {
        if !examples
            .iter()
            .any(|known| known.label.text == example.label.text)
        {
            cx.error(no_example(patch, example, target));
        }
    }
}

fn no_target(cx: &Context<'_>, at: NamespaceId, patch: &ast::Patch) -> Diagnostic {
    let message = format!(
        "there is no type `{}` in namespace `{}` to patch",
        patch.name.text, cx.api[at].name
    );
    Diagnostic::error(Code::PatchTarget, patch.name.span, message)
        .help("write the name exactly as in the definition; a patch stands in the namespace of its target")
}

fn wrong_kind(cx: &Context<'_>, patch: &ast::Patch, target: Defined) -> Diagnostic {
    let (what, word) = match target.symbol {
        Symbol::Struct(_) => ("a struct", Some("struct")),
        Symbol::Union(id) if cx.api[id].closed => ("a closed union", Some("union_closed")),
        Symbol::Union(_) => ("an open union", Some("union")),
        other => (other.describe(), None),
    };
    let help = match word {
        Some(word) => format!("write `patch {word} {}`", patch.name.text),
        None => "only structs and unions can be patched".to_owned(),
    };
    Diagnostic::error(
        Code::PatchKind,
        patch.kind_span,
        format!("`{}` is {what}", patch.name.text),
    )
    .also(target.span, "defined here")
    .help(help)
}

fn no_example(patch: &ast::Patch, example: &ast::Example, target: Defined) -> Diagnostic {
    let message = format!(
        "`{}` has no example `{}` to patch",
        patch.name.text, example.label.text
    );
    Diagnostic::error(Code::PatchExample, example.label.span, message)
        .also(target.span, "the patched type")
        .help("a patch extends existing examples; add new ones to the type itself")
}

/// The examples of all types with what their patches add.
pub(super) fn examples<'a>(
    cx: &Context<'_>,
    definitions: &Definitions<'a>,
    patches: &Patches<'a>,
) -> ExampleSources<'a> {
    let structs = definitions
        .structs
        .iter()
        .zip(&patches.structs)
        .zip(&cx.api.structs);
    let unions = definitions.unions.iter().zip(&patches.unions);
    ExampleSources {
        structs: structs
            .map(|((ast, patches), ir)| match cx.is_config(ir.namespace) {
                true => Vec::new(),
                false => merge(&ast.examples, patches),
            })
            .collect(),
        unions: unions
            .map(|(ast, patches)| merge(&ast.examples, patches))
            .collect(),
    }
}

fn merge<'a>(examples: &'a [ast::Example], patches: &[&'a ast::Patch]) -> Vec<MergedExample<'a>> {
    let mut merged: Vec<_> = examples
        .iter()
        .map(|example| MergedExample {
            label: &example.label,
            text: example.text.as_ref(),
            fields: example.fields.iter().collect(),
        })
        .collect();
    for patch in patches.iter().flat_map(|patch| &patch.examples) {
        if let Some(example) = merged
            .iter_mut()
            .find(|example| example.label.text == patch.label.text)
        {
            patch
                .fields
                .iter()
                .for_each(|field| set(&mut example.fields, field));
        }
    }
    merged
}

/// Replaces the field of the same name, or adds the field.
fn set<'a>(fields: &mut Vec<&'a ast::ExampleField>, field: &'a ast::ExampleField) {
    match fields
        .iter_mut()
        .find(|known| known.name.text == field.name.text)
    {
        Some(known) => *known = field,
        None => fields.push(field),
    }
}

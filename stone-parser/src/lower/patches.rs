//! Patches: fields, tags and examples that are added to types from elsewhere.
//!
//! In: the patches of all files, in order. Out: for each type what is to be added to it, and the merged examples.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::ast::{self, Item, PatchKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::NamespaceId;

use super::scope::{Defined, Symbol};
use super::{Context, Definitions, ExampleSources, Holder, MergedExample, Unit};

/// The patches of each type, by its id.
pub(super) struct Patches<'a> {
    pub(super) structs: Vec<Vec<&'a ast::Patch>>,
    pub(super) unions: Vec<Vec<&'a ast::Patch>>,
}

/// Finds the target of every patch.
pub(super) fn lower<'a>(cx: &mut Context<'a>, units: &[Unit<'a>]) -> Patches<'a> {
    let mut patches = Patches {
        structs: vec![Vec::new(); cx.api.structs.len()],
        unions: vec![Vec::new(); cx.api.unions.len()],
    };
    for unit in units {
        for item in unit.items {
            if let Item::Patch(patch) = item {
                attach(cx, &mut patches, unit.namespace, patch);
            }
        }
    }
    patches
}

fn attach<'a>(
    cx: &mut Context<'a>,
    patches: &mut Patches<'a>,
    at: NamespaceId,
    patch: &'a ast::Patch,
) {
    if cx.scopes.is_doubtful(at, &patch.name.text) {
        return;
    }
    let Some(target) = cx.scopes.get(at, &patch.name.text) else {
        let diagnostic = no_target(cx, at, patch);
        return cx.error(diagnostic);
    };
    match (patch.kind, target.symbol) {
        (PatchKind::Struct, Symbol::Struct(id)) => patches.structs[id.index()].push(patch),
        (PatchKind::Union, Symbol::Union(id)) if !cx.api[id].closed => {
            patches.unions[id.index()].push(patch)
        }
        (PatchKind::UnionClosed, Symbol::Union(id)) if cx.api[id].closed => {
            patches.unions[id.index()].push(patch)
        }
        _ => {
            cx.incomplete.extend(holder(target.symbol));
            let diagnostic = wrong_kind(cx, patch, target);
            cx.error(diagnostic);
        }
    }
}

/// The type, if it has fields or tags.
fn holder(symbol: Symbol) -> Option<Holder> {
    match symbol {
        Symbol::Struct(id) => Some(Holder::Struct(id)),
        Symbol::Union(id) => Some(Holder::Union(id)),
        _ => None,
    }
}

/// What the patch may have been meant for lacks what it adds, too.
fn no_target(cx: &mut Context<'_>, at: NamespaceId, patch: &ast::Patch) -> Diagnostic {
    let name = &patch.name.text;
    let namespace = &cx.api[at].name;
    let message = format!("there is no type `{name}` in namespace `{namespace}` to patch");
    let diagnostic =
        Diagnostic::error(Code::PatchTarget, patch.name.span, message).label("unknown");
    let has = |symbol| holder(symbol).is_some();
    let names = cx.scopes.names(at).filter(|(_, symbol)| has(*symbol));
    let near = cx.similar(name, names.map(|(name, _)| name));
    if let Some(near) = near {
        let target = cx.scopes.get(at, near);
        cx.incomplete
            .extend(target.and_then(|target| holder(target.symbol)));
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    let is_target = |id| {
        cx.scopes
            .get(id, name)
            .is_some_and(|found| has(found.symbol))
    };
    let home = cx.scopes.namespaces().find(|(_, id)| is_target(*id));
    diagnostic.help(match home {
        Some((home, _)) => {
            format!("a patch stands in the namespace of its target, which is `{home}`")
        }
        None => "write the name exactly as in the definition".to_owned(),
    })
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

/// The examples of all types with what their patches add. Those of `stone_cfg` do not count.
pub(super) fn examples<'a>(
    cx: &mut Context<'_>,
    definitions: &Definitions<'a>,
    patches: &Patches<'a>,
) -> ExampleSources<'a> {
    let config = cx.config();
    let structs = definitions.structs.iter().zip(&patches.structs).enumerate();
    let structs = structs.map(|(index, (ast, patches))| {
        match Some(cx.api.structs[index].namespace) == config {
            true => Vec::new(),
            false => merge(cx, &ast.examples, patches),
        }
    });
    let structs = structs.collect();
    let unions = definitions.unions.iter().zip(&patches.unions);
    let unions = unions
        .map(|(ast, patches)| merge(cx, &ast.examples, patches))
        .collect();
    ExampleSources { structs, unions }
}

fn merge<'a>(
    cx: &mut Context<'_>,
    examples: &'a [ast::Example],
    patches: &[&'a ast::Patch],
) -> Vec<MergedExample<'a>> {
    let mut merged: Vec<_> = examples.iter().map(unpatched).collect();
    if patches.is_empty() {
        return merged;
    }
    let labels: HashMap<_, _> = examples
        .iter()
        .enumerate()
        .map(|(at, example)| (&example.label.text, at))
        .collect();
    let mut fields = HashMap::new();
    for (at, example) in examples.iter().enumerate() {
        fields.extend(
            example
                .fields
                .iter()
                .enumerate()
                .map(|(number, field)| ((at, &field.name.text), number)),
        );
    }
    for patch in patches {
        for example in &patch.examples {
            match labels.get(&example.label.text) {
                Some(at) => add(&mut merged[*at].fields, &mut fields, *at, example),
                None => {
                    let known = examples.iter().map(|example| example.label.text.as_str());
                    let diagnostic = no_example(cx, patch, example, known);
                    cx.error(diagnostic);
                }
            }
        }
    }
    merged
}

/// Replaces the fields that are known, and adds the others.
fn add<'a>(
    target: &mut Vec<&'a ast::ExampleField>,
    known: &mut HashMap<(usize, &'a String), usize>,
    at: usize,
    example: &'a ast::Example,
) {
    for field in &example.fields {
        match known.entry((at, &field.name.text)) {
            Entry::Occupied(number) => target[*number.get()] = field,
            Entry::Vacant(number) => {
                number.insert(target.len());
                target.push(field);
            }
        }
    }
}

fn unpatched(example: &ast::Example) -> MergedExample<'_> {
    MergedExample {
        label: &example.label,
        text: example.text.as_ref(),
        fields: example.fields.iter().collect(),
    }
}

fn no_example<'e>(
    cx: &Context<'_>,
    patch: &ast::Patch,
    example: &ast::Example,
    known: impl Iterator<Item = &'e str> + Clone,
) -> Diagnostic {
    let label = &example.label;
    let message = format!(
        "`{}` has no example `{}` to patch",
        patch.name.text, label.text
    );
    let help = cx.choose(
        &label.text,
        known,
        "a patch extends existing examples, which are",
        "a patch extends existing examples, and there is none; add it to the type itself",
    );
    Diagnostic::error(Code::PatchExample, label.span, message)
        .label("unknown")
        .help(help)
}

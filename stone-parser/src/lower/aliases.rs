//! Aliases: their targets, and where chains of them lead.
//!
//! In: the alias definitions. Out: their types and annotations in the IR, and [`AliasFacts`], which let later passes
//! see through any alias in one step.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{AliasId, Type};
use crate::source::Span;

use super::{Context, Definitions, annotation_uses, graph, is_unknown, types, unknown};

/// Other members of a circle that a diagnostic shows.
const MOST: usize = 5;

/// A use of an alias that is right or wrong depending on where the alias leads.
pub(super) struct AliasUse {
    pub(super) alias: AliasId,
    /// Whether the use adds `?`.
    pub(super) nullable: bool,
    pub(super) span: Span,
}

/// What is behind an alias.
#[derive(Debug, Clone, Copy)]
pub(super) struct AliasFacts {
    /// The last alias on the way, whose type is none, nor `?` of one.
    end: AliasId,
    /// Whether there is a `?` on the way.
    nullable: bool,
    /// Whether there is a redactor on the way.
    pub(super) redacted: bool,
    /// Whether its values contain structs or unions, which redactors cannot replace.
    composite: bool,
}

/// Resolves all aliases.
pub(super) fn lower(cx: &mut Context<'_>, definitions: &Definitions<'_>) {
    for (index, ast) in definitions.aliases.iter().enumerate() {
        let at = cx.api.aliases[index].namespace;
        let ty = types::resolve(cx, at, &ast.ty);
        let annotations = annotation_uses::on_alias(cx, at, ast);
        let alias = &mut cx.api.aliases[index];
        (alias.ty, alias.redactor, alias.custom) = (ty, annotations.redactor, annotations.custom);
    }
    for index in break_cycles(cx, definitions) {
        let facts = facts(cx, index);
        cx.alias_facts[index] = facts;
    }
    for (index, ast) in definitions.aliases.iter().enumerate() {
        annotation_uses::check_alias(cx, AliasId(index as u32), ast);
    }
}

/// Reports cycles and makes their aliases unknown. Returns all aliases, each after those in its type.
fn break_cycles(cx: &mut Context<'_>, definitions: &Definitions<'_>) -> Vec<usize> {
    let links: Vec<_> = cx
        .api
        .aliases
        .iter()
        .map(|alias| aliases_in(&alias.ty))
        .collect();
    let mut cycles: Vec<Vec<usize>> = Vec::new();
    let order = graph::dependencies_first(
        links.len(),
        |alias| &links[alias],
        |cycle| cycles.push(cycle.to_vec()),
    );
    for cycle in cycles {
        // The last one by definition is the one that closes the circle for a reader.
        let last = cycle.iter().copied().max().unwrap_or_default();
        let name = &definitions.aliases[last].name;
        let message = format!("alias `{}` contains itself", name.text);
        let diagnostic = Diagnostic::error(Code::AliasCycle, name.span, message)
            .also(definitions.aliases[last].ty.span, "through this type")
            .help("let one of the aliases name another type; recursion needs a struct or a union");
        let others = cycle.iter().filter(|alias| **alias != last).take(MOST);
        cx.error(others.fold(diagnostic, |diagnostic, alias| {
            diagnostic.also(definitions.aliases[*alias].ty.span, "and this one")
        }));
        cycle
            .into_iter()
            .for_each(|alias| cx.api.aliases[alias].ty = unknown());
    }
    cx.alias_facts = (0..links.len())
        .map(|alias| AliasFacts::new(AliasId(alias as u32)))
        .collect();
    order
}

/// The aliases named in a type, at any depth.
fn aliases_in(ty: &Type) -> Vec<usize> {
    let mut found = Vec::new();
    let mut todo = vec![ty];
    while let Some(ty) = todo.pop() {
        match ty {
            Type::Alias(id) => found.push(id.index()),
            Type::Nullable(inner) => todo.push(inner),
            Type::List(list) => todo.push(&list.item),
            Type::Map(map) => todo.push(&map.value),
            _ => {}
        }
    }
    found
}

impl AliasFacts {
    fn new(end: AliasId) -> Self {
        Self {
            end,
            nullable: false,
            redacted: false,
            composite: false,
        }
    }
}

/// What is behind an alias, given the facts of the aliases in its type.
fn facts(cx: &Context<'_>, index: usize) -> AliasFacts {
    let alias = &cx.api.aliases[index];
    let (inner, nullable) = peel(&alias.ty);
    let behind = match inner {
        Type::Alias(next) => cx.alias_facts[next.index()],
        _ => AliasFacts {
            composite: cx.is_composite(&alias.ty),
            ..AliasFacts::new(AliasId(index as u32))
        },
    };
    AliasFacts {
        nullable: behind.nullable || nullable,
        redacted: behind.redacted || alias.redactor.is_some(),
        ..behind
    }
}

/// The type without the `?` on its outside, and whether there is one.
fn peel(ty: &Type) -> (&Type, bool) {
    match ty {
        Type::Nullable(inner) => (inner, true),
        ty => (ty, false),
    }
}

impl Context<'_> {
    /// The type without aliases and `?` on its outside, and whether there was a `?`, as [`crate::ir::Api::strip`]
    /// finds it, but without walking along the chain of aliases.
    pub(super) fn strip<'t>(&'t self, ty: &'t Type) -> (&'t Type, bool) {
        let (inner, nullable) = peel(ty);
        let Type::Alias(id) = inner else {
            return (inner, nullable);
        };
        let facts = self.alias_facts[id.index()];
        (peel(&self.api[facts.end].ty).0, nullable || facts.nullable)
    }

    /// Whether the type is [`unknown`], directly or behind aliases.
    pub(super) fn leads_nowhere(&self, ty: &Type) -> bool {
        self.strip(ty) == (&Type::Void, true)
    }

    /// Whether values of the type are, or contain in lists and maps, structs, unions or nothing.
    pub(super) fn is_composite(&self, ty: &Type) -> bool {
        match ty {
            Type::Struct(_) | Type::Union(_) | Type::Void => true,
            Type::Alias(id) => self.alias_facts[id.index()].composite,
            Type::List(list) => self.is_composite(&list.item),
            Type::Map(map) => self.is_composite(&map.value),
            ty if is_unknown(ty) => false,
            Type::Nullable(inner) => self.is_composite(inner),
            _ => false,
        }
    }
}

/// Checks what could not be checked before all aliases were known.
pub(super) fn check_uses(cx: &mut Context<'_>) {
    for AliasUse {
        alias,
        nullable,
        span,
    } in std::mem::take(&mut cx.alias_uses)
    {
        match cx.strip(&Type::Alias(alias)) {
            (Type::Void, true) => {}
            (Type::Void, false) => cx.error(types::misplaced_void(span)),
            (_, true) if nullable => cx.error(nullable_twice(cx, alias, span)),
            _ => {}
        }
    }
}

fn nullable_twice(cx: &Context<'_>, alias: AliasId, span: Span) -> Diagnostic {
    let alias = &cx.api[alias];
    Diagnostic::error(
        Code::NullableTwice,
        span,
        format!("alias `{}` is nullable already", alias.name),
    )
    .also(alias.span, "defined here")
    .help("remove the `?`")
}

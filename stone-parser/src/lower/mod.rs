//! Lowering: from the AST of all files to the resolved IR.
//!
//! In: the parsed files. Out: an [`ir::Api`] and diagnostics; with errors, the API is what could be understood.
//! Each pass is a module and runs once over everything, in the order of [`lower`]. Before the first pass that looks
//! at types, `collect` gives every definition its id, so that passes may refer forward freely.

mod aliases;
mod annotation_types;
mod annotation_uses;
mod annotations;
mod arguments;
mod builtin;
mod builtin_types;
mod collect;
mod defaults;
pub(crate) mod docs;
mod examples;
mod extends;
mod graph;
mod imports;
mod index;
mod inline;
mod literals;
mod lookup;
mod members;
mod names;
mod namespaces;
mod patches;
pub(crate) mod patterns;
mod routes;
mod schema;
mod scope;
mod structs;
mod subtypes;
mod tags;
pub(crate) mod timestamp;
mod types;
mod unions;
mod values;

use std::cell::Cell;
use std::collections::HashSet;

use crate::ast;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    AliasId, AnnotationId, AnnotationTypeId, Api, Doc, Namespace, NamespaceId, RouteId, StructId,
    Type, UnionId,
};
use crate::source::{SourceMap, Span};
use crate::suggest;

use aliases::{AliasFacts, AliasUse};
use patterns::Patterns;
use scope::Scopes;
use tags::TagIndex;

/// Lowers all files of a spec.
pub(crate) fn lower<'a>(
    files: &'a [ast::File],
    sources: &'a SourceMap,
    diagnostics: &'a mut Diagnostics,
) -> Api {
    let mut cx = Context::new(sources, diagnostics);
    let units = namespaces::lower(&mut cx, files);
    let definitions = collect::lower(&mut cx, &units);
    imports::lower(&mut cx, &units);
    let patches = patches::lower(&mut cx, &units);
    annotation_types::lower(&mut cx, &definitions);
    annotations::lower(&mut cx, &definitions);
    aliases::lower(&mut cx, &definitions);
    unions::lower(&mut cx, &definitions, &patches);
    structs::lower(&mut cx, &definitions, &patches);
    subtypes::lower(&mut cx, &definitions);
    schema::lower(&mut cx);
    routes::lower(&mut cx, &definitions);
    aliases::check_uses(&mut cx);
    index::lower(&mut cx);
    let examples = patches::examples(&mut cx, &definitions, &patches);
    examples::lower(&mut cx, &examples);
    docs::resolve(&mut cx);
    cx.api
}

/// What the passes share.
struct Context<'a> {
    sources: &'a SourceMap,
    diagnostics: &'a mut Diagnostics,
    scopes: Scopes<'a>,
    /// By [`AliasId`]; filled by `aliases`.
    alias_facts: Vec<AliasFacts>,
    /// Uses of aliases that wait for the facts.
    alias_uses: Vec<AliasUse>,
    /// Annotations whose definitions have errors.
    broken_annotations: HashSet<AnnotationId>,
    /// Filled by `unions`.
    tags: TagIndex<'a>,
    patterns: Patterns,
    /// Types some of whose fields or tags are unknown, because of their parent or a patch.
    incomplete: HashSet<Holder>,
    /// How many names may still be compared to find out what was meant.
    comparisons: Cell<usize>,
    docs: Vec<DocSite>,
    api: Api,
}

/// A type that has fields or tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Holder {
    Struct(StructId),
    Union(UnionId),
}

/// Enough for hundreds of slips among thousands of names. A damaged spec may have thousands, which nobody reads.
const COMPARISONS: usize = 300_000;

/// The declarations of a file with the namespace that they belong to.
struct Unit<'a> {
    namespace: NamespaceId,
    items: &'a [ast::Item],
}

/// The AST of every definition, in the order of the ids.
#[derive(Default)]
struct Definitions<'a> {
    structs: Vec<&'a ast::Struct>,
    unions: Vec<&'a ast::Union>,
    aliases: Vec<&'a ast::Alias>,
    routes: Vec<&'a ast::Route>,
    annotations: Vec<&'a ast::Annotation>,
    annotation_types: Vec<&'a ast::AnnotationType>,
}

/// A docstring in the IR whose references are still to be resolved.
#[derive(Debug, Clone, Copy)]
struct DocSite {
    /// The string token.
    span: Span,
    owner: DocOwner,
}

/// Whose docstring it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DocOwner {
    /// The docs of all files of a namespace are joined, so it may own several sites.
    Namespace(NamespaceId),
    Struct(StructId),
    Field(StructId, usize),
    Union(UnionId),
    Tag(UnionId, usize),
    Route(RouteId),
    Alias(AliasId),
    AnnotationType(AnnotationTypeId),
    Param(AnnotationTypeId, usize),
}

/// The examples of all types, ready to be checked and computed.
struct ExampleSources<'a> {
    /// By [`StructId`].
    structs: Vec<Vec<MergedExample<'a>>>,
    /// By [`UnionId`].
    unions: Vec<Vec<MergedExample<'a>>>,
}

/// An example with what patches add to it: a patched field replaces one of its name, others follow.
struct MergedExample<'a> {
    label: &'a ast::Ident,
    text: Option<&'a ast::Doc>,
    fields: Vec<&'a ast::ExampleField>,
}

/// Stands for a type that could not be resolved. No valid spec contains `Void?`, and since it is nullable, nothing
/// complains about missing values. Whatever meets it keeps silent: the mistake has been reported.
fn unknown() -> Type {
    Type::Nullable(Box::new(Type::Void))
}

/// Whether it is [`unknown`], directly.
fn is_unknown(ty: &Type) -> bool {
    matches!(ty, Type::Nullable(inner) if **inner == Type::Void)
}

impl<'a> Context<'a> {
    fn new(sources: &'a SourceMap, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            sources,
            diagnostics,
            scopes: Scopes::default(),
            alias_facts: Vec::new(),
            alias_uses: Vec::new(),
            broken_annotations: HashSet::new(),
            tags: TagIndex::default(),
            patterns: Patterns::default(),
            incomplete: HashSet::new(),
            comparisons: Cell::new(COMPARISONS),
            docs: Vec::new(),
            api: Api::default(),
        }
    }

    /// Reports an error.
    fn error(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// An error at `token` if that is on the line of `place`, which is where it counts, else at `place` with a label.
    fn error_at(
        &self,
        code: Code,
        place: Span,
        token: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        let file = &self.sources[place.file];
        let line = |span: Span| file.position(span.start as usize).line;
        match place.file == token.file && line(place) == line(token) {
            true => Diagnostic::error(code, token, message),
            false => Diagnostic::error(code, place, message).also(token, "this one"),
        }
    }

    /// The name that was probably meant.
    fn similar<'n>(&self, name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        let left = self.comparisons.get();
        let mut compared = 0;
        let names = names.take(left).inspect(|_| compared += 1);
        let near = suggest::similar(name, names);
        self.comparisons.set(left - compared);
        near
    }

    /// The name that was probably meant as a question, else all names after `lead`, else `fallback`.
    fn choose<'n>(
        &self,
        name: &str,
        names: impl Iterator<Item = &'n str> + Clone,
        lead: &str,
        fallback: &str,
    ) -> String {
        if let Some(near) = self.similar(name, names.clone()) {
            return format!("did you mean `{near}`?");
        }
        match suggest::list(names) {
            names if names.is_empty() => fallback.to_owned(),
            names => format!("{lead} {names}"),
        }
    }

    /// Whether fields of the struct or of an ancestor may be unknown because of a mistake that was reported.
    fn is_incomplete_struct(&self, id: StructId) -> bool {
        let is_marked = |id: &StructId| self.incomplete.contains(&Holder::Struct(*id));
        !self.incomplete.is_empty() && self.api.struct_lineage(id).iter().any(is_marked)
    }

    /// Whether tags of the union or of an ancestor may be unknown because of a mistake that was reported.
    fn is_incomplete_union(&self, id: UnionId) -> bool {
        let is_marked = |id: &UnionId| self.incomplete.contains(&Holder::Union(*id));
        !self.incomplete.is_empty() && self.api.union_lineage(id).iter().any(is_marked)
    }

    /// The docstring for the IR; `docs` resolves its references at the end.
    fn doc(
        &mut self,
        doc: Option<&ast::Doc>,
        namespace: NamespaceId,
        owner: DocOwner,
    ) -> Option<Doc> {
        let doc = doc?;
        if !self.is_config(namespace) {
            self.docs.push(DocSite {
                span: doc.span,
                owner,
            });
        }
        Some(docs::doc(doc))
    }

    /// The namespace `stone_cfg`, if there is one.
    fn config(&self) -> Option<NamespaceId> {
        (!self.api.config.name.is_empty()).then_some(NamespaceId(self.api.namespaces.len() as u32))
    }

    /// Whether it is `stone_cfg`, which is checked like the others but left out of the IR.
    fn is_config(&self, namespace: NamespaceId) -> bool {
        namespace.index() == self.api.namespaces.len()
    }

    fn namespace_mut(&mut self, id: NamespaceId) -> &mut Namespace {
        self.api
            .namespaces
            .get_mut(id.index())
            .unwrap_or(&mut self.api.config)
    }
}

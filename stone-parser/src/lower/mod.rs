//! Lowering: from the AST of all files to the resolved IR.
//!
//! In: the parsed files. Out: an [`ir::Api`] and diagnostics; with errors, the API is what could be understood.
//! Each pass is a module and runs once over everything, in the order of [`lower`]. Before the first pass that looks
//! at types, `collect` gives every definition its id, so that passes may refer forward freely.

mod builtin;
mod collect;
mod docs;
mod inline;
mod names;
mod namespaces;
mod scope;

use crate::ast;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{
    AliasId, AnnotationTypeId, Api, Doc, Namespace, NamespaceId, RouteId, StructId, Type, UnionId,
};
use crate::source::{SourceMap, Span};

use scope::Scopes;

/// Lowers all files of a spec.
pub fn lower<'a>(
    files: &'a [ast::File],
    sources: &'a SourceMap,
    diagnostics: &'a mut Diagnostics,
) -> Api {
    let mut cx = Context::new(sources, diagnostics);
    let units = namespaces::lower(&mut cx, files);
    let _definitions = collect::lower(&mut cx, &units);
    cx.api
}

/// What the passes share.
pub(super) struct Context<'a> {
    pub(super) sources: &'a SourceMap,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) scopes: Scopes<'a>,
    pub(super) docs: Vec<DocSite>,
    pub(super) api: Api,
}

/// The declarations of a file with the namespace that they belong to.
pub(super) struct Unit<'a> {
    pub(super) namespace: NamespaceId,
    pub(super) items: &'a [ast::Item],
}

/// The AST of every definition, in the order of the ids.
#[derive(Default)]
pub(super) struct Definitions<'a> {
    pub(super) structs: Vec<&'a ast::Struct>,
    pub(super) unions: Vec<&'a ast::Union>,
    pub(super) aliases: Vec<&'a ast::Alias>,
    pub(super) routes: Vec<&'a ast::Route>,
    pub(super) annotations: Vec<&'a ast::Annotation>,
    pub(super) annotation_types: Vec<&'a ast::AnnotationType>,
}

/// A docstring in the IR whose references are still to be resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct DocSite {
    /// The string token.
    pub(super) span: Span,
    pub(super) owner: DocOwner,
}

/// Whose docstring it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocOwner {
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
pub(super) struct ExampleSources<'a> {
    /// By [`StructId`].
    pub(super) structs: Vec<Vec<MergedExample<'a>>>,
    /// By [`UnionId`].
    pub(super) unions: Vec<Vec<MergedExample<'a>>>,
}

/// An example with what patches add to it: a patched field replaces one of its name, others follow.
pub(super) struct MergedExample<'a> {
    pub(super) label: &'a ast::Ident,
    pub(super) text: Option<&'a ast::Doc>,
    pub(super) fields: Vec<&'a ast::ExampleField>,
    /// The header line.
    pub(super) span: Span,
}

/// Stands for a type that could not be resolved. No valid spec contains `Void?`, and since it is nullable, nothing
/// complains about missing values. Whatever meets it keeps silent: the mistake has been reported.
pub(super) fn unknown() -> Type {
    Type::Nullable(Box::new(Type::Void))
}

/// Whether it is [`unknown`], directly.
pub(super) fn is_unknown(ty: &Type) -> bool {
    matches!(ty, Type::Nullable(inner) if **inner == Type::Void)
}

impl<'a> Context<'a> {
    fn new(sources: &'a SourceMap, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            sources,
            diagnostics,
            scopes: Scopes::default(),
            docs: Vec::new(),
            api: Api::default(),
        }
    }

    /// Reports an error.
    pub(super) fn error(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The docstring for the IR; `docs` resolves its references at the end.
    pub(super) fn doc(
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

    /// Whether it is `stone_cfg`, which is checked like the others but left out of the IR.
    pub(super) fn is_config(&self, namespace: NamespaceId) -> bool {
        namespace.index() == self.api.namespaces.len()
    }

    pub(super) fn namespace_mut(&mut self, id: NamespaceId) -> &mut Namespace {
        self.api
            .namespaces
            .get_mut(id.index())
            .unwrap_or(&mut self.api.config)
    }
}

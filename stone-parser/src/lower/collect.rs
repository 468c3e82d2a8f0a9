//! Collection: every definition gets its id, its name and an entry in the IR that later passes fill.
//!
//! In: the declarations of all files. Out: [`Definitions`] and the scopes. Inline types count as standing after
//! everything else of their file.

use crate::ast::{self, Field, InlineType, Item};
use crate::ir::{
    Alias, AliasId, Annotation, AnnotationId, AnnotationKind, AnnotationType, AnnotationTypeId,
    NamespaceId, Route, RouteId, Struct, StructId, Union, UnionId,
};

use crate::source::Span;

use super::names::Names;
use super::scope::{Defined, Symbol};
use super::{Context, Definitions, DocOwner, Unit, inline, unknown};

/// Collects the definitions of all files.
pub(super) fn lower<'a>(cx: &mut Context<'a>, units: &[Unit<'a>]) -> Definitions<'a> {
    let mut collector = Collector {
        cx,
        names: Names::default(),
        definitions: Definitions::default(),
        at: NamespaceId(0),
    };
    for unit in units {
        collector.at = unit.namespace;
        unit.items.iter().for_each(|item| collector.item(item));
        collector.inline_types(unit.items);
    }
    collector.definitions
}

struct Collector<'c, 'a> {
    cx: &'c mut Context<'a>,
    names: Names<'a>,
    definitions: Definitions<'a>,
    /// The namespace of the file at hand.
    at: NamespaceId,
}

impl<'a> Collector<'_, 'a> {
    fn item(&mut self, item: &'a Item) {
        match item {
            Item::Alias(ast) => self.alias(ast),
            Item::AnnotationType(ast) => self.annotation_type(ast),
            Item::Annotation(ast) => self.annotation(ast),
            Item::Struct(ast) => self.structure(ast, ast.name.span),
            Item::Union(ast) => self.union(ast, ast.name.span),
            Item::Route(ast) => self.route(ast),
            Item::Namespace(_) | Item::Import(_) | Item::Patch(_) => {}
        }
    }

    /// Defines the types below fields, level by level.
    fn inline_types(&mut self, items: &'a [Item]) {
        let mut level: Vec<&'a [Field]> = items.iter().map(fields).collect();
        while !level.is_empty() {
            let inline: Vec<_> = level
                .into_iter()
                .flatten()
                .filter_map(|field| inline::check(self.cx, field))
                .collect();
            inline.iter().for_each(|ty| self.inline_type(ty));
            level = inline.into_iter().map(inline::fields).collect();
        }
    }

    fn inline_type(&mut self, ty: &'a InlineType) {
        match ty {
            InlineType::Struct(ast) => self.structure(ast, ast.span),
            InlineType::Union(ast) => self.union(ast, ast.span),
        }
    }

    fn claim(&mut self, name: &'a ast::Ident, symbol: Symbol, place: Span) {
        self.names.claim(
            self.cx,
            self.at,
            &name.text,
            Defined {
                symbol,
                span: place,
            },
        );
    }

    fn structure(&mut self, ast: &'a ast::Struct, place: Span) {
        let id = StructId(self.definitions.structs.len() as u32);
        self.definitions.structs.push(ast);
        self.claim(&ast.name, Symbol::Struct(id), place);
        let doc = self.cx.doc(ast.doc.as_ref(), self.at, DocOwner::Struct(id));
        self.cx.api.structs.push(Struct {
            namespace: self.at,
            name: ast.name.text.clone(),
            doc,
            extends: None,
            fields: Vec::new(),
            subtypes: None,
            examples: Vec::new(),
            span: ast.name.span,
        });
    }

    fn union(&mut self, ast: &'a ast::Union, place: Span) {
        let id = UnionId(self.definitions.unions.len() as u32);
        self.definitions.unions.push(ast);
        self.claim(&ast.name, Symbol::Union(id), place);
        let doc = self.cx.doc(ast.doc.as_ref(), self.at, DocOwner::Union(id));
        self.cx.api.unions.push(Union {
            namespace: self.at,
            name: ast.name.text.clone(),
            doc,
            extends: None,
            closed: ast.closed,
            catch_all: None,
            tags: Vec::new(),
            examples: Vec::new(),
            span: ast.name.span,
        });
    }

    fn alias(&mut self, ast: &'a ast::Alias) {
        let id = AliasId(self.definitions.aliases.len() as u32);
        self.definitions.aliases.push(ast);
        self.claim(&ast.name, Symbol::Alias(id), ast.name.span);
        let doc = self.cx.doc(ast.doc.as_ref(), self.at, DocOwner::Alias(id));
        self.cx.api.aliases.push(Alias {
            namespace: self.at,
            name: ast.name.text.clone(),
            ty: unknown(),
            doc,
            redactor: None,
            custom: Vec::new(),
            span: ast.name.span,
        });
    }

    fn annotation_type(&mut self, ast: &'a ast::AnnotationType) {
        let id = AnnotationTypeId(self.definitions.annotation_types.len() as u32);
        self.definitions.annotation_types.push(ast);
        self.claim(&ast.name, Symbol::AnnotationType(id), ast.name.span);
        let doc = self
            .cx
            .doc(ast.doc.as_ref(), self.at, DocOwner::AnnotationType(id));
        self.cx.api.annotation_types.push(AnnotationType {
            namespace: self.at,
            name: ast.name.text.clone(),
            doc,
            params: Vec::new(),
            span: ast.name.span,
        });
    }

    fn annotation(&mut self, ast: &'a ast::Annotation) {
        let id = AnnotationId(self.definitions.annotations.len() as u32);
        self.definitions.annotations.push(ast);
        self.claim(&ast.name, Symbol::Annotation(id), ast.name.span);
        self.cx.api.annotations.push(Annotation {
            namespace: self.at,
            name: ast.name.text.clone(),
            // The harmless kind, until the pass over annotations knows better.
            kind: AnnotationKind::Preview,
            span: ast.name.span,
        });
    }

    fn route(&mut self, ast: &'a ast::Route) {
        let id = RouteId(self.definitions.routes.len() as u32);
        self.definitions.routes.push(ast);
        let doc = self.cx.doc(ast.doc.as_ref(), self.at, DocOwner::Route(id));
        self.cx.api.routes.push(Route {
            namespace: self.at,
            name: ast.name.name.text.clone(),
            version: ast.name.version,
            doc,
            arg: unknown(),
            result: unknown(),
            error: unknown(),
            deprecated: None,
            attrs: Default::default(),
            span: ast.name.name.span,
        });
        self.names.claim_route(self.cx, &ast.name, id);
    }
}

/// The fields of a declaration, below which inline types may stand.
fn fields(item: &Item) -> &[Field] {
    match item {
        Item::Struct(ast) => &ast.fields,
        Item::Union(ast) => &ast.tags,
        Item::Patch(ast) => &ast.fields,
        Item::AnnotationType(ast) => &ast.params,
        Item::Namespace(_)
        | Item::Import(_)
        | Item::Alias(_)
        | Item::Annotation(_)
        | Item::Route(_) => &[],
    }
}

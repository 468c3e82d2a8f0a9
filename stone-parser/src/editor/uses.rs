//! Where names stand.
//!
//! In: the ASTs of all files. Out: every name in them with what it means: those that define something, those that refer
//! to something, and those in docstrings.

use indexmap::IndexMap;

use super::names::{self, Definition, Names, Typed};
use super::{Kind, Place, Places, Symbol, docs};
use crate::ast::{
    self, AnnotationUse, Arg, Args, BareValue, Doc, Example, ExampleValue, Field, Ident,
    InlineType, Item, PatchKind, Path, TypeRef,
};
use crate::source::{SourceMap, Span};

/// All symbols with their places.
pub(super) fn symbols(sources: &SourceMap, files: &[ast::File]) -> IndexMap<Symbol, Places> {
    let names = Names::new(files);
    let mut walk = Walk {
        sources,
        names: &names,
        at: "",
        symbols: IndexMap::new(),
    };
    for file in files {
        walk.at = names::namespace(file);
        file.items.iter().for_each(|item| walk.item(item));
    }
    walk.symbols
        .values_mut()
        .for_each(|places| places.references.sort_unstable());
    walk.symbols
}

struct Walk<'n, 'a> {
    sources: &'a SourceMap,
    names: &'n Names<'a>,
    /// The namespace of the file at hand.
    at: &'a str,
    symbols: IndexMap<Symbol, Places>,
}

impl<'a> Walk<'_, 'a> {
    fn define(
        &mut self,
        symbol: Symbol,
        name: &Ident,
        header: Span,
        kind: Kind,
        doc: Option<&'a Doc>,
    ) {
        let doc = doc.cloned();
        let name = name.span;
        let places = self.symbols.entry(symbol).or_default();
        places.definitions.push(Place {
            name,
            header,
            kind,
            doc,
        });
    }

    fn refer(&mut self, symbol: Option<Symbol>, span: Span) {
        if let Some(symbol) = symbol {
            self.symbols
                .entry(symbol)
                .or_default()
                .references
                .push(span);
        }
    }

    fn namespace(&mut self, name: &str, span: Span) {
        let exists = self.names.has_namespace(name);
        self.refer(exists.then(|| Symbol::Namespace(name.to_owned())), span);
    }

    /// A declaration with its docstring.
    fn declaration(&mut self, name: &'a Ident, header: Span, kind: Kind, doc: Option<&'a Doc>) {
        let symbol = Symbol::definition(self.at, &name.text);
        self.define(symbol, name, header, kind, doc);
        self.doc(doc, Some(&name.text));
    }

    fn item(&mut self, item: &'a Item) {
        match item {
            Item::Namespace(ast) => {
                let symbol = Symbol::Namespace(ast.name.text.clone());
                self.define(
                    symbol,
                    &ast.name,
                    ast.span,
                    Kind::Namespace,
                    ast.doc.as_ref(),
                );
                self.doc(ast.doc.as_ref(), None);
            }
            Item::Import(ast) => self.namespace(&ast.name.text, ast.name.span),
            Item::Alias(ast) => {
                self.declaration(&ast.name, ast.span, Kind::Alias, ast.doc.as_ref());
                self.ty(&ast.ty);
                self.annotations(&ast.annotations);
            }
            Item::AnnotationType(ast) => {
                self.declaration(&ast.name, ast.span, Kind::AnnotationType, ast.doc.as_ref());
                self.fields(&ast.name.text, Kind::Parameter, &ast.params);
            }
            Item::Annotation(ast) => {
                self.declaration(&ast.name, ast.span, Kind::Annotation, None);
                self.path(&ast.ty);
                self.arguments(&ast.ty, ast.args.as_ref());
            }
            Item::Struct(ast) => self.structure(ast),
            Item::Union(ast) => self.union(ast),
            Item::Patch(ast) => self.patch(ast),
            Item::Route(ast) => self.route(ast),
        }
    }

    fn structure(&mut self, ast: &'a ast::Struct) {
        self.declaration(&ast.name, ast.span, Kind::Struct, ast.doc.as_ref());
        ast.extends.iter().for_each(|ty| self.ty(ty));
        for tag in ast.subtypes.iter().flat_map(|subtypes| &subtypes.tags) {
            let symbol = Symbol::member(self.at, &ast.name.text, &tag.tag.text);
            self.define(symbol, &tag.tag, tag.span, Kind::TypeTag, None);
            self.ty(&tag.ty);
        }
        self.fields(&ast.name.text, Kind::Field, &ast.fields);
        self.examples(&ast.name.text, &ast.examples, true);
    }

    fn union(&mut self, ast: &'a ast::Union) {
        self.declaration(&ast.name, ast.span, Kind::Union, ast.doc.as_ref());
        ast.extends.iter().for_each(|ty| self.ty(ty));
        self.fields(&ast.name.text, Kind::Tag, &ast.tags);
        self.examples(&ast.name.text, &ast.examples, true);
    }

    /// The examples of a patch extend those of its target.
    fn patch(&mut self, ast: &'a ast::Patch) {
        let target = self.names.definition(self.at, None, &ast.name.text);
        self.refer(target.map(Definition::symbol), ast.name.span);
        let kind = match ast.kind {
            PatchKind::Struct => Kind::Field,
            PatchKind::Union | PatchKind::UnionClosed => Kind::Tag,
        };
        self.fields(&ast.name.text, kind, &ast.fields);
        self.examples(&ast.name.text, &ast.examples, false);
    }

    fn route(&mut self, ast: &'a ast::Route) {
        let symbol = Symbol::route(self.at, &ast.name.name.text, ast.name.version);
        self.define(
            symbol,
            &ast.name.name,
            ast.span,
            Kind::Route,
            ast.doc.as_ref(),
        );
        self.doc(ast.doc.as_ref(), None);
        for ty in [&ast.arg, &ast.result, &ast.error] {
            self.ty(ty);
        }
        if let Some(by) = ast
            .deprecated
            .as_ref()
            .and_then(|deprecated| deprecated.by.as_ref())
        {
            self.refer(
                self.names.route(self.at, &by.name.text, by.version),
                by.name.span,
            );
        }
        let schema = self.names.definition("stone_cfg", None, "Route");
        for attr in &ast.attrs {
            let member = schema.and_then(|schema| self.names.member(schema, &attr.name.text));
            let (symbol, ty) = member.unzip();
            self.refer(symbol, attr.name.span);
            self.tag(&attr.value, ty.flatten());
        }
    }

    fn fields(&mut self, owner: &'a str, kind: Kind, fields: &'a [Field]) {
        for field in fields {
            let symbol = Symbol::member(self.at, owner, &field.name.text);
            self.define(symbol, &field.name, field.span, kind, field.doc.as_ref());
            self.doc(field.doc.as_ref(), Some(owner));
            self.annotations(&field.annotations);
            if let Some(value) = &field.default {
                let namespace = self.at;
                let ty = field.ty.as_ref().map(|ty| Typed { namespace, ty });
                self.tag(value, ty);
            }
            // The name of an inline type is that of the field's type: it is defined there.
            match (field.inline.as_deref(), &field.ty) {
                (Some(InlineType::Struct(ast)), _) => self.structure(ast),
                (Some(InlineType::Union(ast)), _) => self.union(ast),
                (None, ty) => ty.iter().for_each(|ty| self.ty(ty)),
            }
        }
    }

    fn annotations(&mut self, annotations: &'a [AnnotationUse]) {
        annotations
            .iter()
            .for_each(|annotation| self.path(&annotation.path));
    }

    fn ty(&mut self, ty: &'a TypeRef) {
        self.path(&ty.path);
        self.arguments(&ty.path, ty.args.as_ref());
    }

    /// Arguments, whose keywords may be parameters of what `path` names.
    fn arguments(&mut self, path: &Path, args: Option<&'a Args>) {
        let Some(args) = args else { return };
        let definition = self.names.path(self.at, path);
        for arg in &args.keyword {
            let member =
                definition.and_then(|definition| self.names.member(definition, &arg.name.text));
            self.refer(member.map(|(symbol, _)| symbol), arg.name.span);
        }
        let keyword = args.keyword.iter().map(|arg| &arg.value);
        for arg in args.positional.iter().chain(keyword) {
            if let Arg::Type(ty) = arg {
                self.ty(ty);
            }
        }
    }

    fn path(&mut self, path: &Path) {
        if let Some(prefix) = &path.namespace {
            self.namespace(&prefix.text, prefix.span);
        }
        let definition = self.names.path(self.at, path);
        self.refer(definition.map(Definition::symbol), path.name.span);
    }

    /// The default of a field or the value of an attribute.
    fn tag(&mut self, value: &BareValue, ty: Option<Typed<'a>>) {
        if let (BareValue::Tag(tag), Some(ty)) = (value, ty) {
            self.refer(self.names.value(ty, &tag.text), tag.span);
        }
    }

    fn examples(&mut self, owner: &'a str, examples: &'a [Example], are_definitions: bool) {
        let definition = self.names.definition(self.at, None, owner);
        for example in examples {
            let symbol = Symbol::example(self.at, owner, &example.label.text);
            if are_definitions {
                let text = example.text.as_ref();
                self.define(symbol, &example.label, example.span, Kind::Example, text);
            } else {
                self.refer(Some(symbol), example.label.span);
            }
            self.doc(example.text.as_ref(), Some(owner));
            for field in &example.fields {
                let member = definition
                    .and_then(|definition| self.names.member(definition, &field.name.text));
                let (symbol, ty) = member.unzip();
                self.refer(symbol, field.name.span);
                self.value(&field.value, ty.flatten());
            }
        }
    }

    fn value(&mut self, value: &'a ExampleValue, ty: Option<Typed<'a>>) {
        let Some(ty) = ty else { return };
        match value {
            ExampleValue::Literal(_) => {}
            ExampleValue::Ref(word) => self.refer(self.names.value(ty, &word.text), word.span),
            ExampleValue::List { items, .. } => {
                let element = self.names.element(ty);
                items.iter().for_each(|item| self.value(item, element));
            }
            ExampleValue::Map { pairs, .. } => {
                let element = self.names.element(ty);
                pairs
                    .iter()
                    .for_each(|(_, value)| self.value(value, element));
            }
        }
    }

    /// The references in a docstring; `owner` is the type whose fields need no type before them.
    fn doc(&mut self, doc: Option<&Doc>, owner: Option<&str>) {
        let Some(doc) = doc else { return };
        let token = self.sources.slice(doc.span);
        for (symbol, range) in docs::references(self.names, self.at, owner, token) {
            let start = doc.span.start as usize;
            let span = Span::new(doc.span.file, start + range.start, start + range.end);
            self.refer(Some(symbol), span);
        }
    }
}

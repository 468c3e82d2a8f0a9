//! Walks over the AST.
//!
//! In: declarations. Out: every name that may have a prefix, and every docstring, inline types included.

use crate::ast::{
    AnnotationUse, Arg, Args, Doc, Example, Field, InlineType, Item, Path, Struct, TypeRef, Union,
};

/// Takes what a walk finds.
pub(super) trait Visitor<'a> {
    /// A type, an annotation or an annotation type is named.
    fn path(&mut self, path: &'a Path);
    /// A docstring; those between [`Visitor::enter`] and [`Visitor::leave`] belong to the type.
    fn doc(&mut self, doc: &'a Doc);
    /// A struct or union of this name begins, or a patch of it.
    fn enter(&mut self, _name: &'a str) {}
    /// It ends.
    fn leave(&mut self) {}
}

/// Walks over a declaration.
pub(super) fn item<'a>(item: &'a Item, to: &mut impl Visitor<'a>) {
    match item {
        Item::Namespace(ast) => doc(&ast.doc, to),
        Item::Import(_) => {}
        Item::Alias(ast) => {
            type_ref(&ast.ty, to);
            uses(&ast.annotations, to);
            doc(&ast.doc, to);
        }
        Item::AnnotationType(ast) => {
            doc(&ast.doc, to);
            fields(&ast.params, to);
        }
        Item::Annotation(ast) => {
            to.path(&ast.ty);
            args(&ast.args, to);
        }
        Item::Struct(ast) => structure(ast, to),
        Item::Union(ast) => union(ast, to),
        Item::Patch(ast) => {
            to.enter(&ast.name.text);
            fields(&ast.fields, to);
            examples(&ast.examples, to);
            to.leave();
        }
        Item::Route(ast) => {
            let types = [&ast.arg, &ast.result, &ast.error];
            types.into_iter().for_each(|ty| type_ref(ty, to));
            doc(&ast.doc, to);
        }
    }
}

fn structure<'a>(ast: &'a Struct, to: &mut impl Visitor<'a>) {
    to.enter(&ast.name.text);
    ast.extends.iter().for_each(|parent| type_ref(parent, to));
    doc(&ast.doc, to);
    let subtypes = ast.subtypes.iter().flat_map(|subtypes| &subtypes.tags);
    subtypes.for_each(|tag| type_ref(&tag.ty, to));
    fields(&ast.fields, to);
    examples(&ast.examples, to);
    to.leave();
}

fn union<'a>(ast: &'a Union, to: &mut impl Visitor<'a>) {
    to.enter(&ast.name.text);
    ast.extends.iter().for_each(|parent| type_ref(parent, to));
    doc(&ast.doc, to);
    fields(&ast.tags, to);
    examples(&ast.examples, to);
    to.leave();
}

fn fields<'a>(fields: &'a [Field], to: &mut impl Visitor<'a>) {
    for field in fields {
        field.ty.iter().for_each(|ty| type_ref(ty, to));
        uses(&field.annotations, to);
        doc(&field.doc, to);
        match field.inline.as_deref() {
            Some(InlineType::Struct(ast)) => structure(ast, to),
            Some(InlineType::Union(ast)) => union(ast, to),
            None => {}
        }
    }
}

fn examples<'a>(examples: &'a [Example], to: &mut impl Visitor<'a>) {
    examples.iter().for_each(|example| doc(&example.text, to));
}

fn uses<'a>(uses: &'a [AnnotationUse], to: &mut impl Visitor<'a>) {
    uses.iter().for_each(|written| to.path(&written.path));
}

fn doc<'a>(doc: &'a Option<Doc>, to: &mut impl Visitor<'a>) {
    doc.iter().for_each(|doc| to.doc(doc));
}

fn type_ref<'a>(ty: &'a TypeRef, to: &mut impl Visitor<'a>) {
    to.path(&ty.path);
    args(&ty.args, to);
}

fn args<'a>(args: &'a Option<Args>, to: &mut impl Visitor<'a>) {
    let Some(args) = args else { return };
    let keyword = args.keyword.iter().map(|arg| &arg.value);
    for arg in args.positional.iter().chain(keyword) {
        if let Arg::Type(ty) = arg {
            type_ref(ty, to);
        }
    }
}

//! What a file defines, as a tree.
//!
//! In: its AST. Out: an [`Entry`] for each declaration with its members below it, in source order.

use super::Kind;
use crate::ast::{self, Example, Field, Ident, InlineType, Item};
use crate::source::Span;

/// Something that a file defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name; of a route with its version, unless that is 1.
    pub name: String,
    /// What it is; of a patch, what it adds to.
    pub kind: Kind,
    /// Its name in the file.
    pub name_span: Span,
    /// All of it, from its first line to the last one below it that was understood.
    pub span: Span,
    /// What is defined in it.
    pub children: Vec<Entry>,
}

/// The outline of a file.
pub(super) fn outline(file: &ast::File) -> Vec<Entry> {
    let mut entries: Vec<_> = file.items.iter().filter_map(item).collect();
    for entry in &mut entries {
        let start = entry.span.start;
        let extent = file
            .extents
            .binary_search_by_key(&start, |extent| extent.start);
        if let Ok(number) = extent {
            entry.span = file.extents[number];
        }
    }
    entries
}

fn item(item: &Item) -> Option<Entry> {
    Some(match item {
        Item::Import(_) => return None,
        Item::Namespace(ast) => leaf(&ast.name, Kind::Namespace, ast.span),
        Item::Alias(ast) => leaf(&ast.name, Kind::Alias, ast.span),
        Item::Annotation(ast) => leaf(&ast.name, Kind::Annotation, ast.span),
        Item::AnnotationType(ast) => {
            let params = fields(&ast.params, Kind::Parameter);
            node(&ast.name, Kind::AnnotationType, ast.span, params)
        }
        Item::Struct(ast) => structure(ast),
        Item::Union(ast) => union(ast),
        Item::Patch(ast) => patch(ast),
        Item::Route(ast) => route(ast),
    })
}

fn leaf(name: &Ident, kind: Kind, span: Span) -> Entry {
    node(name, kind, span, Vec::new())
}

fn node(name: &Ident, kind: Kind, header: Span, children: Vec<Entry>) -> Entry {
    let last = children.last().map_or(header, |child| child.span);
    Entry {
        name: name.text.clone(),
        kind,
        name_span: name.span,
        span: header.to(last),
        children,
    }
}

fn structure(ast: &ast::Struct) -> Entry {
    let tags = ast.subtypes.iter().flat_map(|subtypes| &subtypes.tags);
    let mut children: Vec<_> = tags
        .map(|tag| leaf(&tag.tag, Kind::TypeTag, tag.span))
        .collect();
    children.extend(fields(&ast.fields, Kind::Field));
    children.extend(ast.examples.iter().map(example));
    node(&ast.name, Kind::Struct, ast.span, children)
}

fn union(ast: &ast::Union) -> Entry {
    let mut children = fields(&ast.tags, Kind::Tag);
    children.extend(ast.examples.iter().map(example));
    node(&ast.name, Kind::Union, ast.span, children)
}

fn patch(ast: &ast::Patch) -> Entry {
    let (kind, members) = match ast.kind {
        ast::PatchKind::Struct => (Kind::Struct, Kind::Field),
        ast::PatchKind::Union | ast::PatchKind::UnionClosed => (Kind::Union, Kind::Tag),
    };
    let mut children = fields(&ast.fields, members);
    children.extend(ast.examples.iter().map(example));
    node(&ast.name, kind, ast.span, children)
}

fn route(ast: &ast::Route) -> Entry {
    let entry = leaf(&ast.name.name, Kind::Route, ast.span);
    match ast.name.version {
        1 => entry,
        version => Entry {
            name: format!("{}:{version}", entry.name),
            ..entry
        },
    }
}

fn fields(fields: &[Field], kind: Kind) -> Vec<Entry> {
    fields.iter().map(|ast| field(ast, kind)).collect()
}

fn field(ast: &Field, kind: Kind) -> Entry {
    let inline = ast.inline.as_deref().map(|inline| match inline {
        InlineType::Struct(ast) => structure(ast),
        InlineType::Union(ast) => union(ast),
    });
    let below = ast.annotations.last().map(|annotation| annotation.span);
    let below = ast
        .doc
        .as_ref()
        .map(|doc| doc.span)
        .or(below)
        .unwrap_or(ast.span);
    node(
        &ast.name,
        kind,
        ast.span.to(below),
        inline.into_iter().collect(),
    )
}

fn example(ast: &Example) -> Entry {
    let last = ast
        .fields
        .last()
        .map_or(ast.span, |field| field.value.span());
    leaf(&ast.label, Kind::Example, ast.span.to(last))
}

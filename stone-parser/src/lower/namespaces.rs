//! Namespaces: which file belongs to which.
//!
//! In: the parsed files. Out: the namespaces of the IR with their docs, their empty scopes, and the declarations of
//! each file with its namespace.

use std::collections::BTreeSet;

use crate::ast::{self, Item};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Doc, Namespace, NamespaceId};

use super::{Context, DocOwner, DocSite, Unit, docs};

/// The namespace that holds the schema of route attributes.
const CONFIG: &str = "stone_cfg";

/// Opens the namespaces that the files declare, sorted by name, `stone_cfg` last.
pub(super) fn lower<'a>(cx: &mut Context<'a>, files: &'a [ast::File]) -> Vec<Unit<'a>> {
    let headers: Vec<_> = files.iter().filter_map(|file| header(cx, file)).collect();
    let names: BTreeSet<_> = headers
        .iter()
        .map(|(header, _)| header.name.text.as_str())
        .collect();
    for name in names.iter().filter(|name| **name != CONFIG) {
        cx.scopes.open(name);
        cx.api.namespaces.push(Namespace {
            name: name.to_string(),
            ..Namespace::default()
        });
    }
    if names.contains(CONFIG) {
        cx.scopes.open(CONFIG);
        cx.api.config.name = CONFIG.to_owned();
    }
    headers
        .into_iter()
        .filter_map(|(header, items)| unit(cx, header, items))
        .collect()
}

/// The namespace line of a file and what follows it. Files without declarations belong nowhere.
fn header<'a>(
    cx: &mut Context<'_>,
    file: &'a ast::File,
) -> Option<(&'a ast::Namespace, &'a [Item])> {
    let first = file.items.first()?;
    if !matches!(first, Item::Namespace(_)) {
        cx.error(
            Diagnostic::error(
                Code::FirstDeclaration,
                first.span(),
                "the file does not begin with its namespace",
            )
            .label("expected `namespace`")
            .help("write `namespace NAME` before all other declarations"),
        );
    }
    let at = file
        .items
        .iter()
        .position(|item| matches!(item, Item::Namespace(_)))?;
    let (Item::Namespace(header), rest) = file.items[at..].split_first()? else {
        return None;
    };
    for again in rest
        .iter()
        .filter(|item| matches!(item, Item::Namespace(_)))
    {
        cx.error(
            Diagnostic::error(
                Code::SecondNamespace,
                again.span(),
                "the file declares a second namespace",
            )
            .also(header.span, "the file belongs to this one")
            .help("move what follows into a file of its own"),
        );
    }
    Some((header, rest))
}

fn unit<'a>(
    cx: &mut Context<'a>,
    header: &'a ast::Namespace,
    items: &'a [Item],
) -> Option<Unit<'a>> {
    let namespace = cx.scopes.namespace(&header.name.text)?;
    if let Some(doc) = &header.doc {
        add_doc(cx, namespace, doc);
    }
    Some(Unit { namespace, items })
}

/// Docs of several files are joined, each ended by a line break.
fn add_doc(cx: &mut Context<'_>, namespace: NamespaceId, doc: &ast::Doc) {
    let text = &mut cx
        .namespace_mut(namespace)
        .doc
        .get_or_insert_with(Doc::default)
        .text;
    text.push_str(&docs::unwrap(&doc.text));
    text.push('\n');
    if !cx.is_config(namespace) {
        cx.docs.push(DocSite {
            span: doc.span,
            owner: DocOwner::Namespace(namespace),
        });
    }
}

//! From the IR to the model: every decision about the generated code.
//!
//! In: a [`Context`]. Out: what a namespace's files will contain, and diagnostics for what Rust cannot express.

mod defaults;
mod roots;
mod routes;
mod rules;
mod structs;
mod types;
mod unions;

use std::collections::BTreeSet;

use proc_macro2::Ident;
use stone_parser::diagnostic::{Code, Diagnostic, Diagnostics};
use stone_parser::ir::{Doc, FieldAnnotations, NamespaceId, StructId};
use stone_parser::source::Span;

use super::Context;
use super::docs::{Linker, Place};
use super::markdown::wrap;
use super::model::{Deprecated, Docs, Routes, Types, ident};

/// Lowers one file of a namespace.
pub struct Lower<'a> {
    cx: &'a Context<'a>,
    here: NamespaceId,
    place: Place,
    uses: BTreeSet<NamespaceId>,
    found: &'a mut Diagnostics,
}

/// The types of a namespace.
pub fn types(cx: &Context<'_>, here: NamespaceId, found: &mut Diagnostics) -> Types {
    Lower::new(cx, here, Place::Types, found).types()
}

/// The routes of a namespace, if it has any.
pub fn routes(cx: &Context<'_>, here: NamespaceId, found: &mut Diagnostics) -> Option<Routes> {
    (!cx.api[here].routes.is_empty()).then(|| Lower::new(cx, here, Place::Routes, found).routes())
}

/// The doc comment of a namespace's module.
pub fn namespace_docs(cx: &Context<'_>, here: NamespaceId) -> Docs {
    let namespace = &cx.api[here];
    let linker = Linker {
        cx,
        here,
        place: Place::Namespace,
        preview: false,
        client: None,
    };
    Docs(linker.lines(namespace.doc.as_ref(), || {
        format!("The namespace `{}`.", namespace.name)
    }))
}

impl<'a> Lower<'a> {
    fn new(
        cx: &'a Context<'a>,
        here: NamespaceId,
        place: Place,
        found: &'a mut Diagnostics,
    ) -> Self {
        Self {
            cx,
            here,
            place,
            uses: BTreeSet::new(),
            found,
        }
    }

    fn types(&mut self) -> Types {
        let cx = self.cx;
        let namespace = &cx.api[self.here];
        let is_root = |id: &&StructId| cx.api[**id].subtypes.is_some();
        let aliases = namespace.aliases.iter().map(|id| self.alias(*id)).collect();
        let is_first = |id: &&StructId| !matches!(cx.families.of(**id), Some((_, 1..)));
        let structs = namespace
            .structs
            .iter()
            .filter(is_first)
            .map(|id| self.structure(*id))
            .collect();
        let mut unions: Vec<_> = namespace.unions.iter().map(|id| self.union(*id)).collect();
        unions.extend(
            namespace
                .structs
                .iter()
                .filter(is_root)
                .map(|id| self.root(*id)),
        );
        Types {
            uses: self.uses(),
            aliases,
            structs,
            unions,
        }
    }

    /// Modules that were named on the way.
    fn uses(&self) -> Vec<Ident> {
        self.uses
            .iter()
            .map(|id| ident(self.cx.names.module(*id)))
            .collect()
    }

    fn linker(&self) -> Linker<'a> {
        let Self {
            cx, here, place, ..
        } = *self;
        Linker {
            cx,
            here,
            place,
            preview: false,
            client: None,
        }
    }

    fn docs(&self, doc: Option<&Doc>, otherwise: impl FnOnce() -> String) -> Docs {
        Docs(self.linker().lines(doc, otherwise))
    }

    /// Docs of a field or tag, with what else is known of it.
    fn member_docs(
        &self,
        doc: Option<&Doc>,
        otherwise: impl FnOnce() -> String,
        annotations: &FieldAnnotations,
        notes: Vec<String>,
    ) -> Docs {
        let mut docs = self.docs(doc, otherwise);
        let preview = annotations
            .preview
            .then(|| "In preview: it may change or go away.".to_owned());
        let notes: Vec<String> = notes.into_iter().chain(preview).collect();
        docs.paragraph(wrap(&notes.join(" ")));
        docs
    }

    fn deprecated(annotations: &FieldAnnotations) -> Option<Deprecated> {
        let note = "the API marks it as deprecated and names no replacement";
        annotations.deprecated.then(|| Deprecated(note.into()))
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: &str) {
        self.found
            .push(Diagnostic::error(code, span, message).help(help));
    }
}

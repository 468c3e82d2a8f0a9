//! Docstrings.
//!
//! In: the docstrings of the AST and the places that own them. Out: their unwrapped text, cut at its references, and
//! an error for each reference that leads nowhere.

mod references;
mod resolve;

use crate::ast;
use crate::diagnostic::Diagnostic;
use crate::ir::{Api, Doc, DocPart, Example, StructId, Type, UnionId};
use crate::source::Span;

use super::{Context, DocOwner};
pub(crate) use references::{raw_ranges, references};
use resolve::{Place, Problem, Resolver};

/// The docstring with its text unwrapped and its references not yet looked at.
pub(super) fn doc(doc: &ast::Doc) -> Doc {
    Doc {
        text: unwrap(&doc.text),
        parts: Vec::new(),
    }
}

/// Joins the lines of each paragraph: a single line break becomes a blank, a run of n ≥ 2 becomes n - 1.
pub(crate) fn unwrap(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut breaks = 0;
    for line in raw.trim().split('\n').map(str::trim_end) {
        if !line.is_empty() {
            match breaks {
                0 => {}
                1 => text.push(' '),
                _ => text.extend(std::iter::repeat_n('\n', breaks - 1)),
            }
            text.push_str(line);
            breaks = 0;
        }
        breaks += 1;
    }
    text
}

/// Resolves the references of all docstrings. Mistakes are errors in docs of structs, unions, fields, tags and
/// routes; elsewhere what leads nowhere is text.
pub(super) fn resolve(cx: &mut Context<'_>) {
    for site in std::mem::take(&mut cx.docs) {
        let Some(mut doc) = doc_mut(&mut cx.api, site.owner).and_then(Option::take) else {
            continue;
        };
        // The docs of a namespace are one text with a site for each file.
        if doc.parts.is_empty() {
            let (parts, problems) = cut(
                &doc.text,
                &Resolver {
                    cx,
                    place: place(&cx.api, site.owner),
                },
            );
            doc.parts = parts;
            if is_checked(site.owner) {
                report(cx, problems, site.span);
            }
        }
        if let Some(slot) = doc_mut(&mut cx.api, site.owner) {
            *slot = Some(doc);
        }
    }
    resolve_examples(cx);
}

fn resolve_examples(cx: &mut Context<'_>) {
    for id in (0..cx.api.structs.len() as u32).map(StructId) {
        let examples = std::mem::take(&mut cx.api.structs[id.index()].examples);
        cx.api.structs[id.index()].examples = with_parts(cx, examples, DocOwner::Struct(id));
    }
    for id in (0..cx.api.unions.len() as u32).map(UnionId) {
        let examples = std::mem::take(&mut cx.api.unions[id.index()].examples);
        cx.api.unions[id.index()].examples = with_parts(cx, examples, DocOwner::Union(id));
    }
}

fn with_parts(cx: &Context<'_>, mut examples: Vec<Example>, owner: DocOwner) -> Vec<Example> {
    let resolver = Resolver {
        cx,
        place: place(&cx.api, owner),
    };
    for doc in examples
        .iter_mut()
        .filter_map(|example| example.text.as_mut())
    {
        doc.parts = cut(&doc.text, &resolver).0;
    }
    examples
}

/// The text in parts, and the problems of references with their ordinals. Such references stay text.
fn cut(text: &str, resolver: &Resolver<'_>) -> (Vec<DocPart>, Vec<(usize, Problem)>) {
    let (mut parts, mut problems) = (Vec::new(), Vec::new());
    let mut plain = 0;
    for reference in references(text) {
        match resolver.resolve(&reference) {
            Ok(part) => {
                push_text(&mut parts, &text[plain..reference.range.start]);
                parts.push(part);
                plain = reference.range.end;
            }
            Err(problem) => problems.extend(problem.map(|problem| (reference.ordinal, problem))),
        }
    }
    push_text(&mut parts, &text[plain..]);
    (parts, problems)
}

fn push_text(parts: &mut Vec<DocPart>, text: &str) {
    if !text.is_empty() {
        parts.push(DocPart::Text(text.to_owned()));
    }
}

/// Reports problems at the references within the string token.
fn report(cx: &mut Context<'_>, problems: Vec<(usize, Problem)>, token: Span) {
    if problems.is_empty() {
        return;
    }
    let ranges = raw_ranges(cx.sources.slice(token));
    for (ordinal, problem) in problems {
        let start = token.start as usize;
        let range = ranges.get(ordinal);
        let span = range.map(|at| Span::new(token.file, start + at.start, start + at.end));
        let error = Diagnostic::error(problem.code, span.unwrap_or(token), problem.message);
        let error = match problem.also {
            Some((span, what)) => error.also(span, what),
            None => error,
        };
        cx.error(error.help(problem.help));
    }
}

fn is_checked(owner: DocOwner) -> bool {
    use DocOwner::{Field, Route, Struct, Tag, Union};
    matches!(owner, Struct(_) | Field(..) | Union(_) | Tag(..) | Route(_))
}

/// From where references are looked up.
fn place(api: &Api, owner: DocOwner) -> Place {
    let (namespace, ty) = match owner {
        DocOwner::Namespace(id) => (id, None),
        DocOwner::Struct(id) | DocOwner::Field(id, _) => {
            (api[id].namespace, Some(Type::Struct(id)))
        }
        DocOwner::Union(id) | DocOwner::Tag(id, _) => (api[id].namespace, Some(Type::Union(id))),
        DocOwner::Route(id) => (api[id].namespace, None),
        DocOwner::Alias(id) => (api[id].namespace, None),
        DocOwner::AnnotationType(id) | DocOwner::Param(id, _) => (api[id].namespace, None),
    };
    Place { namespace, ty }
}

fn doc_mut(api: &mut Api, owner: DocOwner) -> Option<&mut Option<Doc>> {
    Some(match owner {
        DocOwner::Namespace(id) => &mut api.namespaces.get_mut(id.index())?.doc,
        DocOwner::Struct(id) => &mut api.structs.get_mut(id.index())?.doc,
        DocOwner::Field(id, i) => &mut api.structs.get_mut(id.index())?.fields.get_mut(i)?.doc,
        DocOwner::Union(id) => &mut api.unions.get_mut(id.index())?.doc,
        DocOwner::Tag(id, i) => &mut api.unions.get_mut(id.index())?.tags.get_mut(i)?.doc,
        DocOwner::Route(id) => &mut api.routes.get_mut(id.index())?.doc,
        DocOwner::Alias(id) => &mut api.aliases.get_mut(id.index())?.doc,
        DocOwner::AnnotationType(id) => &mut api.annotation_types.get_mut(id.index())?.doc,
        DocOwner::Param(id, i) => {
            &mut api
                .annotation_types
                .get_mut(id.index())?
                .params
                .get_mut(i)?
                .doc
        }
    })
}

#[cfg(test)]
mod tests {
    use super::unwrap;
    use crate::ir::{DocPart, RouteId, StructId, Type, UnionId};
    use crate::source::SourceMap;

    const SPEC: &str = r#"namespace a

struct S
    "A :type:`U`,
    :field:`f` \"or\" :field:`T.t`, :link:`see
    here https://example.org` :val:`\"x\"`; :route:`r/x:2`."
    f String

union U
    t

alias T = U

route r/x:2(Void, Void, Void)
    "%"
"#;

    fn sources(route_doc: &str) -> SourceMap {
        let mut sources = SourceMap::new();
        sources.add("a.stone", SPEC.replace('%', route_doc));
        sources
    }

    #[test]
    fn joins_lines_and_keeps_paragraphs() {
        let raw = "  one \ntwo\n\nthree\n \n\t\nfour\n  five\n";
        assert_eq!(unwrap(raw), "one two\nthree\n\nfour   five");
    }

    #[test]
    fn empty_docs_stay_empty() {
        assert_eq!(unwrap(""), "");
        assert_eq!(unwrap(" \n\n "), "");
    }

    #[test]
    fn cuts_text_at_references() {
        let outcome = crate::compile(&sources("None."));
        let parts = outcome.api.structs[0].doc.clone().map(|doc| doc.parts);
        let text = |text: &str| DocPart::Text(text.to_owned());
        let (title, uri) = ("see here".to_owned(), "https://example.org".to_owned());
        let expected = vec![
            text("A "),
            DocPart::Type(Type::Union(UnionId(0))),
            text(", "),
            DocPart::Field(StructId(0), "f".to_owned()),
            text(" \"or\" "),
            DocPart::Tag(UnionId(0), "t".to_owned()),
            text(", "),
            DocPart::Link { title, uri },
            text(" "),
            DocPart::Val("\"x\"".to_owned()),
            text("; "),
            DocPart::Route(RouteId(0)),
            text("."),
        ];
        assert_eq!(parts, Some(expected));
        assert_eq!(outcome.diagnostics, []);
    }

    #[test]
    fn points_at_the_reference_in_the_file() {
        let sources =
            sources(":type:`\\\"` \\\"\n    :field:`f` :type:`U` :link:`no\n    title` :type:`U");
        let diagnostics = crate::compile(&sources).diagnostics;
        let places: Vec<_> = diagnostics
            .iter()
            .map(|d| sources.slice(d.primary.span))
            .collect();
        assert_eq!(places, [":type:`\\\"`", ":field:`f`"]);
    }
}

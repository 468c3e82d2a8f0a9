//! Declarations at the top level.
//!
//! In: the lines of a file. Out: its items.

use super::bodies::{Owner, TypeBody};
use super::fields::{Above, FieldBody};
use super::{Parser, Parts, errors};
use crate::ast::{
    Alias, Annotation, AnnotationType, Ident, Import, Item, Namespace, Patch, PatchKind, Struct,
    TypeRef, Union,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::{Block, Line, chars};
use crate::source::Span;

impl<'s> Parser<'s> {
    pub(super) fn items(&mut self, block: Block<'s>) -> Vec<Item> {
        block
            .filter_map(|(line, below)| self.item(line, below))
            .collect()
    }

    fn item(&mut self, line: &Line, below: Block<'s>) -> Option<Item> {
        match self.head(line) {
            "namespace" => self.namespace(line, below).map(Item::Namespace),
            "import" => self.import(line, below).map(Item::Import),
            "alias" => self.alias(line, below).map(Item::Alias),
            "annotation_type" => self.annotation_type(line, below).map(Item::AnnotationType),
            "annotation" => self.annotation(line, below).map(Item::Annotation),
            "struct" => self.struct_header(line, below).map(Item::Struct),
            "union" | "union_closed" => self.union_header(line, below).map(Item::Union),
            "patch" => self.patch(line, below).map(Item::Patch),
            "route" => self.route(line, below).map(Item::Route),
            head => {
                if !line.broken {
                    self.report(errors::no_declaration(line.head, head));
                }
                None
            }
        }
    }

    fn namespace(&mut self, line: &Line, below: Block<'s>) -> Option<Namespace> {
        let name = self.name(Rule::namespace, line);
        let mut doc = None;
        for (line, below) in below {
            if self.head(line).starts_with('"') {
                self.doc(line, below, &mut doc, None);
            } else if !line.broken {
                let diagnostic = Diagnostic::error(
                    Code::Syntax,
                    line.head,
                    "only a docstring stands below `namespace`",
                );
                self.report(
                    diagnostic
                        .label("unexpected")
                        .help("declarations begin in the first column"),
                );
            }
        }
        Some(Namespace {
            name: name?,
            doc,
            span: line.span,
        })
    }

    fn import(&mut self, line: &Line, below: Block<'s>) -> Option<Import> {
        self.refuse_body(below, "an import");
        Some(Import {
            name: self.name(Rule::import, line)?,
            span: line.span,
        })
    }

    /// Reads a line that consists of a keyword and a name.
    fn name(&mut self, rule: Rule, line: &Line) -> Option<Ident> {
        let name = self.line(rule, line)?.next()?;
        Some(self.id(&name))
    }

    fn alias(&mut self, line: &Line, below: Block<'s>) -> Option<Alias> {
        let header = self
            .line(Rule::alias, line)
            .and_then(|parts| self.alias_line(parts));
        let FieldBody {
            annotations, doc, ..
        } = self.field_body(below, Above::Alias);
        let (name, ty) = header?;
        Some(Alias {
            name,
            ty,
            annotations,
            doc,
            span: line.span,
        })
    }

    fn alias_line(&mut self, mut parts: Parts<'s>) -> Option<(Ident, TypeRef)> {
        let name = self.id(&parts.next()?);
        Some((name, self.type_ref(parts.next()?)?))
    }

    fn annotation_type(&mut self, line: &Line, below: Block<'s>) -> Option<AnnotationType> {
        let name = self.name(Rule::annotation_type, line);
        let TypeBody { doc, fields, .. } = self.type_body(Owner::AnnotationType, line, below);
        Some(AnnotationType {
            name: name?,
            doc,
            params: fields,
            span: line.span,
        })
    }

    fn annotation(&mut self, line: &Line, below: Block<'s>) -> Option<Annotation> {
        self.refuse_body(below, "an annotation");
        let mut parts = self.line(Rule::annotation, line)?;
        let name = self.id(&parts.part(Rule::id)?);
        let ty = self.path(parts.part(Rule::path)?)?;
        let args = parts.part(Rule::args).map(|args| self.args(args));
        Some(Annotation {
            name,
            ty,
            args,
            span: line.span,
        })
    }

    fn struct_header(&mut self, line: &Line, below: Block<'s>) -> Option<Struct> {
        let header = self.type_header(Rule::struct_header, line);
        let body = self.type_body(Owner::Struct, line, below);
        let (name, extends) = header?;
        Some(body.into_struct(name, extends, line.span))
    }

    fn union_header(&mut self, line: &Line, below: Block<'s>) -> Option<Union> {
        let header = self.type_header(Rule::union_header, line);
        let body = self.type_body(Owner::Union, line, below);
        let (name, extends) = header?;
        Some(body.into_union(name, self.head(line) == "union_closed", extends, line.span))
    }

    /// Name and parent. If the line is wrong but a name follows its first word, the name is kept.
    fn type_header(&mut self, rule: Rule, line: &Line) -> Option<(Ident, Option<TypeRef>)> {
        let Some(mut parts) = self.line(rule, line) else {
            return Some((self.second_word(line)?, None));
        };
        let name = self.id(&parts.part(Rule::id)?);
        Some((name, self.extends(&mut parts)))
    }

    pub(super) fn extends(&mut self, parts: &mut Parts<'s>) -> Option<TypeRef> {
        let mut inner = Parts::of(parts.part(Rule::extends)?);
        let parent = self.type_ref(inner.part(Rule::type_ref)?)?;
        if let Some(mark) = parent.nullable {
            self.report_in_line(|_| {
                Diagnostic::error(
                    Code::NullableParent,
                    mark,
                    "the type after `extends` cannot be nullable",
                )
                .label("remove this")
            });
        }
        Some(TypeRef {
            nullable: None,
            ..parent
        })
    }

    fn second_word(&self, line: &Line) -> Option<Ident> {
        let after = line.head.end as usize;
        let rest = self.slice(Span {
            start: line.head.end,
            ..line.span
        });
        let text = rest.trim_start_matches([' ', '\t']);
        let start = after + rest.len() - text.len();
        let end = start + errors::token(text).len();
        let span = Span::new(self.file, start, end);
        (!chars::is_reserved(self.slice(span)) && end > start).then(|| Ident {
            text: self.slice(span).to_owned(),
            span,
        })
    }

    fn patch(&mut self, line: &Line, below: Block<'s>) -> Option<Patch> {
        let header = self
            .line(Rule::patch, line)
            .and_then(|parts| self.patch_line(parts));
        let TypeBody {
            fields, examples, ..
        } = self.type_body(Owner::Patch, line, below);
        let (kind, kind_span, name) = header?;
        Some(Patch {
            kind,
            kind_span,
            name,
            fields,
            examples,
            span: line.span,
        })
    }

    fn patch_line(&mut self, mut parts: Parts<'s>) -> Option<(PatchKind, Span, Ident)> {
        let word = parts.next()?;
        let kind = match word.as_rule() {
            Rule::struct_word => PatchKind::Struct,
            Rule::union_closed_word => PatchKind::UnionClosed,
            _ => PatchKind::Union,
        };
        Some((kind, self.span(&word), self.id(&parts.next()?)))
    }
}

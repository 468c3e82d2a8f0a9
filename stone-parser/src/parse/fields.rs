//! Fields, and what stands below fields and aliases.
//!
//! In: a field's line and the lines below it: annotations, a docstring, a type. Out: their AST nodes.

use super::bodies::Owner;
use super::{Parser, Parts};
use crate::ast::{AnnotationUse, BareValue, Doc, Field, InlineType, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::{Block, Line};

/// What stands below a field or an alias.
#[derive(Default)]
pub(super) struct FieldBody {
    pub annotations: Vec<AnnotationUse>,
    pub doc: Option<Doc>,
    pub inline: Option<Box<InlineType>>,
}

/// What annotations, a docstring and an inline type stand below.
#[derive(Clone, Copy)]
pub(super) enum Above<'t> {
    /// An alias; it takes no inline type.
    Alias,
    /// A tag without a type; neither does it.
    Void,
    /// A field or tag with a type.
    Typed(&'t TypeRef),
    /// A line that was not understood.
    Unknown,
}

impl<'s> Parser<'s> {
    pub(super) fn field(&mut self, line: &Line, below: Block<'s>) -> Option<Field> {
        let parts = self.line(Rule::field, line);
        let field = parts.and_then(|parts| self.field_line(parts, line));
        let above = field
            .as_ref()
            .filter(|_| !self.quiet)
            .map_or(Above::Unknown, |field| {
                field.ty.as_ref().map_or(Above::Void, Above::Typed)
            });
        let body = self.field_body(below, above);
        Some(Field {
            annotations: body.annotations,
            doc: body.doc,
            inline: body.inline,
            ..field?
        })
    }

    fn field_line(&mut self, mut parts: Parts<'s>, line: &Line) -> Option<Field> {
        let name = self.id(&parts.part(Rule::id)?);
        let ty: Option<TypeRef> = parts
            .part(Rule::type_ref)
            .and_then(|pair| self.type_ref(pair));
        let default: Option<BareValue> = parts.next().map(|pair| self.bare_value(&pair));
        Some(Field {
            name,
            ty,
            default,
            annotations: Vec::new(),
            doc: None,
            inline: None,
            span: line.span,
        })
    }

    /// Reads annotations, docstring and inline type.
    pub(super) fn field_body(&mut self, block: Block<'s>, above: Above<'_>) -> FieldBody {
        let mut body = FieldBody::default();
        for (line, below) in block {
            let after_type = body.inline.as_ref().map(|_| "the type");
            match self.head(line) {
                head if head.starts_with('"') => self.doc(line, below, &mut body.doc, after_type),
                "@" => {
                    let late = after_type.or(body.doc.as_ref().map(|_| "docstrings"));
                    body.annotations
                        .extend(self.annotation_use(line, below, late));
                }
                "struct" | "union" | "union_closed" if body.inline.is_none() => {
                    body.inline = self.inline_type(line, below, above).map(Box::new);
                }
                _ => self.report_below_field(line, above),
            }
        }
        body
    }

    fn report_below_field(&mut self, line: &Line, above: Above<'_>) {
        if line.broken || matches!(above, Above::Unknown) {
            return;
        }
        let head = self.head(line);
        let message = format!("expected an annotation or a docstring, found `{head}`");
        let diagnostic = Diagnostic::error(Code::Syntax, line.head, message)
            .label("unexpected")
            .help("if this is meant to be the next field, indent it like the others");
        self.report(diagnostic);
    }

    /// An annotation. `late` names what it should have come before.
    fn annotation_use(
        &mut self,
        line: &Line,
        below: Block<'s>,
        late: Option<&str>,
    ) -> Option<AnnotationUse> {
        self.refuse_body(below, "an annotation");
        if let Some(other) = late.filter(|_| !line.broken) {
            let message = format!("annotations come before {other}");
            let diagnostic = Diagnostic::error(Code::Syntax, line.head, message).label("too late");
            self.report(diagnostic.help("below a field or alias: annotations, then the docstring"));
        }
        let path = self.line(Rule::annotation_use, line)?.next()?;
        Some(AnnotationUse {
            path: self.path(path)?,
            span: line.span,
        })
    }

    /// A type written below a field, which it takes its name from.
    fn inline_type(
        &mut self,
        line: &Line,
        below: Block<'s>,
        above: Above<'_>,
    ) -> Option<InlineType> {
        let header = self.line(Rule::inline_header, line);
        let extends = header.and_then(|mut parts| self.extends(&mut parts));
        let word = self.head(line);
        let owner = if word == "struct" {
            Owner::Struct
        } else {
            Owner::Union
        };
        let body = self.type_body(owner, line, below);
        let Above::Typed(ty) = above else {
            self.refuse_inline_type(line, above);
            return None;
        };
        let name = ty.path.name.clone();
        Some(match owner {
            Owner::Struct => InlineType::Struct(body.into_struct(name, extends, line.span)),
            _ => {
                InlineType::Union(body.into_union(name, word == "union_closed", extends, line.span))
            }
        })
    }

    fn refuse_inline_type(&mut self, line: &Line, above: Above<'_>) {
        let (message, help) = match above {
            _ if line.broken => return,
            Above::Typed(_) | Above::Unknown => return,
            Above::Alias => (
                "a type cannot be defined below an alias",
                "define the type on the first level",
            ),
            Above::Void => (
                "a type is defined below a tag without a type",
                "write the name of the type after the tag",
            ),
        };
        self.report(
            Diagnostic::error(Code::Syntax, line.head, message)
                .label("unexpected")
                .help(help),
        );
    }
}

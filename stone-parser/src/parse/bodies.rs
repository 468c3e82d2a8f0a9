//! Bodies of types and fields.
//!
//! In: the lines below a header. Out: their AST nodes. A type's body has its parts in the order of [`Part`].

use super::{Parser, Parts, text};
use crate::ast::{
    AnnotationUse, BareValue, Doc, Example, Field, InlineType, Struct, SubtypeTag, Subtypes,
    TypeRef, Union,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::{Block, Line};

/// Whose body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Struct,
    Union,
    Patch,
    AnnotationType,
}

/// The parts of a type's body, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Doc,
    Subtypes,
    Fields,
    Examples,
}

/// What stands below the header of a type.
#[derive(Default)]
pub(super) struct TypeBody {
    pub doc: Option<Doc>,
    pub subtypes: Option<Subtypes>,
    pub fields: Vec<Field>,
    pub examples: Vec<Example>,
}

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
    pub(super) fn type_body(&mut self, owner: Owner, header: &Line, block: Block<'s>) -> TypeBody {
        self.need_body(header, block, owner.needs());
        let mut body = TypeBody::default();
        let mut reached = Part::Doc;
        for (line, below) in block {
            let part = self.part(line);
            if self.fits(owner, part, reached, line) {
                self.add_part(&mut body, part, line, below);
            }
            reached = reached.max(part);
        }
        self.refuse_repetitions(
            Code::RepeatedExample,
            "example",
            body.examples.iter().map(|example| &example.label),
        );
        body
    }

    fn part(&self, line: &Line) -> Part {
        match self.head(line) {
            head if head.starts_with('"') => Part::Doc,
            "union" | "union_closed" => Part::Subtypes,
            "example" => Part::Examples,
            _ => Part::Fields,
        }
    }

    fn add_part(&mut self, body: &mut TypeBody, part: Part, line: &Line, below: Block<'s>) {
        match part {
            Part::Doc => {
                let doc = self.doc(line, below, &body.doc, None);
                body.doc = body.doc.take().or(doc);
            }
            Part::Subtypes => body.subtypes = Some(self.subtypes(line, below)),
            Part::Fields => body.fields.extend(self.field(line, below)),
            Part::Examples => body.examples.extend(self.example(line, below)),
        }
    }

    /// Reports a line that does not belong into this body, or not here.
    fn fits(&mut self, owner: Owner, part: Part, reached: Part, line: &Line) -> bool {
        let problem = if !owner.has(part) {
            Diagnostic::error(
                Code::Syntax,
                line.head,
                format!("{} has no {}", owner.noun(), part.plural()),
            )
            .label("unexpected")
            .help(owner.help(part))
        } else if part < reached {
            let message = format!("{} come before {}", part.plural(), reached.plural());
            Diagnostic::error(Code::Syntax, line.head, message)
                .label(format!("too late, {} have begun", reached.plural()))
                .help("the order in a body is: docstring, subtypes, fields, examples")
        } else {
            return true;
        };
        if !line.broken {
            self.report(problem);
        }
        false
    }

    fn subtypes(&mut self, header: &Line, block: Block<'s>) -> Subtypes {
        self.line(Rule::subtypes_header, header);
        self.need_body(
            header,
            block,
            "at least one subtype is needed, as `tag Type`",
        );
        let tags = block
            .filter_map(|(line, below)| self.subtype_tag(line, below))
            .collect();
        Subtypes {
            closed: self.head(header) == "union_closed",
            tags,
            span: header.span,
        }
    }

    fn subtype_tag(&mut self, line: &Line, below: Block<'s>) -> Option<SubtypeTag> {
        self.refuse_body(below, "a subtype tag");
        let mut parts = self.line(Rule::subtype_tag, line)?;
        let tag = self.id(&parts.next()?);
        let ty = self.type_ref(parts.next()?)?;
        Some(SubtypeTag {
            tag,
            ty,
            span: line.span,
        })
    }

    fn field(&mut self, line: &Line, below: Block<'s>) -> Option<Field> {
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
            let late = match body.inline {
                Some(_) => Some("the type"),
                None => body.doc.as_ref().map(|_| "docstrings"),
            };
            match self.head(line) {
                head if head.starts_with('"') => {
                    let doc = self.doc(
                        line,
                        below,
                        &body.doc,
                        late.filter(|_| body.inline.is_some()),
                    );
                    body.doc = body.doc.take().or(doc);
                }
                "@" => body
                    .annotations
                    .extend(self.annotation_use(line, below, late)),
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

    pub(super) fn annotation_use(
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

    /// A docstring line. `before` is one that was there already; `late` names what should have followed it.
    pub(super) fn doc(
        &mut self,
        line: &Line,
        below: Block<'s>,
        before: &Option<Doc>,
        late: Option<&str>,
    ) -> Option<Doc> {
        self.refuse_body(below, "a docstring");
        let doc = self.doc_line(line)?;
        if let Some(other) = late {
            let message = format!("docstrings come before {other}");
            self.report(
                Diagnostic::error(Code::Syntax, self.first_line(doc.span), message)
                    .label("too late"),
            );
        } else if let Some(before) = before {
            let message = "there is one docstring, this is the second";
            let diagnostic = Diagnostic::error(Code::Syntax, self.first_line(doc.span), message)
                .label("second docstring")
                .also(self.first_line(before.span), "first docstring")
                .help("a docstring may have several paragraphs, with blank lines between them");
            self.report(diagnostic);
        }
        Some(doc)
    }

    /// Reads a docstring. If it is alone on its line, as it should be, `layout` has found its end already.
    fn doc_line(&mut self, line: &Line) -> Option<Doc> {
        if line.head == line.span && !line.broken {
            return Some(Doc {
                text: text::unquote(self.head(line), line.indent),
                span: line.span,
            });
        }
        let pair = self.line(Rule::doc, line)?.next()?;
        Some(Doc {
            text: text::unquote(pair.as_str(), line.indent),
            span: self.span(&pair),
        })
    }

    /// A type written below a field, which it takes its name from.
    fn inline_type(
        &mut self,
        line: &Line,
        below: Block<'s>,
        above: Above<'_>,
    ) -> Option<InlineType> {
        let extends = self
            .line(Rule::inline_header, line)
            .and_then(|mut parts| self.extends(&mut parts));
        let closed = self.head(line) == "union_closed";
        let is_struct = self.head(line) == "struct";
        let body = self.type_body(
            if is_struct {
                Owner::Struct
            } else {
                Owner::Union
            },
            line,
            below,
        );
        let ty = match above {
            Above::Typed(ty) => ty,
            Above::Unknown => return None,
            Above::Alias | Above::Void => {
                self.refuse_inline_type(line, above);
                return None;
            }
        };
        let (name, span) = (ty.path.name.clone(), line.span);
        let TypeBody {
            doc,
            subtypes,
            fields,
            examples,
        } = body;
        Some(match is_struct {
            true => InlineType::Struct(Struct {
                name,
                extends,
                doc,
                subtypes,
                fields,
                examples,
                span,
            }),
            false => InlineType::Union(Union {
                name,
                closed,
                extends,
                doc,
                tags: fields,
                examples,
                span,
            }),
        })
    }
}

impl Parser<'_> {
    fn refuse_inline_type(&mut self, line: &Line, above: Above<'_>) {
        let (message, help) = match above {
            Above::Alias => (
                "a type cannot be defined below an alias",
                "define the type on the first level",
            ),
            _ => (
                "a type is defined below a tag without a type",
                "write the name of the type after the tag",
            ),
        };
        if !line.broken {
            self.report(
                Diagnostic::error(Code::Syntax, line.head, message)
                    .label("unexpected")
                    .help(help),
            );
        }
    }
}

impl Owner {
    fn noun(self) -> &'static str {
        match self {
            Self::Struct => "a struct",
            Self::Union => "a union",
            Self::Patch => "a patch",
            Self::AnnotationType => "an annotation type",
        }
    }

    fn has(self, part: Part) -> bool {
        match self {
            Self::Struct => true,
            Self::Union => part != Part::Subtypes,
            Self::Patch => matches!(part, Part::Fields | Part::Examples),
            Self::AnnotationType => matches!(part, Part::Doc | Part::Fields),
        }
    }

    fn needs(self) -> &'static str {
        match self {
            Self::Union => "a docstring or a tag is needed",
            Self::Patch => "the fields or tags to add are needed",
            Self::Struct | Self::AnnotationType => "a docstring or a field is needed",
        }
    }

    fn help(self, part: Part) -> &'static str {
        match (self, part) {
            (Self::Patch, Part::Doc) => "document the type where it is defined",
            (_, Part::Subtypes) => {
                "a union without a name lists the subtypes of a struct; other types are defined on the first level"
            }
            (Self::AnnotationType, _) => "an annotation type has a docstring and parameters",
            _ => "remove it",
        }
    }
}

impl Part {
    fn plural(self) -> &'static str {
        match self {
            Self::Doc => "docstrings",
            Self::Subtypes => "subtypes",
            Self::Fields => "fields",
            Self::Examples => "examples",
        }
    }
}

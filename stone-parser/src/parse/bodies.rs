//! Bodies of types.
//!
//! In: the lines below a header. Out: their AST nodes. A type's body has its parts in the order of [`Part`].

use super::Parser;
use crate::ast::{Doc, Example, Field, Ident, Struct, SubtypeTag, Subtypes, TypeRef, Union};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::{Block, Line};
use crate::source::Span;

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

impl TypeBody {
    /// The struct with this body.
    pub fn into_struct(self, name: Ident, extends: Option<TypeRef>, span: Span) -> Struct {
        let Self {
            doc,
            subtypes,
            fields,
            examples,
        } = self;
        Struct {
            name,
            extends,
            doc,
            subtypes,
            fields,
            examples,
            span,
        }
    }

    /// The union with this body.
    pub fn into_union(
        self,
        name: Ident,
        closed: bool,
        extends: Option<TypeRef>,
        span: Span,
    ) -> Union {
        let Self {
            doc,
            fields,
            examples,
            ..
        } = self;
        Union {
            name,
            closed,
            extends,
            doc,
            tags: fields,
            examples,
            span,
        }
    }
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
            Part::Doc => self.doc(line, below, &mut body.doc, None),
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

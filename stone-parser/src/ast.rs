//! The abstract syntax tree: what each file says, with spans, nothing resolved.
//!
//! In: the pairs that the grammar yields for each logical line. Out: one [`File`] per source file.
//! Names are as written; whether they exist is the business of `lower`.

use num_bigint::BigInt;

use crate::source::{FileId, Span};

/// One parsed file: everything that could be understood, in source order.
#[derive(Debug, Clone)]
pub struct File {
    /// The file.
    pub id: FileId,
    /// Its declarations.
    pub items: Vec<Item>,
    /// Each line at the top level with what is below it, whether it was understood or not.
    pub extents: Vec<Span>,
}

/// A declaration at the top level. Few of them exist at a time, so that their different sizes do not matter.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)]
pub enum Item {
    /// `namespace name`
    Namespace(Namespace),
    /// `import name`
    Import(Import),
    /// `alias Name = Type`
    Alias(Alias),
    /// `annotation_type Name`
    AnnotationType(AnnotationType),
    /// `annotation Name = Type(args)`
    Annotation(Annotation),
    /// `struct Name`
    Struct(Struct),
    /// `union Name` or `union_closed Name`
    Union(Union),
    /// `patch struct Name`, `patch union Name`, `patch union_closed Name`
    Patch(Patch),
    /// `route name(Arg, Result, Error)`
    Route(Route),
}

impl Item {
    /// The header line.
    pub fn span(&self) -> Span {
        match self {
            Self::Namespace(item) => item.span,
            Self::Import(item) => item.span,
            Self::Alias(item) => item.span,
            Self::AnnotationType(item) => item.span,
            Self::Annotation(item) => item.span,
            Self::Struct(item) => item.span,
            Self::Union(item) => item.span,
            Self::Patch(item) => item.span,
            Self::Route(item) => item.span,
        }
    }
}

/// A name as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ident {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A name with an optional namespace before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The part before the dot.
    pub namespace: Option<Ident>,
    /// The name itself.
    pub name: Ident,
}

impl Path {
    /// From the prefix to the end of the name.
    pub fn span(&self) -> Span {
        self.namespace
            .as_ref()
            .map_or(self.name.span, |ns| ns.span.to(self.name.span))
    }
}

/// A docstring: escapes replaced, indentation removed, not yet unwrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// The text.
    pub text: String,
    /// The string token with its quotes.
    pub span: Span,
}

/// `namespace name`
#[derive(Debug, Clone)]
pub struct Namespace {
    /// Name.
    pub name: Ident,
    /// Docstring of this file for the namespace.
    pub doc: Option<Doc>,
    /// The header line.
    pub span: Span,
}

/// `import name`
#[derive(Debug, Clone)]
pub struct Import {
    /// The namespace named.
    pub name: Ident,
    /// The line.
    pub span: Span,
}

/// `alias Name = Type`
#[derive(Debug, Clone)]
pub struct Alias {
    /// Name.
    pub name: Ident,
    /// Target as written.
    pub ty: TypeRef,
    /// Annotations below it.
    pub annotations: Vec<AnnotationUse>,
    /// Docstring.
    pub doc: Option<Doc>,
    /// The header line.
    pub span: Span,
}

/// `annotation_type Name`
#[derive(Debug, Clone)]
pub struct AnnotationType {
    /// Name.
    pub name: Ident,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Parameters, in the syntax of fields.
    pub params: Vec<Field>,
    /// The header line.
    pub span: Span,
}

/// `annotation Name = Type(args)`
#[derive(Debug, Clone)]
pub struct Annotation {
    /// Name.
    pub name: Ident,
    /// The annotation type named.
    pub ty: Path,
    /// Arguments, if there are parentheses.
    pub args: Option<Args>,
    /// The line.
    pub span: Span,
}

/// `@Name` or `@ns.Name`
#[derive(Debug, Clone)]
pub struct AnnotationUse {
    /// The annotation named.
    pub path: Path,
    /// From `@` to the end of the name.
    pub span: Span,
}

/// `struct Name extends Parent`
#[derive(Debug, Clone)]
pub struct Struct {
    /// Name; for an inline definition, that of the field's type.
    pub name: Ident,
    /// Parent as written.
    pub extends: Option<TypeRef>,
    /// Docstring.
    pub doc: Option<Doc>,
    /// The nameless union of subtypes.
    pub subtypes: Option<Subtypes>,
    /// Fields.
    pub fields: Vec<Field>,
    /// Examples.
    pub examples: Vec<Example>,
    /// The header line.
    pub span: Span,
}

/// The nameless `union` or `union_closed` at the head of a struct.
#[derive(Debug, Clone)]
pub struct Subtypes {
    /// Whether it is `union_closed`.
    pub closed: bool,
    /// `tag Type` lines.
    pub tags: Vec<SubtypeTag>,
    /// The header line.
    pub span: Span,
}

/// A line of [`Subtypes`].
#[derive(Debug, Clone)]
pub struct SubtypeTag {
    /// Type tag.
    pub tag: Ident,
    /// Subtype as written.
    pub ty: TypeRef,
    /// The line.
    pub span: Span,
}

/// `union Name extends Parent`
#[derive(Debug, Clone)]
pub struct Union {
    /// Name; for an inline definition, that of the field's type.
    pub name: Ident,
    /// Whether it is `union_closed`.
    pub closed: bool,
    /// Parent as written.
    pub extends: Option<TypeRef>,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Tags, in the syntax of fields.
    pub tags: Vec<Field>,
    /// Examples.
    pub examples: Vec<Example>,
    /// The header line.
    pub span: Span,
}

/// A struct field, a union tag, or a parameter of an annotation type: one syntax serves all.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name.
    pub name: Ident,
    /// Type; absent on void tags.
    pub ty: Option<TypeRef>,
    /// `= value`
    pub default: Option<BareValue>,
    /// Annotations below it.
    pub annotations: Vec<AnnotationUse>,
    /// Docstring.
    pub doc: Option<Doc>,
    /// A definition written below it.
    pub inline: Option<Box<InlineType>>,
    /// The line.
    pub span: Span,
}

/// A type defined below the field that uses it. Its name is that of the field's type.
#[derive(Debug, Clone)]
pub enum InlineType {
    /// `struct`
    Struct(Struct),
    /// `union` or `union_closed`
    Union(Union),
}

impl InlineType {
    /// The header line.
    pub fn span(&self) -> Span {
        match self {
            Self::Struct(ty) => ty.span,
            Self::Union(ty) => ty.span,
        }
    }
}

/// What a patch adds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatchKind {
    /// `patch struct`
    Struct,
    /// `patch union`
    Union,
    /// `patch union_closed`
    UnionClosed,
}

/// `patch struct Name`
#[derive(Debug, Clone)]
pub struct Patch {
    /// Kind of the target.
    pub kind: PatchKind,
    /// Span of the word that says the kind.
    pub kind_span: Span,
    /// Target.
    pub name: Ident,
    /// Fields or tags to add.
    pub fields: Vec<Field>,
    /// Examples to extend.
    pub examples: Vec<Example>,
    /// The header line.
    pub span: Span,
}

/// `route name:version(Arg, Result, Error) deprecated by other`
#[derive(Debug, Clone)]
pub struct Route {
    /// Name and version.
    pub name: RouteName,
    /// Argument type.
    pub arg: TypeRef,
    /// Result type.
    pub result: TypeRef,
    /// Error type.
    pub error: TypeRef,
    /// `deprecated`
    pub deprecated: Option<Deprecated>,
    /// Docstring.
    pub doc: Option<Doc>,
    /// `key = value` lines of `attrs`.
    pub attrs: Vec<Attr>,
    /// The header line.
    pub span: Span,
}

/// `deprecated` or `deprecated by route`
#[derive(Debug, Clone)]
pub struct Deprecated {
    /// Successor.
    pub by: Option<RouteName>,
    /// From the word to the end of the successor.
    pub span: Span,
}

/// `name/path:version`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteName {
    /// Name with its path, white space removed.
    pub name: Ident,
    /// Version, 1 if not written. At least 1.
    pub version: u64,
}

/// `key = value` in `attrs`
#[derive(Debug, Clone)]
pub struct Attr {
    /// Key.
    pub name: Ident,
    /// Value.
    pub value: BareValue,
    /// The line.
    pub span: Span,
}

/// A type as written: a name with arguments and `?`.
#[derive(Debug, Clone)]
pub struct TypeRef {
    /// Name.
    pub path: Path,
    /// Arguments, if there are parentheses.
    pub args: Option<Args>,
    /// Where `?` stands, if it does.
    pub nullable: Option<Span>,
    /// All of it.
    pub span: Span,
}

/// Arguments in parentheses.
#[derive(Debug, Clone)]
pub struct Args {
    /// Positional ones.
    pub positional: Vec<Arg>,
    /// Keyword ones.
    pub keyword: Vec<KeywordArg>,
    /// With the parentheses.
    pub span: Span,
}

/// `name=value`
#[derive(Debug, Clone)]
pub struct KeywordArg {
    /// Name.
    pub name: Ident,
    /// Value.
    pub value: Arg,
}

/// A literal or a type: what may stand in parentheses.
#[derive(Debug, Clone)]
pub enum Arg {
    /// A literal.
    Literal(Literal),
    /// A type.
    Type(TypeRef),
}

impl Arg {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span,
            Self::Type(ty) => ty.span,
        }
    }
}

/// A literal or a bare word: defaults and attributes.
#[derive(Debug, Clone)]
pub enum BareValue {
    /// A literal.
    Literal(Literal),
    /// A word, meant as the name of a tag.
    Tag(Ident),
}

impl BareValue {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span,
            Self::Tag(ident) => ident.span,
        }
    }
}

/// A literal with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    /// Value.
    pub value: LiteralValue,
    /// Where it stands.
    pub span: Span,
}

/// Value of a literal.
#[derive(Debug, Clone, PartialEq)]
pub enum LiteralValue {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer of any size.
    Int(BigInt),
    /// A float; a literal that overflows is infinite.
    Float(f64),
    /// A string, escapes replaced and indentation removed.
    String(String),
}

/// `example label`
#[derive(Debug, Clone)]
pub struct Example {
    /// Label.
    pub label: Ident,
    /// Text.
    pub text: Option<Doc>,
    /// `field = value` lines.
    pub fields: Vec<ExampleField>,
    /// The header line.
    pub span: Span,
}

/// `field = value` in an example
#[derive(Debug, Clone)]
pub struct ExampleField {
    /// Field, tag or type tag.
    pub name: Ident,
    /// Value.
    pub value: ExampleValue,
    /// The line.
    pub span: Span,
}

/// A value in an example.
#[derive(Debug, Clone)]
pub enum ExampleValue {
    /// A literal.
    Literal(Literal),
    /// The label of another example, or a void tag.
    Ref(Ident),
    /// `[…]`
    List {
        /// Items.
        items: Vec<ExampleValue>,
        /// With the brackets.
        span: Span,
    },
    /// `{…}`
    Map {
        /// Keys and values.
        pairs: Vec<(ExampleValue, ExampleValue)>,
        /// With the braces.
        span: Span,
    },
}

impl ExampleValue {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span,
            Self::Ref(ident) => ident.span,
            Self::List { span, .. } | Self::Map { span, .. } => *span,
        }
    }
}

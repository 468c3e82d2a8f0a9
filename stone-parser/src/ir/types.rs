//! Types and what defines them: structs, unions, aliases, annotations.

use indexmap::IndexMap;
use num_bigint::BigInt;

use super::{
    AliasId, AnnotationId, AnnotationTypeId, Doc, Example, NamespaceId, StructId, UnionId, Value,
};
use crate::source::Span;

/// A type as used somewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `Boolean`
    Boolean,
    /// `Bytes`
    Bytes,
    /// `Void`, also the type of void tags
    Void,
    /// `Int32`, `Int64`, `UInt32`, `UInt64`
    Int(IntType),
    /// `Float32`, `Float64`
    Float(FloatType),
    /// `String`
    String(StringType),
    /// `Timestamp`, with its `strptime` format
    Timestamp(String),
    /// `List`
    List(Box<ListType>),
    /// `Map`
    Map(Box<MapType>),
    /// `T?`
    Nullable(Box<Type>),
    /// A struct.
    Struct(StructId),
    /// A union.
    Union(UnionId),
    /// An alias; see [`super::Api::unalias`].
    Alias(AliasId),
}

/// Width and sign of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum IntKind {
    Int32,
    Int64,
    UInt32,
    UInt64,
}

/// An integer type with its bounds, which lie within the kind's own range.
#[derive(Debug, Clone, PartialEq)]
pub struct IntType {
    /// Width and sign.
    pub kind: IntKind,
    /// `min_value`
    pub min: Option<BigInt>,
    /// `max_value`
    pub max: Option<BigInt>,
}

/// Width of a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum FloatKind {
    Float32,
    Float64,
}

/// A float type with its bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct FloatType {
    /// Width.
    pub kind: FloatKind,
    /// `min_value`
    pub min: Option<f64>,
    /// `max_value`
    pub max: Option<f64>,
}

/// A string type. Lengths are in code points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StringType {
    /// `min_length`
    pub min_length: Option<BigInt>,
    /// `max_length`
    pub max_length: Option<BigInt>,
    /// `pattern`, in the dialect of Python's `re`; an empty one means no pattern
    pub pattern: Option<String>,
}

/// A list type.
#[derive(Debug, Clone, PartialEq)]
pub struct ListType {
    /// Type of the items.
    pub item: Type,
    /// `min_items`
    pub min_items: Option<BigInt>,
    /// `max_items`
    pub max_items: Option<BigInt>,
}

/// A map type; keys are strings.
#[derive(Debug, Clone, PartialEq)]
pub struct MapType {
    /// Constraints of the keys.
    pub key: StringType,
    /// Type of the values.
    pub value: Type,
}

/// A struct.
#[derive(Debug, Clone)]
pub struct Struct {
    /// Namespace.
    pub namespace: NamespaceId,
    /// Name.
    pub name: String,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Parent.
    pub extends: Option<StructId>,
    /// Own fields in source order, patched ones last.
    pub fields: Vec<Field>,
    /// Enumerated subtypes.
    pub subtypes: Option<Subtypes>,
    /// Examples in source order.
    pub examples: Vec<Example>,
    /// Place of the name in its definition.
    pub span: Span,
}

/// Enumerated subtypes of a struct.
#[derive(Debug, Clone)]
pub struct Subtypes {
    /// Whether unknown type tags are refused.
    pub closed: bool,
    /// Type tags and subtypes in source order.
    pub tags: Vec<(String, StructId)>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Type.
    pub ty: Type,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Neither nullable (aliases stripped) nor defaulted.
    pub required: bool,
    /// Default.
    pub default: Option<Value>,
    /// Annotations.
    pub annotations: FieldAnnotations,
    /// Place of the name in its definition.
    pub span: Span,
}

/// A union.
#[derive(Debug, Clone)]
pub struct Union {
    /// Namespace.
    pub namespace: NamespaceId,
    /// Name.
    pub name: String,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Parent, whose tags this union has too.
    pub extends: Option<UnionId>,
    /// Whether unknown tags are refused.
    pub closed: bool,
    /// For open families the union that declares the catch-all `other`: the first open one from the root down.
    pub catch_all: Option<UnionId>,
    /// Own tags in source order, patched ones last, without the catch-all.
    pub tags: Vec<Tag>,
    /// Declared examples in source order.
    pub examples: Vec<Example>,
    /// Place of the name in its definition.
    pub span: Span,
}

/// A tag of a union.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Name.
    pub name: String,
    /// Payload; [`Type::Void`] for none.
    pub ty: Type,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Annotations.
    pub annotations: FieldAnnotations,
    /// Place of the name in its definition.
    pub span: Span,
}

/// An alias.
#[derive(Debug, Clone)]
pub struct Alias {
    /// Namespace.
    pub namespace: NamespaceId,
    /// Name.
    pub name: String,
    /// Target.
    pub ty: Type,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Redactor.
    pub redactor: Option<Redactor>,
    /// Custom annotations in source order.
    pub custom: Vec<CustomAnnotation>,
    /// Place of the name in its definition.
    pub span: Span,
}

/// What annotations say of a field or tag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldAnnotations {
    /// Deprecated.
    pub deprecated: bool,
    /// In preview.
    pub preview: bool,
    /// Hidden from callers without this permission.
    pub omitted: Option<String>,
    /// Replaced in logs.
    pub redactor: Option<Redactor>,
    /// Custom annotations in source order.
    pub custom: Vec<CustomAnnotation>,
}

/// How a value is made unreadable in logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedactorKind {
    /// `RedactedBlot`
    Blot,
    /// `RedactedHash`
    Hash,
}

/// A redactor in use.
#[derive(Debug, Clone, PartialEq)]
pub struct Redactor {
    /// Kind.
    pub kind: RedactorKind,
    /// Only its groups survive.
    pub regex: Option<String>,
    /// The annotation that was named.
    pub annotation: AnnotationId,
}

/// A custom annotation in use.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomAnnotation {
    /// The annotation that was named.
    pub annotation: AnnotationId,
}

/// A definition of an annotation.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// Namespace.
    pub namespace: NamespaceId,
    /// Name.
    pub name: String,
    /// Meaning.
    pub kind: AnnotationKind,
    /// Place of the name in its definition.
    pub span: Span,
}

/// Meaning of an annotation.
#[derive(Debug, Clone, PartialEq)]
pub enum AnnotationKind {
    /// `Deprecated()`
    Deprecated,
    /// `Preview()`
    Preview,
    /// `Omitted(caller)`
    Omitted(String),
    /// `RedactedBlot(regex)` or `RedactedHash(regex)`
    Redactor(RedactorKind, Option<String>),
    /// An annotation type of the spec with a value for each parameter, defaults filled in.
    Custom(AnnotationTypeId, IndexMap<String, Value>),
}

/// An annotation type.
#[derive(Debug, Clone)]
pub struct AnnotationType {
    /// Namespace.
    pub namespace: NamespaceId,
    /// Name.
    pub name: String,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Parameters in source order.
    pub params: Vec<Param>,
    /// Place of the name in its definition.
    pub span: Span,
}

/// A parameter of an annotation type.
#[derive(Debug, Clone)]
pub struct Param {
    /// Name.
    pub name: String,
    /// Type.
    pub ty: Type,
    /// Docstring.
    pub doc: Option<Doc>,
    /// Neither nullable nor defaulted.
    pub required: bool,
    /// Default.
    pub default: Option<Value>,
}

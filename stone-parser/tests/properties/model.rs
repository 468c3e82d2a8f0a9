//! Specs as plain data, such that every value is a valid spec.
//!
//! In: randomness, through proptest. Out: [`Spec`]. A reference is an index that `write` resolves among what may stand
//! at its place, so that values shrink without losing their validity.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

#[derive(Debug, Clone)]
pub struct Spec {
    pub namespaces: Vec<Namespace>,
}

#[derive(Debug, Clone)]
pub struct Namespace {
    pub doc: Option<String>,
    pub definitions: Vec<Definition>,
}

#[derive(Debug, Clone)]
pub struct Definition {
    pub kind: Kind,
    pub doc: Option<String>,
    /// Blank lines and comments around it.
    pub noise: u8,
}

#[derive(Debug, Clone)]
pub enum Kind {
    Struct {
        parent: Option<Index>,
        fields: Vec<Member>,
        example: bool,
    },
    Union {
        closed: bool,
        parent: Option<Index>,
        tags: Vec<Tag>,
    },
    Alias(Type),
    Route {
        types: [Option<Type>; 3],
        version: u8,
        deprecated: bool,
    },
}

#[derive(Debug, Clone)]
pub struct Member {
    pub ty: Type,
    /// Whether it has a default, where its type takes one.
    pub default: bool,
    pub doc: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Tag {
    pub payload: Option<Type>,
    pub doc: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Type {
    Primitive(&'static Primitive),
    List(Box<Type>),
    Map(Box<Type>),
    Nullable(Box<Type>),
    /// A struct, a union, or an alias that is defined earlier.
    User(Index),
}

/// A built-in type as `fmt` would write it, with two of its values.
#[derive(Debug)]
pub struct Primitive {
    pub text: &'static str,
    pub values: [&'static str; 2],
}

const PRIMITIVES: &[Primitive] = &[
    Primitive {
        text: "Boolean",
        values: ["true", "false"],
    },
    Primitive {
        text: "Int32(min_value=-5, max_value=7)",
        values: ["-5", "007"],
    },
    Primitive {
        text: "UInt64",
        values: ["18446744073709551615", "0"],
    },
    Primitive {
        text: "Float64(min_value=0.5)",
        values: ["1e3", "2"],
    },
    Primitive {
        text: "Float32",
        values: ["-0.0", "1."],
    },
    Primitive {
        text: "Bytes",
        values: ["\"AA==\"", "\"\""],
    },
    Primitive {
        text: "String",
        values: [r#""""#, r#""a \"b\" \\ é # no comment\n""#],
    },
    Primitive {
        text: "String(min_length=1, max_length=3, pattern=\"[a-z\\\\d]+\")",
        values: ["\"a1\"", "\"xyz\""],
    },
    Primitive {
        text: "Timestamp(\"%Y-%m-%d\")",
        values: ["\"2020-02-29\"", "\"0001-01-01\""],
    },
];

/// Pieces of docstrings as they stand in a file, without their indentation.
const PROSE: &[&str] = &[
    "One two three.",
    "é",
    "\n",
    "\n\n",
    "\n\n    indented",
    "\n* item",
    " ",
    "  ",
    r#"\"quoted\""#,
    r"\\",
    r"\n",
    r"\t",
    "# no comment",
    ":val:`true`",
    ":link:`Some page https://example.org/`",
    "`code`",
    "namespace struct route",
    "a word after a word until the line is much longer than any line ought to be, so that it has to be wrapped by somebody",
];

pub fn spec() -> impl Strategy<Value = Spec> {
    vec(namespace(), 1..4).prop_map(|namespaces| Spec { namespaces })
}

fn namespace() -> impl Strategy<Value = Namespace> {
    (doc(), vec(definition(), 0..8)).prop_map(|(doc, definitions)| Namespace { doc, definitions })
}

fn definition() -> impl Strategy<Value = Definition> {
    (kind(), doc(), any::<u8>()).prop_map(|(kind, doc, noise)| Definition { kind, doc, noise })
}

fn kind() -> impl Strategy<Value = Kind> {
    let parent = || proptest::option::of(any::<Index>());
    prop_oneof![
        3 => (parent(), vec(member(), 0..5), any::<bool>())
            .prop_map(|(parent, fields, example)| Kind::Struct { parent, fields, example }),
        2 => (any::<bool>(), parent(), vec(tag(), 0..5))
            .prop_map(|(closed, parent, tags)| Kind::Union { closed, parent, tags }),
        1 => ty().prop_map(Kind::Alias),
        2 => (proptest::array::uniform3(proptest::option::of(ty())), 1..4u8, any::<bool>())
            .prop_map(|(types, version, deprecated)| Kind::Route { types, version, deprecated }),
    ]
}

fn member() -> impl Strategy<Value = Member> {
    (ty(), any::<bool>(), doc()).prop_map(|(ty, default, doc)| Member { ty, default, doc })
}

fn tag() -> impl Strategy<Value = Tag> {
    (proptest::option::of(ty()), doc()).prop_map(|(payload, doc)| Tag { payload, doc })
}

fn ty() -> impl Strategy<Value = Type> {
    let primitive = (0..PRIMITIVES.len()).prop_map(|index| Type::Primitive(&PRIMITIVES[index]));
    let leaf = prop_oneof![2 => primitive, 1 => any::<Index>().prop_map(Type::User)];
    leaf.prop_recursive(3, 6, 1, |inner| {
        prop_oneof![
            inner.clone().prop_map(|ty| Type::List(Box::new(ty))),
            inner.clone().prop_map(|ty| Type::Map(Box::new(ty))),
            inner.prop_map(|ty| Type::Nullable(Box::new(without_nullable(ty)))),
        ]
    })
}

fn without_nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    }
}

fn doc() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(vec(select(PROSE), 0..6).prop_map(|pieces| pieces.concat()))
}

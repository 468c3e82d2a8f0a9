//! The generated crate as data: everything is decided, nothing is printed.
//!
//! In: what `lower` builds. Out: what the templates print, one struct per piece of Rust.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::plan::Client;

/// An identifier from a valid name.
pub fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Lines of a doc comment.
#[derive(Debug, Clone, Default)]
pub struct Docs(pub Vec<String>);

impl Docs {
    /// Adds lines, separated from earlier ones by an empty line.
    pub fn paragraph(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(lines);
    }
}

impl Docs {
    /// As attributes of the module that contains them.
    pub fn inner(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| indented(line));
        quote!(#(#![doc = #lines])*)
    }
}

fn indented(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.0 {
            let text = indented(line);
            tokens.extend(quote!(#[doc = #text]));
        }
    }
}

/// Why an item should no longer be used; printed as an attribute.
#[derive(Debug, Clone)]
pub struct Deprecated(pub String);

impl ToTokens for Deprecated {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let note = &self.0;
        tokens.extend(quote!(#[deprecated(note = #note)]));
    }
}

/// What a namespace defines.
pub struct Types {
    /// Modules of other namespaces that are named.
    pub uses: Vec<Ident>,
    /// Aliases by name.
    pub aliases: Vec<RustAlias>,
    /// Structs by name, those of the fields of enumerating structs included.
    pub structs: Vec<RustStruct>,
    /// Unions by name, enumerating structs last.
    pub unions: Vec<RustUnion>,
}

impl Types {
    /// Whether the namespace defines no type.
    pub fn is_empty(&self) -> bool {
        self.aliases.is_empty() && self.structs.is_empty() && self.unions.is_empty()
    }
}

/// An alias.
pub struct RustAlias {
    /// Doc comment.
    pub docs: Docs,
    /// Name.
    pub name: Ident,
    /// Target.
    pub ty: TokenStream,
    /// Its constraints as a static, if it names a constrained type directly.
    pub rule: Option<(String, String)>,
}

/// A struct with its table.
pub struct RustStruct {
    /// Doc comment.
    pub docs: Docs,
    /// Name.
    pub name: Ident,
    /// Name of the table.
    pub table: String,
    /// Fields, inherited ones first.
    pub fields: Vec<RustField>,
    /// Whether no field is required.
    pub has_default: bool,
    /// Whether it gets a constructor, setters and `validate`.
    pub in_argument: bool,
    /// Whether the codec is compiled by whoever uses it.
    pub is_inline: bool,
    /// The types that it stands for, by number, if it is that of a family.
    pub members: Vec<RustMember>,
    /// What converts into it.
    pub from: Vec<Source>,
    /// Types that it converts into.
    pub into: Vec<Conversion>,
}

impl RustStruct {
    /// Whether it stands for several types.
    pub fn is_family(&self) -> bool {
        !self.members.is_empty()
    }
}

/// A type that is the struct of a family with a number.
pub struct RustMember {
    /// Doc comment.
    pub docs: Docs,
    /// Name.
    pub name: Ident,
}

/// A plain value that stands for a whole argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `()`, for an argument without required fields.
    Unit,
    /// A string, for an argument whose one required field is one.
    Text,
}

/// A conversion by `From` out of a type.
pub enum Conversion {
    /// Into a struct with some of the fields.
    Struct {
        /// The ancestor.
        to: TokenStream,
        /// Its fields, which both have.
        fields: Vec<Ident>,
    },
    /// Into an enum that has it as payload.
    Variant {
        /// The enum.
        to: TokenStream,
        /// The variant.
        variant: Ident,
        /// Whether the payload is boxed.
        boxed: bool,
    },
}

/// A union whose values a union takes over.
pub struct Ancestor {
    /// Its type.
    pub ty: TokenStream,
    /// Its variants, which both have, and whether they have payloads.
    pub variants: Vec<(Ident, bool)>,
    /// Whether it has `Other`.
    pub open: bool,
}

/// Which slice of references a field travels in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `String`
    Text,
    /// `Option<String>`
    OptionalText,
    /// Anything else.
    Other,
}

/// A field.
pub struct RustField {
    /// Doc comment.
    pub docs: Docs,
    /// Deprecation.
    pub deprecated: Option<Deprecated>,
    /// Name.
    pub name: Ident,
    /// Name of the setter.
    pub method: Ident,
    /// Type.
    pub ty: TokenStream,
    /// Name in the spec.
    pub spec_name: String,
    /// Neither nullable nor defaulted.
    pub required: bool,
    /// Slice.
    pub class: Class,
    /// Letter in the table.
    pub kind: u8,
    /// Constant that decoding starts from.
    pub blank: String,
    /// Entry of the table of defaults.
    pub default: Option<String>,
    /// Value of a new struct, where it is not `blank`.
    pub initial: Option<TokenStream>,
    /// Reference to the constraints.
    pub rule: Option<String>,
    /// Parameter of constructor and setter.
    pub input: Input,
}

/// How a value comes in.
pub struct Input {
    /// Type of the parameter, without `?`.
    pub ty: TokenStream,
    /// Value of the field, from a parameter named like it.
    pub value: TokenStream,
    /// Whether that is the parameter as it is.
    pub is_same: bool,
}

/// A union or an enumerating struct.
pub struct RustUnion {
    /// Doc comment.
    pub docs: Docs,
    /// Name.
    pub name: Ident,
    /// Name of the table.
    pub table: String,
    /// Variants, inherited ones first.
    pub variants: Vec<RustVariant>,
    /// What an unknown tag becomes.
    pub openness: Openness,
    /// For enumerating structs, the shared fields.
    pub accessors: Option<Vec<Accessor>>,
    /// Whether the codec is kept out of line.
    pub hub: bool,
    /// Whether the codec is compiled by whoever uses it.
    pub is_inline: bool,
    /// Of a hub, the field that is all there is to any payload.
    pub text: Option<Ident>,
    /// Whether it gets `validate`.
    pub in_argument: bool,
    /// Constant that decoding starts from.
    pub blank: String,
    /// Unions that convert into it.
    pub from: Vec<Ancestor>,
}

impl RustUnion {
    /// Whether values are plain tags from a fixed set.
    pub fn is_copy(&self) -> bool {
        self.is_plain() && matches!(self.openness, Openness::Closed)
    }

    /// Whether no tag has a payload.
    pub fn is_plain(&self) -> bool {
        self.variants
            .iter()
            .all(|variant| variant.payload.is_none())
    }
}

/// What an unknown tag becomes.
pub enum Openness {
    /// An error.
    Closed,
    /// `Other(Unknown)`
    Open,
    /// `Other` with the shared fields: names of the base struct and of the struct around it.
    OpenRoot(Ident, Ident),
}

/// A method that shows a shared field.
pub struct Accessor {
    /// Doc comment.
    pub docs: Docs,
    /// Deprecation.
    pub deprecated: Option<Deprecated>,
    /// Name.
    pub name: Ident,
    /// The field.
    pub field: Ident,
    /// Return type.
    pub ty: TokenStream,
    /// How a place becomes the result.
    pub access: Access,
}

/// How a place becomes a value that can be returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// `place`
    Copy,
    /// `&place`
    Reference,
    /// `place.as_deref()`
    Deref,
    /// `place.as_ref()`
    Optional,
}

/// A variant.
pub struct RustVariant {
    /// Doc comment.
    pub docs: Docs,
    /// Deprecation.
    pub deprecated: Option<Deprecated>,
    /// Name.
    pub name: Ident,
    /// Tag on the wire.
    pub tag: String,
    /// Number in the table, whose tags are sorted by length, then bytes.
    pub number: u16,
    /// Letter in the table.
    pub kind: u8,
    /// Payload.
    pub payload: Option<Payload>,
    /// Reference to the payload's constraints.
    pub rule: Option<String>,
}

/// What a variant holds.
pub struct Payload {
    /// Type.
    pub ty: TokenStream,
    /// Whether the type is a box, which the codec makes itself.
    pub boxed: bool,
    /// The table of a struct of this namespace that consists of one required string.
    pub text: Option<TextStruct>,
}

/// A struct of one required string without constraints.
#[derive(Debug, Clone)]
pub struct TextStruct {
    /// Name of its table.
    pub table: String,
    /// Its field.
    pub field: Ident,
}

/// Routes of a namespace.
pub struct Routes {
    /// Modules of other namespaces that are named.
    pub uses: Vec<Ident>,
    /// Handles, one for each kind of client that can call something here.
    pub handles: Vec<Handle>,
    /// Routes by name, then version.
    pub routes: Vec<RustRoute>,
}

/// The routes that one kind of client can call.
pub struct Handle {
    /// Doc comment.
    pub docs: Docs,
    /// Name.
    pub name: Ident,
    /// Whose handle it is.
    pub client: Client,
    /// Whether all its routes are in preview.
    pub preview: bool,
    /// Methods.
    pub methods: Vec<Method>,
}

/// A method that makes a call.
pub struct Method {
    /// Doc comment; links in it are for this handle.
    pub docs: Docs,
    /// Index into [`Routes::routes`].
    pub route: usize,
}

/// A route.
pub struct RustRoute {
    /// Doc comment of the static.
    pub docs: Docs,
    /// Deprecation.
    pub deprecated: Option<Deprecated>,
    /// Whether it is compiled with the feature `preview` only.
    pub preview: bool,
    /// Name of the method.
    pub method: Ident,
    /// Name of the static.
    pub constant: Ident,
    /// Value of the static.
    pub facts: TokenStream,
    /// Constructor of the call: `rpc`, `upload` or `download`.
    pub call: Ident,
    /// Type of the argument, unless Void.
    pub arg: Option<TokenStream>,
    /// What the call gives.
    pub output: TokenStream,
    /// What it fails with.
    pub error: TokenStream,
}

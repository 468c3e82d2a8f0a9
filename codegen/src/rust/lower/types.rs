//! Types as used, and aliases.
//!
//! In: types of the IR. Out: Rust types, other namespaces by their module, which is noted down for the file's head.

use proc_macro2::TokenStream;
use quote::quote;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{AliasId, FloatKind, IntKind, NamespaceId, Type};
use stone_parser::source::Span;

use super::Lower;
use crate::rust::model::{RustAlias, ident};
use crate::rust::names;

/// Formats of timestamps that the runtime reads and writes, and its types for them.
const TIMESTAMPS: &[(&str, &str)] = &[("%Y-%m-%dT%H:%M:%SZ", "Timestamp"), ("%Y-%m-%d", "Date")];

impl Lower<'_> {
    /// A type as written, aliases by name.
    pub fn ty(&mut self, ty: &Type, at: Span) -> TokenStream {
        match ty {
            Type::Boolean => quote!(bool),
            Type::Bytes => quote!(crate::runtime::Bytes),
            Type::Void => quote!(()),
            Type::Int(int) => match int.kind {
                IntKind::Int32 => quote!(i32),
                IntKind::Int64 => quote!(i64),
                IntKind::UInt32 => quote!(u32),
                IntKind::UInt64 => quote!(u64),
            },
            Type::Float(float) => match float.kind {
                FloatKind::Float32 => quote!(f32),
                FloatKind::Float64 => quote!(f64),
            },
            Type::String(_) => quote!(::std::string::String),
            Type::Timestamp(format) => self.timestamp(format, at),
            Type::List(list) => {
                let item = self.ty(&list.item, at);
                quote!(::std::vec::Vec<#item>)
            }
            Type::Map(map) => {
                let value = self.ty(&map.value, at);
                quote!(::std::collections::BTreeMap<::std::string::String, #value>)
            }
            Type::Nullable(inner) => {
                let inner = self.ty(inner, at);
                quote!(::std::option::Option<#inner>)
            }
            Type::Struct(id) => {
                self.named(self.cx.api[*id].namespace, self.cx.names.structure(*id))
            }
            Type::Union(id) => self.named(self.cx.api[*id].namespace, self.cx.names.union(*id)),
            Type::Alias(id) => self.named(self.cx.api[*id].namespace, self.cx.names.alias(*id)),
        }
    }

    /// A name of some namespace as a path.
    pub fn named(&mut self, namespace: NamespaceId, name: &str) -> TokenStream {
        let name = ident(name);
        if namespace == self.here {
            return quote!(#name);
        }
        self.uses.insert(namespace);
        let module = ident(self.cx.names.module(namespace));
        quote!(#module::#name)
    }

    /// A name of some namespace as a path for the codec, which has no `use` of other namespaces.
    pub fn codec_path(&self, namespace: NamespaceId, path: &str) -> String {
        if namespace == self.here {
            return path.into();
        }
        format!("super::super::{}::{path}", self.cx.names.module(namespace))
    }

    fn timestamp(&mut self, format: &str, at: Span) -> TokenStream {
        let Some((_, name)) = TIMESTAMPS.iter().find(|(known, _)| *known == format) else {
            let known: Vec<_> = TIMESTAMPS.iter().map(|(known, _)| *known).collect();
            let message = format!("the SDK has no type for timestamps of the format \"{format}\"");
            let help = format!("use one of {}, or String", known.join(", "));
            self.report(Code::TimestampFormat, at, message, &help);
            return quote!(());
        };
        let name = ident(name);
        quote!(crate::runtime::#name)
    }

    /// The type without its `?`; aliases are named unless they hide one.
    pub fn inner<'t>(&self, ty: &'t Type) -> &'t Type
    where
        Self: 't,
    {
        match self.cx.api.unalias(ty) {
            Type::Nullable(inner) => inner,
            _ => ty,
        }
    }

    /// An alias.
    pub fn alias(&mut self, id: AliasId) -> RustAlias {
        let cx = self.cx;
        let alias = &cx.api[id];
        let otherwise = || format!("The alias `{}`.", alias.name);
        let mut docs = self.docs(alias.doc.as_ref(), otherwise);
        docs.paragraph(self.constraint_notes(&alias.ty));
        let rule = self.own_rule(&alias.ty, alias.span);
        RustAlias {
            docs,
            name: ident(cx.names.alias(id)),
            ty: self.ty(&alias.ty, alias.span),
            rule: rule.map(|rule| (names::shouty(cx.names.alias(id)), rule)),
        }
    }
}

//! Structs, and the structs of fields that enumerating ones share.
//!
//! In: structs of the IR. Out: [`RustStruct`]s.

use proc_macro2::TokenStream;
use quote::quote;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{StructId, Type};

use super::Lower;
use crate::rust::model::{
    Class, Conversion, Docs, Input, RustField, RustMember, RustStruct, Source, ident,
};
use crate::rust::names::{self, NamedField};
use crate::rust::plan::{self, Site};

/// The runtime numbers fields with bytes and counts them in a 128-bit set.
const MAX_FIELDS: usize = 128;

impl Lower<'_> {
    /// A struct, the shared fields of an enumerating one, or what stands for the family of a struct.
    pub fn structure(&mut self, id: StructId) -> RustStruct {
        let cx = self.cx;
        let structure = &cx.api[id];
        let is_root = structure.subtypes.is_some();
        let fields: Vec<_> = names::fields(cx.api, id)
            .iter()
            .map(|field| self.field(field))
            .collect();
        if fields.len() > MAX_FIELDS {
            let message = format!(
                "`{}` has {} fields, and the SDK's limit is {MAX_FIELDS}",
                structure.name,
                fields.len()
            );
            self.report(
                Code::TooManyFields,
                structure.span,
                message,
                "group some of them in structs",
            );
        }
        let family = cx.families.of(id).map(|(family, _)| family);
        let (docs, name) = match family {
            Some(family) => (family_docs(&fields), family.name.as_str()),
            None => (self.struct_docs(id), cx.names.holder(id)),
        };
        let members = family.map_or(&[][..], |family| &family.members);
        RustStruct {
            docs,
            name: ident(name),
            table: names::shouty(name),
            has_default: fields.iter().all(|field| !field.required),
            in_argument: !is_root && cx.plan.in_argument(id),
            // What has a single field is handed over by what holds it.
            is_inline: fields.len() < 2 || !cx.plan.is_compiled(id),
            from: if cx.plan.is_argument(id) && !is_root {
                sources(&fields)
            } else {
                Vec::new()
            },
            members: members.iter().map(|id| self.member(*id)).collect(),
            into: self.conversions(id, &fields),
            fields,
        }
    }

    fn member(&self, id: StructId) -> RustMember {
        RustMember {
            docs: self.struct_docs(id),
            name: ident(self.cx.names.structure(id)),
        }
    }

    fn struct_docs(&self, id: StructId) -> Docs {
        let structure = &self.cx.api[id];
        if structure.subtypes.is_some() {
            return Docs(vec![format!(
                "What every [`{}`] has.",
                self.cx.names.structure(id)
            )]);
        }
        self.docs(structure.doc.as_ref(), || {
            format!("The struct `{}`.", structure.name)
        })
    }

    /// Conversions into ancestors, and into the enum that lists the struct.
    fn conversions(&mut self, id: StructId, fields: &[RustField]) -> Vec<Conversion> {
        let cx = self.cx;
        let mut conversions = Vec::new();
        for ancestor in cx.api.struct_lineage(id).into_iter().rev().skip(1) {
            let shared = names::fields(cx.api, ancestor).len();
            let namespace = cx.api[ancestor].namespace;
            let to = self.named(namespace, cx.names.holder(ancestor));
            let fields = fields
                .iter()
                .take(shared)
                .map(|field| field.name.clone())
                .collect();
            conversions.push(Conversion::Struct { to, fields });
        }
        conversions.extend(self.root_conversion(id));
        conversions
    }

    fn root_conversion(&mut self, id: StructId) -> Option<Conversion> {
        let cx = self.cx;
        let root = cx.api[id].extends?;
        let subtypes = cx.api[root].subtypes.as_ref()?;
        let index = subtypes.tags.iter().position(|(_, listed)| *listed == id)?;
        let variant = ident(names::subtypes(subtypes).get(index)?);
        let to = self.named(cx.api[root].namespace, cx.names.structure(root));
        Some(Conversion::Variant {
            to,
            variant,
            boxed: cx.plan.is_boxed(Site::Subtype(root, index)),
        })
    }

    fn field(&mut self, named: &NamedField<'_>) -> RustField {
        let field = named.field;
        let class = self.class(named);
        let start = self.start(field);
        let otherwise = || format!("The field `{}`.", field.name);
        let mut notes = self.constraint_notes(&field.ty);
        notes.extend(self.default_note(field));
        RustField {
            docs: self.member_docs(field.doc.as_ref(), otherwise, &field.annotations, notes),
            deprecated: Self::deprecated(&field.annotations),
            name: ident(&named.name),
            method: ident(&named.method),
            ty: self.field_type(named),
            spec_name: field.name.clone(),
            required: field.required,
            class,
            kind: self.kind(named, class),
            blank: start.blank,
            default: start.default,
            initial: start.initial,
            rule: self.rule(&field.ty, field.span),
            input: self.input(named),
        }
    }

    fn is_boxed(&self, named: &NamedField<'_>) -> bool {
        self.cx
            .plan
            .is_boxed(Site::Field(named.site.0, named.site.1))
    }

    fn class(&self, named: &NamedField<'_>) -> Class {
        match self.cx.api.strip(&named.field.ty) {
            (Type::String(_), false) => Class::Text,
            (Type::String(_), true) => Class::OptionalText,
            _ => Class::Other,
        }
    }

    fn field_type(&mut self, named: &NamedField<'_>) -> TokenStream {
        let field = named.field;
        if plan::is_held(self.cx.api, field) && !self.is_boxed(named) {
            let union = self.ty(self.inner(&field.ty), field.span);
            let held = quote!(crate::runtime::wire::Held<#union>);
            return if self.cx.api.is_nullable(&field.ty) {
                quote!(::std::option::Option<#held>)
            } else {
                held
            };
        }
        if !self.is_boxed(named) {
            return self.ty(&field.ty, field.span);
        }
        // Only what may be absent is boxed.
        let inner = self.ty(self.inner(&field.ty), field.span);
        quote!(::std::option::Option<::std::boxed::Box<#inner>>)
    }

    fn kind(&mut self, named: &NamedField<'_>, class: Class) -> u8 {
        let field = named.field;
        let secret = self.is_secret(named);
        match (class, field.default.is_some(), secret) {
            (Class::Text, false, false) => b'S',
            (Class::Text, true, false) => b's',
            (Class::Text, false, true) => b'X',
            (Class::Text, true, true) => b'x',
            (Class::OptionalText, _, false) => b'O',
            (Class::OptionalText, _, true) => b'Y',
            (Class::Other, default, secret) => {
                if secret && field.annotations.redactor.is_none() {
                    let message = format!("the secret field `{}` is no String", field.name);
                    self.report(
                        Code::SecretType,
                        field.span,
                        message,
                        "only strings can be secret",
                    );
                }
                match (field.required, default) {
                    (true, _) => b'D',
                    (false, true) => b'd',
                    (false, false) => b'o',
                }
            }
        }
    }

    /// Secrets of `sdk.toml`, and what the API itself keeps out of logs.
    pub fn is_secret(&self, named: &NamedField<'_>) -> bool {
        let field = named.field;
        let redacted = field.annotations.redactor.is_some();
        redacted
            || self
                .cx
                .facts
                .secret_fields
                .contains(&(named.site.0, field.name.clone()))
    }

    /// Strings come in as anything that becomes one, boxes and `?` are put around here.
    fn input(&mut self, named: &NamedField<'_>) -> Input {
        let field = named.field;
        let name = ident(&named.name);
        let inner = self.inner(&field.ty);
        let is_text = matches!(self.cx.api.unalias(inner), Type::String(_));
        let mut ty = self.ty(inner, field.span);
        let mut value = quote!(#name);
        if is_text {
            ty = quote!(impl ::std::convert::Into<#ty>);
            value = quote!(#name.into());
        }
        if self.is_boxed(named) {
            value = quote!(::std::boxed::Box::new(#value));
        } else if plan::is_held(self.cx.api, field) {
            value = quote!(crate::runtime::wire::Held::new(#value));
        }
        let nullable = self.cx.api.is_nullable(&field.ty);
        if nullable {
            value = quote!(Some(#value));
        }
        let is_same = !is_text && !nullable && !plan::is_held(self.cx.api, field);
        Input { ty, value, is_same }
    }
}

fn family_docs(fields: &[RustField]) -> Docs {
    let what = match fields {
        [] => "Several types have no fields".to_owned(),
        [only, ..] => format!(
            "Several types have nothing but the field `{}`",
            only.spec_name
        ),
    };
    Docs(vec![
        format!("{what}, and are this one with a number each."),
        String::new(),
        "Use their names: numbers change from release to release.".to_owned(),
    ])
}

/// What a whole argument can be made from.
fn sources(fields: &[RustField]) -> Vec<Source> {
    let required: Vec<_> = fields.iter().filter(|field| field.required).collect();
    match required.as_slice() {
        [] => vec![Source::Unit],
        [only] if only.class == Class::Text => vec![Source::Text],
        _ => Vec::new(),
    }
}

//! Structs with enumerated subtypes.
//!
//! In: such a struct. Out: an enum of its subtypes, with accessors for the fields that all of them share.

use quote::quote;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{StructId, Type};

use super::Lower;
use super::unions::{closed_blank, number};
use crate::rust::model::{
    Access, Accessor, Docs, Openness, Payload, RustUnion, RustVariant, ident,
};
use crate::rust::names::{self, NamedField};
use crate::rust::plan::{self, Site};

impl Lower<'_> {
    /// The enum of an enumerating struct.
    pub fn root(&mut self, id: StructId) -> RustUnion {
        let cx = self.cx;
        let structure = &cx.api[id];
        let closed = structure
            .subtypes
            .as_ref()
            .is_none_or(|subtypes| subtypes.closed);
        let mut variants = self.subtypes(id);
        number(&mut variants);
        let openness = match cx.names.root(id) {
            Some(root) if !closed => Openness::OpenRoot(ident(&root.base), ident(&root.unknown)),
            _ => Openness::Closed,
        };
        let blank = match &openness {
            Openness::OpenRoot(_, unknown) => Some(format!("Self::Other({unknown}::BLANK)")),
            _ => closed_blank(&variants),
        };
        if blank.is_none() {
            let message = format!("no value of `{}` can exist", structure.name);
            self.report(
                Code::NoValue,
                structure.span,
                message,
                "add a subtype whose value can stand alone",
            );
        }
        let name = cx.names.structure(id);
        let accessors = names::fields(cx.api, id)
            .iter()
            .map(|field| self.accessor(id, field))
            .collect();
        RustUnion {
            docs: self.docs(structure.doc.as_ref(), || {
                format!("The struct `{}`.", structure.name)
            }),
            name: ident(name),
            table: names::shouty(name),
            hub: false,
            is_inline: !cx.plan.is_compiled(id),
            text: None,
            variants,
            openness,
            accessors: Some(accessors),
            in_argument: cx.plan.in_argument(id),
            blank: blank.unwrap_or_default(),
            from: Vec::new(),
        }
    }

    fn subtypes(&mut self, id: StructId) -> Vec<RustVariant> {
        let cx = self.cx;
        let Some(subtypes) = &cx.api[id].subtypes else {
            return Vec::new();
        };
        let names = names::subtypes(subtypes);
        let all = subtypes.tags.iter().zip(names).enumerate();
        all.map(|(index, ((tag, subtype), name))| {
            let ty = self.named(cx.api[*subtype].namespace, cx.names.structure(*subtype));
            let boxed = cx.plan.is_boxed(Site::Subtype(id, index));
            let payload = Payload {
                ty: if boxed {
                    quote!(::std::boxed::Box<#ty>)
                } else {
                    ty
                },
                boxed,
                text: None,
            };
            let link = self.linker().ty(&Type::Struct(*subtype));
            RustVariant {
                docs: Docs(vec![format!("The subtype {link}.")]),
                deprecated: None,
                name: ident(&name),
                tag: tag.clone(),
                number: 0,
                kind: b'f',
                payload: Some(payload),
                rule: None,
            }
        })
        .collect()
    }

    /// A method that shows a shared field: by value where that is a copy of a few bytes, else by reference.
    fn accessor(&mut self, id: StructId, named: &NamedField<'_>) -> Accessor {
        let cx = self.cx;
        let field = named.field;
        let otherwise = || format!("The field `{}`.", field.name);
        let behind =
            cx.plan.is_boxed(Site::Field(id, named.site.1)) || plan::is_held(cx.api, field);
        let (stripped, nullable) = cx.api.strip(&field.ty);
        let inner = self.ty(self.inner(&field.ty), field.span);
        let (ty, access) = match (stripped, nullable) {
            (Type::String(_), false) => (quote!(&str), Access::Reference),
            (Type::String(_), true) => (quote!(::std::option::Option<&str>), Access::Deref),
            (Type::Boolean | Type::Int(_) | Type::Float(_), _) => {
                (self.ty(&field.ty, field.span), Access::Copy)
            }
            (_, false) => (quote!(&#inner), Access::Reference),
            (_, true) => {
                let access = if behind {
                    Access::Deref
                } else {
                    Access::Optional
                };
                (quote!(::std::option::Option<&#inner>), access)
            }
        };
        Accessor {
            docs: self.member_docs(
                field.doc.as_ref(),
                otherwise,
                &field.annotations,
                Vec::new(),
            ),
            deprecated: Self::deprecated(&field.annotations),
            name: ident(&named.method),
            field: ident(&named.name),
            ty,
            access,
        }
    }
}

//! Unions.
//!
//! In: unions of the IR. Out: [`RustUnion`]s.

use proc_macro2::Ident;
use quote::quote;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{StringType, Tag, Type, UnionId};

use super::Lower;
use crate::rust::model::{Ancestor, Openness, Payload, RustUnion, RustVariant, TextStruct, ident};
use crate::rust::names::{self, NamedTag};
use crate::rust::plan::{self, Site};

impl Lower<'_> {
    /// A union.
    pub fn union(&mut self, id: UnionId) -> RustUnion {
        let cx = self.cx;
        let union = &cx.api[id];
        let tags = names::tags(cx.api, id);
        let mut variants: Vec<_> = tags.iter().map(|tag| self.variant(tag)).collect();
        number(&mut variants);
        let blank = if union.closed {
            closed_blank(&variants)
        } else {
            Some("Self::Other(w::Unknown::BLANK)".into())
        };
        if blank.is_none() {
            let message = format!("no value of `{}` can exist", union.name);
            self.report(
                Code::NoValue,
                union.span,
                message,
                "add a tag whose value can stand alone",
            );
        }
        let name = cx.names.union(id);
        let hub = plan::is_hub(cx.api, id);
        RustUnion {
            docs: self.docs(union.doc.as_ref(), || {
                format!("The union `{}`.", union.name)
            }),
            name: ident(name),
            table: names::shouty(name),
            hub,
            is_inline: !cx.plan.is_union_compiled(id),
            text: if hub { common_text(&variants) } else { None },
            variants,
            openness: if union.closed {
                Openness::Closed
            } else {
                Openness::Open
            },
            accessors: None,
            in_argument: cx.plan.union_in_argument(id),
            blank: blank.unwrap_or_default(),
            from: self.ancestors(id),
        }
    }

    /// Unions whose values are values of this one, too; a closed union cannot take over what may be unknown.
    fn ancestors(&mut self, id: UnionId) -> Vec<Ancestor> {
        let cx = self.cx;
        let line = cx.api.union_lineage(id).into_iter().rev().skip(1);
        let fits = |ancestor: &UnionId| cx.api[*ancestor].closed || !cx.api[id].closed;
        line.filter(fits)
            .map(|ancestor| Ancestor {
                ty: self.named(cx.api[ancestor].namespace, cx.names.union(ancestor)),
                variants: names::tags(cx.api, ancestor)
                    .iter()
                    .map(|tag| (ident(&tag.name), self.has_payload(tag.tag)))
                    .collect(),
                open: !cx.api[ancestor].closed,
            })
            .collect()
    }

    fn has_payload(&self, tag: &Tag) -> bool {
        !matches!(self.cx.api.unalias(&tag.ty), Type::Void)
    }

    fn variant(&mut self, named: &NamedTag<'_>) -> RustVariant {
        let tag = named.tag;
        let otherwise = || format!("The tag `{}`.", tag.name);
        let notes = self.constraint_notes(&tag.ty);
        RustVariant {
            docs: self.member_docs(tag.doc.as_ref(), otherwise, &tag.annotations, notes),
            deprecated: Self::deprecated(&tag.annotations),
            name: ident(&named.name),
            tag: tag.name.clone(),
            number: 0,
            kind: self.variant_kind(named),
            payload: self.has_payload(tag).then(|| self.payload(named)),
            rule: self.rule(&tag.ty, tag.span),
        }
    }

    /// Plain structs share the object with the tag, everything else stands below a key.
    fn variant_kind(&mut self, named: &NamedTag<'_>) -> u8 {
        let (ty, nullable) = self.cx.api.strip(&named.tag.ty);
        let secret = self.is_secret_tag(named);
        if secret && !matches!(ty, Type::String(_)) {
            let message = format!("the secret tag `{}` holds no String", named.tag.name);
            self.report(
                Code::SecretType,
                named.tag.span,
                message,
                "only strings can be secret",
            );
        }
        match (ty, nullable) {
            (Type::Void, _) => b'v',
            (Type::Struct(id), false) if self.cx.api[*id].subtypes.is_none() => b'f',
            (Type::Struct(id), true) if self.cx.api[*id].subtypes.is_none() => b'F',
            (_, false) => {
                if secret {
                    b'x'
                } else {
                    b'k'
                }
            }
            (_, true) => {
                if secret {
                    b'X'
                } else {
                    b'K'
                }
            }
        }
    }

    fn is_secret_tag(&self, named: &NamedTag<'_>) -> bool {
        self.cx
            .facts
            .secret_tags
            .contains(&(named.site.0, named.tag.name.clone()))
    }

    fn payload(&mut self, named: &NamedTag<'_>) -> Payload {
        let tag = named.tag;
        if !self.cx.plan.is_boxed(Site::Tag(named.site.0, named.site.1)) {
            let text = self.text_struct(&tag.ty);
            return Payload {
                ty: self.ty(&tag.ty, tag.span),
                boxed: false,
                text,
            };
        }
        let inner = self.ty(self.inner(&tag.ty), tag.span);
        if self.cx.api.is_nullable(&tag.ty) {
            // The codec treats an optional box like any other optional value.
            let ty = quote!(::std::option::Option<::std::boxed::Box<#inner>>);
            return Payload {
                ty,
                boxed: false,
                text: None,
            };
        }
        Payload {
            ty: quote!(::std::boxed::Box<#inner>),
            boxed: true,
            text: None,
        }
    }

    /// The struct of a type, if all it has is a string.
    fn text_struct(&self, ty: &Type) -> Option<TextStruct> {
        let cx = self.cx;
        let Type::Struct(id) = ty else { return None };
        let [only] = &names::fields(cx.api, *id)[..] else {
            return None;
        };
        let is_text = only.field.ty == Type::String(StringType::default()) && only.field.required;
        let is_here = cx.api[*id].namespace == self.here && cx.api[*id].subtypes.is_none();
        (is_text && is_here && !self.is_secret(only)).then(|| TextStruct {
            table: match cx.families.of(*id) {
                Some((family, number)) => format!("{}[{number}]", names::shouty(&family.name)),
                None => names::shouty(cx.names.structure(*id)),
            },
            field: ident(&only.name),
        })
    }
}

/// The field that all payloads have and nothing else.
fn common_text(variants: &[RustVariant]) -> Option<Ident> {
    let mut fields = variants
        .iter()
        .map(|variant| Some(&variant.payload.as_ref()?.text.as_ref()?.field));
    let first = fields.next()??;
    fields
        .all(|field| field == Some(first))
        .then(|| first.clone())
}

/// Numbers variants in the order of their tags by length, then bytes.
pub fn number(variants: &mut [RustVariant]) {
    let mut order: Vec<usize> = (0..variants.len()).collect();
    order.sort_by_key(|index| (variants[*index].tag.len(), variants[*index].tag.clone()));
    for (number, index) in order.into_iter().enumerate() {
        variants[index].number = number as u16;
    }
}

/// The first tag whose value can be a constant, those without payload before others.
pub fn closed_blank(variants: &[RustVariant]) -> Option<String> {
    let plain = variants.iter().find(|variant| variant.payload.is_none());
    if let Some(RustVariant { name, .. }) = plain {
        return Some(format!("Self::{name}"));
    }
    let boxed = |variant: &RustVariant| {
        variant
            .payload
            .as_ref()
            .is_some_and(|payload| payload.boxed)
    };
    let RustVariant { name, .. } = variants.iter().find(|variant| !boxed(variant))?;
    Some(format!("Self::{name}(w::Blank::BLANK)"))
}

//! Tables and codecs: what a user never reads.
//!
//! In: the model. Out: tokens for `codec.rs`. There, `w` is the runtime's module `wire`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::model::{Class, Openness, Payload, RustAlias, RustField, RustStruct, RustUnion, RustVariant, Types};

/// The whole file.
pub fn codec(types: &Types) -> TokenStream {
    let rules = types.aliases.iter().filter_map(rule);
    let structs = types.structs.iter().map(structure);
    let unions = types.unions.iter().map(union);
    let all: Vec<&Ident> = names(types, |_| true, |_| true);
    let arguments = names(types, |it| it.in_argument, |it| it.in_argument);
    let wire_traits = (!all.is_empty()).then(|| quote!(crate::runtime::wire_traits!(#(#all),*);));
    let validate = (!arguments.is_empty()).then(|| quote!(crate::runtime::validate_methods!(#(#arguments),*);));
    quote! {
        use super::types::*;
        use crate::runtime::wire as w;
        #(#rules)*
        #(#structs)*
        #(#unions)*
        #wire_traits
        #validate
    }
}

fn names(
    types: &Types,
    structs: impl Fn(&RustStruct) -> bool,
    unions: impl Fn(&RustUnion) -> bool,
) -> Vec<&Ident> {
    let structs = types.structs.iter().filter(|it| structs(it)).map(|it| &it.name);
    structs.chain(types.unions.iter().filter(|it| unions(it)).map(|it| &it.name)).collect()
}

fn rule(alias: &RustAlias) -> Option<TokenStream> {
    let (name, rule) = alias.rule.as_ref()?;
    Some(quote!(pub(crate) static #name: w::Rule = #rule;))
}

fn structure(it: &RustStruct) -> TokenStream {
    let RustStruct { name, table, spec_name, fields, .. } = it;
    let keys = fields.iter().map(|field| format!("\"{}\":", field.spec_name));
    let kinds: Vec<u8> = fields.iter().map(|field| field.kind).collect();
    let kinds = Literal::byte_string(&kinds);
    let slots = Literal::byte_string(&slots(fields));
    let defaults = entries(fields.iter().map(|field| field.default.as_ref()));
    let rules = entries(fields.iter().map(|field| field.rule.as_ref()));
    let blanks = fields.iter().map(|RustField { name, blank, .. }| quote!(#name: #blank));
    let shared = |class| of_class(fields, class).map(|name| quote!(&self.#name));
    let (strings, options, others) = (shared(Class::Text), shared(Class::OptionalText), shared(Class::Other));
    let encode = quote!(&[#(#strings),*], &[#(#options),*], &[#(#others),*]);
    let unique = |class| of_class(fields, class).map(|name| quote!(&mut self.#name));
    let (strings, options, others) = (unique(Class::Text), unique(Class::OptionalText), unique(Class::Other));
    let decode = quote!(&mut [#(#strings),*], &mut [#(#options),*], &mut [#(#others),*]);
    quote! {
        static #table: w::StructMeta = w::StructMeta {
            name: #spec_name,
            keys: &[#(#keys),*],
            kinds: #kinds,
            slots: #slots,
            defaults: &[#(#defaults),*],
            rules: &[#(#rules),*],
        };
        impl w::Blank for #name {
            const BLANK: Self = Self { #(#blanks),* };
        }
        impl w::Wire for #name {
            #[inline]
            fn encode(&self, out: &mut w::Encoder<'_>) {
                out.object(&#table, #encode)
            }
            #[inline]
            fn decode(&mut self, inp: &mut w::Decoder<'_>) {
                inp.object(&#table, #decode)
            }
        }
    }
}

fn of_class(fields: &[RustField], class: Class) -> impl Iterator<Item = &Ident> {
    fields.iter().filter(move |field| field.class == class).map(|field| &field.name)
}

/// The place of each field among those of its class.
fn slots(fields: &[RustField]) -> Vec<u8> {
    let mut next = [0; 3];
    let take = |field: &RustField| {
        let slot = &mut next[field.class as usize];
        *slot += 1;
        *slot - 1
    };
    fields.iter().map(take).collect()
}

/// Pairs of number and entry where there is one.
fn entries<'a>(entries: impl Iterator<Item = Option<&'a TokenStream>>) -> impl Iterator<Item = TokenStream> {
    entries.enumerate().filter_map(|(number, entry)| {
        let number = Literal::usize_unsuffixed(number);
        entry.map(|entry| quote!((#number, #entry)))
    })
}

fn union(it: &RustUnion) -> TokenStream {
    let RustUnion { name, table, spec_name, blank, .. } = it;
    let mut sorted: Vec<&RustVariant> = it.variants.iter().collect();
    sorted.sort_by_key(|variant| variant.number);
    let tags = sorted.iter().map(|variant| &variant.tag);
    let kinds: Vec<u8> = sorted.iter().map(|variant| variant.kind).collect();
    let kinds = Literal::byte_string(&kinds);
    let rules = entries(sorted.iter().map(|variant| variant.rule.as_ref()));
    let open = !matches!(it.openness, Openness::Closed);
    let root = it.accessors.is_some();
    let inline = if it.hub { quote!(#[inline(never)]) } else { quote!(#[inline]) };
    let (encode, decode) = (encode(it), decode(it));
    quote! {
        static #table: w::UnionMeta = w::UnionMeta {
            name: #spec_name,
            tags: &[#(#tags),*],
            kinds: #kinds,
            open: #open,
            root: #root,
            rules: &[#(#rules),*],
        };
        impl w::Blank for #name {
            const BLANK: Self = #blank;
        }
        impl w::Wire for #name {
            #inline
            fn encode(&self, out: &mut w::Encoder<'_>) {
                #encode
            }
            #inline
            fn decode(&mut self, inp: &mut w::Decoder<'_>) {
                #decode
            }
        }
    }
}

/// Unions without any payload spare the compiler a table of references per arm.
fn encode(it: &RustUnion) -> TokenStream {
    let table = &it.table;
    let other = match &it.openness {
        Openness::Closed => None,
        Openness::Open if it.variants.is_empty() => Some(quote!(Self::Other(x) => out.unknown(x))),
        Openness::Open => Some(quote!(Self::Other(x) => return out.unknown(x))),
        Openness::OpenRoot(..) => Some(quote!(Self::Other(x) => return out.unknown(&x.unknown))),
    };
    if it.variants.is_empty() {
        return quote!(match self { #other });
    }
    if it.is_plain() {
        let arms = it.variants.iter().map(|RustVariant { name, number, .. }| {
            let number = Literal::u16_unsuffixed(*number);
            quote!(Self::#name => #number)
        });
        return quote! {
            let number: u16 = match self { #(#arms,)* #other };
            out.variant(&#table, number, &())
        };
    }
    let arms = it.variants.iter().map(|RustVariant { name, number, payload, .. }| {
        let number = Literal::u16_unsuffixed(*number);
        match payload {
            Some(_) => quote!(Self::#name(x) => (#number, x)),
            None => quote!(Self::#name => (#number, &())),
        }
    });
    quote! {
        let (number, payload): (u16, &dyn w::Wire) = match self { #(#arms,)* #other };
        out.variant(&#table, number, payload)
    }
}

fn decode(it: &RustUnion) -> TokenStream {
    let table = &it.table;
    let arms = it.variants.iter().map(|RustVariant { name, number, payload, .. }| {
        let number = Literal::u16_unsuffixed(*number);
        let value = match payload {
            None => quote!(Self::#name),
            Some(Payload { boxed: false, .. }) => quote!(Self::#name(inp.payload())),
            Some(Payload { boxed: true, .. }) => quote!(Self::#name(::std::boxed::Box::new(inp.payload()))),
        };
        quote!(#number => #value)
    });
    let other = match &it.openness {
        Openness::Closed => quote!(return),
        Openness::Open => quote!(Self::Other(inp.unknown())),
        Openness::OpenRoot(base, unknown) => quote!({
            let mut base = <#base as w::Blank>::BLANK;
            let unknown = inp.unknown_with_base(&mut base);
            Self::Other(#unknown { base, unknown })
        }),
    };
    if it.variants.is_empty() {
        return quote! {
            inp.variant(&#table);
            *self = #other;
        };
    }
    quote! {
        *self = match inp.variant(&#table) { #(#arms,)* _ => #other };
    }
}

//! Constraints of values.
//!
//! In: types of the IR. Out: expressions of the runtime's `Rule`, and sentences that say the same. An alias that names
//! a constrained type has its rule as a static; its uses refer to that.

use std::fmt::Display;

use num_bigint::BigInt;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{AliasId, Api, FloatType, IntKind, IntType, ListType, MapType, StringType, Type};
use stone_parser::source::Span;

use super::Lower;
use crate::rust::markdown::{code, wrap};
use crate::rust::model::ident;
use crate::rust::{names, patterns};

impl Lower<'_> {
    /// A reference to the constraints of a type, if it has any.
    pub fn rule(&mut self, ty: &Type, at: Span) -> Option<TokenStream> {
        let api = self.cx.api;
        let mut ty: &Type = ty;
        loop {
            ty = match ty {
                Type::Nullable(inner) => inner,
                Type::Alias(id) => match without_null(&api[*id].ty) {
                    target @ Type::Alias(_) => target,
                    target if has_rule(api, target) => return Some(self.alias_rule(*id)),
                    _ => return None,
                },
                _ => return self.own_rule(ty, at).map(|rule| quote!(&#rule)),
            }
        }
    }

    fn alias_rule(&self, id: AliasId) -> TokenStream {
        let namespace = self.cx.api[id].namespace;
        let name = ident(&names::shouty(self.cx.names.alias(id)));
        if namespace == self.here {
            return quote!(&#name);
        }
        let path = self.codec_path(namespace, quote!(codec::#name));
        quote!(&#path)
    }

    /// The constraints that a type states itself, not through an alias.
    pub fn own_rule(&mut self, ty: &Type, at: Span) -> Option<TokenStream> {
        let limits = match ty {
            _ if !has_rule(self.cx.api, ty) => return None,
            Type::Nullable(inner) => return self.own_rule(inner, at),
            Type::String(string) => self.string_limits(string, at),
            Type::Int(int) => int_limits(int),
            Type::Float(float) => float_limits(float),
            Type::List(list) => self.list_limits(list, at),
            Type::Map(map) => self.map_limits(map, at),
            _ => return None,
        };
        Some(quote!(w::Rule { #(#limits,)* ..w::Rule::NONE }))
    }

    fn string_limits(&mut self, ty: &StringType, at: Span) -> Vec<TokenStream> {
        let mut limits = Vec::new();
        limits.extend(ty.min_length.as_ref().map(size).map(|min| quote!(min_length: #min)));
        limits.extend(ty.max_length.as_ref().map(size).map(|max| quote!(max_length: #max)));
        if let Some(pattern) = ty.pattern.as_deref().filter(|pattern| !pattern.is_empty()) {
            match patterns::translate(pattern) {
                Ok(regex) => limits.push(quote!(pattern: ::std::option::Option::Some(#regex))),
                Err(problem) => {
                    let message = format!("the SDK cannot check the pattern \"{pattern}\": {problem}");
                    self.report(Code::Pattern, at, message, "write the pattern without it");
                }
            }
        }
        limits
    }

    fn list_limits(&mut self, ty: &ListType, at: Span) -> Vec<TokenStream> {
        let mut limits = Vec::new();
        limits.extend(ty.min_items.as_ref().map(size).map(|min| quote!(min_items: #min)));
        limits.extend(ty.max_items.as_ref().map(size).map(|max| quote!(max_items: #max)));
        limits.extend(self.rule(&ty.item, at).map(|item| quote!(item: ::std::option::Option::Some(#item))));
        limits
    }

    fn map_limits(&mut self, ty: &MapType, at: Span) -> Vec<TokenStream> {
        let mut limits = Vec::new();
        let key = self.own_rule(&Type::String(ty.key.clone()), at);
        limits.extend(key.map(|key| quote!(key: ::std::option::Option::Some(&#key))));
        limits.extend(self.rule(&ty.value, at).map(|item| quote!(item: ::std::option::Option::Some(#item))));
        limits
    }

    /// What a type states of its values, for people; an alias speaks for itself.
    pub fn constraint_notes(&self, ty: &Type) -> Vec<String> {
        wrap(&constraints(ty).join(" "))
    }
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        _ => ty,
    }
}

/// Whether values of a type are constrained, aliases and what lists and maps hold included.
fn has_rule(api: &Api, ty: &Type) -> bool {
    let mut ty: &Type = ty;
    loop {
        ty = match ty {
            Type::Alias(id) => &api[*id].ty,
            Type::Nullable(inner) => inner,
            Type::List(list) if list.min_items.is_none() && list.max_items.is_none() => &list.item,
            Type::Map(map) if !is_constrained(&map.key) => &map.value,
            Type::List(_) | Type::Map(_) => return true,
            Type::String(string) => return is_constrained(string),
            Type::Int(int) => return int.min.is_some() || int.max.is_some(),
            Type::Float(float) => return float.min.is_some() || float.max.is_some(),
            _ => return false,
        }
    }
}

fn is_constrained(ty: &StringType) -> bool {
    let has_pattern = ty.pattern.as_deref().is_some_and(|pattern| !pattern.is_empty());
    has_pattern || ty.min_length.is_some() || ty.max_length.is_some()
}

/// A size; no real one is beyond the limit.
fn size(size: &BigInt) -> Literal {
    Literal::u32_unsuffixed(u32::try_from(size).unwrap_or(u32::MAX))
}

fn int_limits(ty: &IntType) -> Vec<TokenStream> {
    let bound = |bound: &BigInt| match ty.kind {
        IntKind::Int32 | IntKind::Int64 => {
            let bound = Literal::i64_unsuffixed(i64::try_from(bound).ok()?);
            Some(quote!(::std::option::Option::Some(w::Bound::Int(#bound))))
        }
        IntKind::UInt32 | IntKind::UInt64 => {
            let bound = Literal::u64_unsuffixed(u64::try_from(bound).ok()?);
            Some(quote!(::std::option::Option::Some(w::Bound::Uint(#bound))))
        }
    };
    let min = ty.min.as_ref().and_then(bound).map(|min| quote!(min: #min));
    let max = ty.max.as_ref().and_then(bound).map(|max| quote!(max: #max));
    min.into_iter().chain(max).collect()
}

/// Infinite bounds allow everything.
fn float_limits(ty: &FloatType) -> Vec<TokenStream> {
    let bound = |bound: f64| {
        let bound = bound.is_finite().then(|| Literal::f64_unsuffixed(bound))?;
        Some(quote!(::std::option::Option::Some(w::Bound::Float(#bound))))
    };
    let min = ty.min.and_then(bound).map(|min| quote!(min: #min));
    let max = ty.max.and_then(bound).map(|max| quote!(max: #max));
    min.into_iter().chain(max).collect()
}

/// Sentences about a type.
fn constraints(ty: &Type) -> Vec<String> {
    match ty {
        Type::Nullable(inner) => constraints(inner),
        Type::String(string) => {
            let length = range(string.min_length.as_ref(), string.max_length.as_ref());
            let length = length.map(|range| format!("Length in characters: {range}."));
            let pattern = string.pattern.as_deref().filter(|pattern| !pattern.is_empty());
            let pattern = pattern.map(|pattern| format!("Pattern: {}.", code(pattern)));
            length.into_iter().chain(pattern).collect()
        }
        Type::Int(int) => {
            let range = range(int.min.as_ref(), int.max.as_ref());
            range.map(|range| format!("Value: {range}.")).into_iter().collect()
        }
        Type::Float(float) => {
            let range = range(float.min.as_ref(), float.max.as_ref());
            range.map(|range| format!("Value: {range}.")).into_iter().collect()
        }
        Type::List(list) => {
            let items = range(list.min_items.as_ref(), list.max_items.as_ref());
            items.map(|range| format!("Number of items: {range}.")).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn range<T: Display>(min: Option<&T>, max: Option<&T>) -> Option<String> {
    match (min, max) {
        (None, None) => None,
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
    }
}

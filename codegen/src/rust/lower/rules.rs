//! Constraints of values.
//!
//! In: types of the IR. Out: expressions of the runtime's `Rule`, and sentences that say the same. An alias that names
//! a constrained type has its rule as a static; its uses refer to that.

use std::fmt::Display;

use num_bigint::BigInt;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{
    AliasId, Api, FloatType, IntKind, IntType, ListType, MapType, StringType, Type,
};
use stone_parser::source::Span;

use super::Lower;
use crate::rust::markdown::{code, wrap};
use crate::rust::{names, patterns, starts};

impl Lower<'_> {
    /// A reference to the constraints of a type, if it has any.
    pub fn rule(&mut self, ty: &Type, at: Span) -> Option<String> {
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
                _ => return self.own_rule(ty, at).map(|rule| format!("&{rule}")),
            }
        }
    }

    fn alias_rule(&self, id: AliasId) -> String {
        let namespace = self.cx.api[id].namespace;
        let name = names::shouty(self.cx.names.alias(id));
        let path = if namespace == self.here {
            name
        } else {
            format!("codec::{name}")
        };
        format!("&{}", self.codec_path(namespace, &path))
    }

    /// The constraints that a type states itself, not through an alias.
    pub fn own_rule(&mut self, ty: &Type, at: Span) -> Option<String> {
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
        Some(format!("w::Rule {{ {}..w::Rule::NONE }}", limits.concat()))
    }

    fn string_limits(&mut self, ty: &StringType, at: Span) -> Vec<String> {
        let mut limits = Vec::new();
        limits.extend(
            ty.min_length
                .as_ref()
                .map(size)
                .map(|min| format!("min_length: {min}, ")),
        );
        limits.extend(
            ty.max_length
                .as_ref()
                .map(size)
                .map(|max| format!("max_length: {max}, ")),
        );
        if let Some(pattern) = ty.pattern.as_deref().filter(|pattern| !pattern.is_empty()) {
            match patterns::translate(pattern) {
                Ok(regex) => {
                    limits.push(some("pattern", &format!("{regex:?}")));
                    let starts = starts::starts(&regex);
                    if !starts.is_empty() {
                        limits.push(format!("starts: &{starts:?}, "));
                    }
                }
                Err(problem) => {
                    let message =
                        format!("the SDK cannot check the pattern \"{pattern}\": {problem}");
                    self.report(Code::Pattern, at, message, "write the pattern without it");
                }
            }
        }
        limits
    }

    fn list_limits(&mut self, ty: &ListType, at: Span) -> Vec<String> {
        let mut limits = Vec::new();
        limits.extend(
            ty.min_items
                .as_ref()
                .map(size)
                .map(|min| format!("min_items: {min}, ")),
        );
        limits.extend(
            ty.max_items
                .as_ref()
                .map(size)
                .map(|max| format!("max_items: {max}, ")),
        );
        limits.extend(self.rule(&ty.item, at).map(|item| some("item", &item)));
        limits
    }

    fn map_limits(&mut self, ty: &MapType, at: Span) -> Vec<String> {
        let key = self.own_rule(&Type::String(ty.key.clone()), at);
        let key = key.map(|key| some("key", &format!("&{key}")));
        let value = self.rule(&ty.value, at).map(|value| some("item", &value));
        key.into_iter().chain(value).collect()
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
    let has_pattern = ty
        .pattern
        .as_deref()
        .is_some_and(|pattern| !pattern.is_empty());
    has_pattern || ty.min_length.is_some() || ty.max_length.is_some()
}

/// An entry of a rule that is an `Option`.
fn some(name: &str, value: &str) -> String {
    format!("{name}: Some({value}), ")
}

/// A size; no real one is beyond the limit.
fn size(size: &BigInt) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// Bounds lie within the range of their kind.
fn int_limits(ty: &IntType) -> Vec<String> {
    let variant = match ty.kind {
        IntKind::Int32 | IntKind::Int64 => "Int",
        IntKind::UInt32 | IntKind::UInt64 => "Uint",
    };
    let bound = |bound: &BigInt| format!("w::Bound::{variant}({bound})");
    let min = ty.min.as_ref().map(bound).map(|min| some("min", &min));
    let max = ty.max.as_ref().map(bound).map(|max| some("max", &max));
    min.into_iter().chain(max).collect()
}

/// Infinite bounds allow everything.
fn float_limits(ty: &FloatType) -> Vec<String> {
    let bound = |bound: &f64| format!("w::Bound::Float({bound:?})");
    let finite = |bound: &f64| bound.is_finite();
    let min = ty
        .min
        .filter(finite)
        .as_ref()
        .map(bound)
        .map(|min| some("min", &min));
    let max = ty
        .max
        .filter(finite)
        .as_ref()
        .map(bound)
        .map(|max| some("max", &max));
    min.into_iter().chain(max).collect()
}

/// Sentences about a type.
fn constraints(ty: &Type) -> Vec<String> {
    match ty {
        Type::Nullable(inner) => constraints(inner),
        Type::String(string) => {
            let length = range(string.min_length.as_ref(), string.max_length.as_ref());
            let length = length.map(|range| format!("Length in characters: {range}."));
            let pattern = string
                .pattern
                .as_deref()
                .filter(|pattern| !pattern.is_empty());
            let pattern = pattern.map(|pattern| format!("Pattern: {}.", code(pattern)));
            length.into_iter().chain(pattern).collect()
        }
        Type::Int(int) => {
            let range = range(int.min.as_ref(), int.max.as_ref());
            range
                .map(|range| format!("Value: {range}."))
                .into_iter()
                .collect()
        }
        Type::Float(float) => {
            let range = range(float.min.as_ref(), float.max.as_ref());
            range
                .map(|range| format!("Value: {range}."))
                .into_iter()
                .collect()
        }
        Type::List(list) => {
            let items = range(list.min_items.as_ref(), list.max_items.as_ref());
            items
                .map(|range| format!("Number of items: {range}."))
                .into_iter()
                .collect()
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

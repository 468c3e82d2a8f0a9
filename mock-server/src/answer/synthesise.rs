//! Values that are made up from types and constraints.

use num_bigint::BigInt;
use serde_json::{Map, Value};
use stone_parser::ir::{
    Field, FloatType, IntKind, IntType, ListType, MapType, StructId, Tag, Type, UnionId,
};

use super::{Maker, default};
use crate::errors::tag;

/// How deep values are filled with more than they need.
const DEPTH: usize = 3;
/// How deep values go at all; a type that needs more has no finite values.
const LIMIT: usize = 60;

impl Maker {
    /// A value within others: an example if the spec has one.
    pub(super) fn below(&mut self, ty: &Type, depth: usize) -> Value {
        if depth > LIMIT {
            return Value::Null;
        }
        match self.example(ty) {
            Some(value) => value,
            None => self.made_up(ty, depth),
        }
    }

    /// A value for which the spec has no example, although there may be some for its parts.
    fn made_up(&mut self, ty: &Type, depth: usize) -> Value {
        let api = self.api.clone();
        match api.unalias(ty) {
            Type::Nullable(_) if depth >= DEPTH => Value::Null,
            Type::Nullable(inner) => self.below(inner, depth),
            Type::Void | Type::Alias(_) => Value::Null,
            Type::Boolean => self.rng.bool().into(),
            Type::Int(int) => self.integer(int),
            Type::Float(float) => self.float(float).into(),
            Type::String(string) => self.text(string).into(),
            Type::Bytes => "bW9jaw==".into(),
            Type::Timestamp(format) => timestamp(format).into(),
            Type::List(list) => self.list(list, depth),
            Type::Map(map) => self.map(map, depth),
            Type::Struct(id) => self.a_struct(*id, depth),
            Type::Union(id) => self.union(*id, depth),
        }
    }

    fn integer(&mut self, ty: &IntType) -> Value {
        let (lowest, highest) = match ty.kind {
            IntKind::Int32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
            IntKind::Int64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
            IntKind::UInt32 => (0, i128::from(u32::MAX)),
            IntKind::UInt64 => (0, i128::from(u64::MAX)),
        };
        let bound = |bound: &Option<BigInt>| bound.as_ref().and_then(|n| i128::try_from(n).ok());
        let low = bound(&ty.min).unwrap_or(lowest.max(0));
        let high = bound(&ty.max)
            .unwrap_or(highest)
            .min(low.saturating_add(1000));
        let low = low.min(high);
        let number = low + i128::from(self.rng.u64(0..=1000)) % (high - low + 1);
        match (u64::try_from(number), i64::try_from(number)) {
            (Ok(number), _) => number.into(),
            (_, Ok(number)) => number.into(),
            _ => 0.into(),
        }
    }

    fn float(&mut self, ty: &FloatType) -> f64 {
        match (ty.min, ty.max) {
            (Some(min), Some(max)) => min + (max - min) / 2.0,
            (Some(min), None) => min + 1.0,
            (None, Some(max)) => max - 1.0,
            (None, None) => f64::from(self.rng.u16(0..=1000)) / 8.0,
        }
    }

    fn list(&mut self, list: &ListType, depth: usize) -> Value {
        let bound = |bound: &Option<BigInt>| bound.as_ref().and_then(|n| usize::try_from(n).ok());
        let least = bound(&list.min_items).unwrap_or(0);
        let wanted = if depth >= DEPTH { 0 } else { 2 };
        let most = bound(&list.max_items).unwrap_or(usize::MAX);
        let count = wanted.min(most).max(least);
        (0..count)
            .map(|_| self.below(&list.item, depth + 1))
            .collect()
    }

    fn map(&mut self, map: &MapType, depth: usize) -> Value {
        if depth >= DEPTH {
            return Value::Object(Map::new());
        }
        let entry = (self.text(&map.key), self.below(&map.value, depth + 1));
        Value::Object([entry].into_iter().collect())
    }

    fn a_struct(&mut self, id: StructId, depth: usize) -> Value {
        let api = self.api.clone();
        let subtypes = api[id].subtypes.as_ref().map(|subtypes| &subtypes.tags);
        let Some((name, subtype)) = subtypes.and_then(|tags| tags.first()) else {
            return Value::Object(self.fields(id, depth));
        };
        let mut object = match self.example(&Type::Struct(*subtype)) {
            Some(Value::Object(object)) => object,
            _ => self.fields(*subtype, depth),
        };
        object.insert(".tag".to_owned(), name.as_str().into());
        Value::Object(object)
    }

    fn fields(&mut self, id: StructId, depth: usize) -> Map<String, Value> {
        let api = self.api.clone();
        let visible = |field: &&Field| field.annotations.omitted.is_none();
        let mut object = Map::new();
        for field in api.all_fields(id).filter(visible) {
            let value = match &field.default {
                Some(value) => default(value),
                None => self.below(&field.ty, depth + 1),
            };
            if field.required || !value.is_null() {
                object.insert(field.name.clone(), value);
            }
        }
        object
    }

    /// Prefers a tag without a payload, so that types that contain themselves come to an end.
    fn union(&mut self, id: UnionId, depth: usize) -> Value {
        let api = self.api.clone();
        let visible = |tag: &&Tag| tag.annotations.omitted.is_none();
        let tags: Vec<_> = api.all_tags(id).filter(visible).collect();
        let is_void = |chosen: &&&Tag| *api.unalias(&chosen.ty) == Type::Void;
        match tags.iter().find(is_void).or(tags.first()) {
            Some(chosen) => self.tagged(chosen, depth),
            None => tag("other"),
        }
    }

    /// A union's value with this tag.
    pub(super) fn tagged(&mut self, chosen: &Tag, depth: usize) -> Value {
        let api = self.api.clone();
        let mut object = Map::new();
        match api.strip(&chosen.ty).0 {
            Type::Void => {}
            Type::Struct(id) if api[*id].subtypes.is_none() => {
                if let Value::Object(fields) = self.below(&Type::Struct(*id), depth + 1) {
                    object = fields;
                }
            }
            inner => {
                object.insert(chosen.name.clone(), self.below(inner, depth + 1));
            }
        }
        object.insert(".tag".to_owned(), chosen.name.as_str().into());
        Value::Object(object)
    }
}

/// Half past nine on the fifteenth of January 2026, a Thursday.
fn timestamp(format: &str) -> String {
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(char) = chars.next() {
        if char != '%' {
            out.push(char);
            continue;
        }
        out.push_str(match chars.next() {
            Some('Y') => "2026",
            Some('y') => "26",
            Some('m') => "01",
            Some('I') => "09",
            Some('d') => "15",
            Some('H') => "09",
            Some('M') => "30",
            Some('S') => "00",
            Some('j') => "015",
            Some('f') => "000000",
            Some('b') => "Jan",
            Some('B') => "January",
            Some('a') => "Thu",
            Some('A') => "Thursday",
            Some('p') => "AM",
            Some('z') => "+0000",
            Some('Z') => "UTC",
            Some('%') => "%",
            _ => "",
        });
    }
    out
}

//! A JSON value held against a type and its constraints, as strictly as the service does it.
//!
//! In: a type of the IR and a value. Out: nothing, or the first place where they do not agree. Unknown fields and tags
//! are refused; so is what only callers with a permission see.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use num_bigint::BigInt;
use serde_json::{Map, Number, Value};
use stone_parser::fit::{Pattern, timestamp_fits};
use stone_parser::ir::{
    Api, Field, FloatKind, FloatType, IntKind, IntType, ListType, StringType, StructId, Type,
    UnionId,
};

/// Checks values against the types of a spec.
#[derive(Debug)]
pub struct Values {
    api: Arc<Api>,
    /// Patterns that were needed so far; nothing for those that cannot be matched.
    patterns: Mutex<HashMap<String, Option<Arc<Pattern>>>>,
}

/// Where a value does not fit its type, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The place, such as `entries[0].path`; empty for the value itself.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.problem),
            place => write!(f, "{place}: {}", self.problem),
        }
    }
}

impl std::error::Error for Misfit {}

type Fit = Result<(), Misfit>;

fn misfit(problem: impl Into<String>) -> Fit {
    Err(Misfit {
        place: String::new(),
        problem: problem.into(),
    })
}

impl Misfit {
    /// The same below a field.
    fn below(mut self, name: &str) -> Self {
        let dot = if self.place.is_empty() || self.place.starts_with('[') {
            ""
        } else {
            "."
        };
        self.place = format!("{name}{dot}{}", self.place);
        self
    }
}

/// Limits of `Float32`.
const FLOAT32: f64 = 3.40282e38;

impl Values {
    /// A checker for this spec.
    pub fn new(api: Arc<Api>) -> Self {
        Self {
            api,
            patterns: Mutex::default(),
        }
    }

    /// Holds a value against a type.
    pub fn check(&self, ty: &Type, value: &Value) -> Result<(), Misfit> {
        match self.api.unalias(ty) {
            Type::Nullable(_) if value.is_null() => Ok(()),
            Type::Nullable(inner) => self.check(inner, value),
            Type::Alias(_) => Ok(()),
            Type::Void => is(value.is_null(), "null", value),
            Type::Boolean => is(value.is_boolean(), "a boolean", value),
            Type::Int(int) => integer(int, value),
            Type::Float(float) => number(float, value),
            Type::String(string) => self.text(string, value),
            Type::Bytes => bytes(value),
            Type::Timestamp(format) => timestamp(format, value),
            Type::List(list) => self.list(list, value),
            Type::Map(map) => {
                let Value::Object(entries) = value else {
                    return wrong_kind("an object", value);
                };
                for (key, item) in entries {
                    self.string(&map.key, key).map_err(|e| e.below(key))?;
                    self.check(&map.value, item).map_err(|e| e.below(key))?;
                }
                Ok(())
            }
            Type::Struct(id) => self.a_struct(*id, value),
            Type::Union(id) => self.union(*id, value),
        }
    }

    fn list(&self, list: &ListType, value: &Value) -> Fit {
        let Value::Array(items) = value else {
            return wrong_kind("a list", value);
        };
        let (limits, count) = ((&list.min_items, &list.max_items), items.len());
        within(limits, &BigInt::from(count), || format!("{count} items"))?;
        for (index, item) in items.iter().enumerate() {
            self.check(&list.item, item)
                .map_err(|e| e.below(&format!("[{index}]")))?;
        }
        Ok(())
    }

    fn text(&self, ty: &StringType, value: &Value) -> Fit {
        match value {
            Value::String(text) => self.string(ty, text),
            other => wrong_kind("a string", other),
        }
    }

    fn string(&self, ty: &StringType, text: &str) -> Fit {
        let length = text.chars().count();
        let limits = (&ty.min_length, &ty.max_length);
        within(limits, &BigInt::from(length), || {
            format!("{length} characters")
        })?;
        let Some(source) = ty.pattern.as_deref().filter(|pattern| !pattern.is_empty()) else {
            return Ok(());
        };
        match self.pattern(source) {
            Some(pattern) if !pattern.fits(text) => {
                misfit(format!("{text:?} does not match the pattern {source:?}"))
            }
            _ => Ok(()),
        }
    }

    /// The pattern, compiled once.
    pub(crate) fn pattern(&self, source: &str) -> Option<Arc<Pattern>> {
        let mut patterns = self.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        let known = patterns
            .entry(source.to_owned())
            .or_insert_with(|| Pattern::new(source).map(Arc::new));
        known.clone()
    }

    /// A struct in a place of its own. A root of enumerated subtypes says which one it is.
    fn a_struct(&self, id: StructId, value: &Value) -> Fit {
        let Value::Object(object) = value else {
            return wrong_kind("an object", value);
        };
        let Some(subtypes) = &self.api[id].subtypes else {
            return self.fields(id, object);
        };
        let tag = tag_of(object)?;
        match subtypes.tags.iter().find(|(name, _)| name == tag) {
            Some((_, subtype)) => self.fields(*subtype, object),
            None => misfit(format!("there is no subtype {tag:?}")),
        }
    }

    /// The fields of a struct. The tag of a union that it is flattened into may stand beside them.
    fn fields(&self, id: StructId, object: &Map<String, Value>) -> Fit {
        let visible = |field: &&Field| field.annotations.omitted.is_none();
        let mut known = vec![".tag"];
        for field in self.api.all_fields(id).filter(visible) {
            known.push(&field.name);
            match object.get(&field.name) {
                Some(value) => self
                    .check(&field.ty, value)
                    .map_err(|e| e.below(&field.name))?,
                None if field.required => {
                    return misfit(format!("missing required field {:?}", field.name));
                }
                None => {}
            }
        }
        match object.keys().find(|key| !known.contains(&key.as_str())) {
            Some(unknown) => misfit(format!("unknown field {unknown:?}")),
            None => Ok(()),
        }
    }

    fn union(&self, id: UnionId, value: &Value) -> Fit {
        match value {
            Value::String(name) => match self.tag(id, name)? {
                ty if matches!(self.api.unalias(ty), Type::Void | Type::Nullable(_)) => Ok(()),
                _ => misfit(format!("the tag {name:?} needs a value")),
            },
            Value::Object(object) => {
                let name = tag_of(object)?;
                let ty = self.tag(id, name)?;
                self.payload(name, ty, object)
            }
            other => wrong_kind("an object with a \".tag\"", other),
        }
    }

    /// The type of a tag's payload. The catch-all and hidden tags are never sent.
    fn tag(&self, id: UnionId, name: &str) -> Result<&Type, Misfit> {
        let mut tags = self.api.all_tags(id);
        let found = tags.find(|tag| tag.name == name && tag.annotations.omitted.is_none());
        found.map(|tag| &tag.ty).ok_or_else(|| Misfit {
            place: String::new(),
            problem: format!("there is no tag {name:?}"),
        })
    }

    fn payload(&self, name: &str, ty: &Type, object: &Map<String, Value>) -> Fit {
        let (inner, nullable) = self.api.strip(ty);
        match inner {
            // Without anything beside its tag, it is null.
            Type::Struct(id) if self.api[*id].subtypes.is_none() => {
                let absent = nullable && object.keys().all(|key| key == ".tag");
                if absent {
                    return Ok(());
                }
                self.fields(*id, object)
            }
            _ => {
                let value = object.get(name).unwrap_or(&Value::Null);
                if let Some(extra) = object.keys().find(|key| *key != ".tag" && *key != name) {
                    return misfit(format!("unknown field {extra:?}"));
                }
                if value.is_null() && !nullable && *inner != Type::Void {
                    return misfit(format!("the tag {name:?} needs a value"));
                }
                self.check(ty, value).map_err(|e| e.below(name))
            }
        }
    }
}

fn tag_of(object: &Map<String, Value>) -> Result<&str, Misfit> {
    match object.get(".tag") {
        Some(Value::String(tag)) => Ok(tag),
        Some(_) => misfit("\".tag\" must be a string").map(|()| ""),
        None => misfit("missing \".tag\"").map(|()| ""),
    }
}

fn is(fits: bool, expected: &str, value: &Value) -> Fit {
    if fits {
        Ok(())
    } else {
        wrong_kind(expected, value)
    }
}

fn wrong_kind(expected: &str, value: &Value) -> Fit {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number that is not an integer",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    misfit(format!("expected {expected}, got {found}"))
}

/// Whether a count or a number lies within bounds, both inclusive.
fn within(
    (min, max): (&Option<BigInt>, &Option<BigInt>),
    actual: &BigInt,
    shown: impl Fn() -> String,
) -> Fit {
    match (min, max) {
        (Some(min), _) if actual < min => misfit(format!("{} is less than {min}", shown())),
        (_, Some(max)) if actual > max => misfit(format!("{} is more than {max}", shown())),
        _ => Ok(()),
    }
}

fn integer(ty: &IntType, value: &Value) -> Fit {
    let Some(actual) = value.as_number().and_then(exact) else {
        return wrong_kind("an integer", value);
    };
    let (low, high) = match ty.kind {
        IntKind::Int32 => (BigInt::from(i32::MIN), BigInt::from(i32::MAX)),
        IntKind::Int64 => (BigInt::from(i64::MIN), BigInt::from(i64::MAX)),
        IntKind::UInt32 => (BigInt::ZERO, BigInt::from(u32::MAX)),
        IntKind::UInt64 => (BigInt::ZERO, BigInt::from(u64::MAX)),
    };
    within((&Some(low), &Some(high)), &actual, || actual.to_string())?;
    within((&ty.min, &ty.max), &actual, || actual.to_string())
}

/// The number if it is written as an integer.
fn exact(number: &Number) -> Option<BigInt> {
    let unsigned = number.as_u64().map(BigInt::from);
    unsigned.or_else(|| number.as_i64().map(BigInt::from))
}

fn number(ty: &FloatType, value: &Value) -> Fit {
    let Some(actual) = value.as_f64() else {
        return wrong_kind("a number", value);
    };
    if ty.kind == FloatKind::Float32 && actual.abs() > FLOAT32 {
        return misfit(format!("{actual} is too large for a Float32"));
    }
    match (ty.min, ty.max) {
        (Some(min), _) if actual < min => misfit(format!("{actual} is less than {min}")),
        (_, Some(max)) if actual > max => misfit(format!("{actual} is more than {max}")),
        _ => Ok(()),
    }
}

fn bytes(value: &Value) -> Fit {
    match value {
        Value::String(text) if BASE64_STANDARD.decode(text).is_ok() => Ok(()),
        Value::String(_) => misfit("the string is not base64 with padding"),
        other => wrong_kind("a string", other),
    }
}

fn timestamp(format: &str, value: &Value) -> Fit {
    match value {
        Value::String(text) if timestamp_fits(format, text) => Ok(()),
        Value::String(text) => misfit(format!("{text:?} is no time in the format {format:?}")),
        other => wrong_kind("a string", other),
    }
}

//! Literals: does a value fit a primitive type?
//!
//! In: a type without aliases and `?` on its outside, and a literal. Out: nothing, or what is wrong with it. Defaults,
//! attributes, arguments of annotations and examples all ask here.

use num_bigint::BigInt;

use crate::ast::{Literal, LiteralValue};
use crate::ir::{FloatKind, FloatType, IntKind, IntType, StringType, Type};

use super::patterns::Patterns;
use super::timestamp;

/// The largest magnitude of a Float32.
pub(super) const FLOAT32_MAX: f64 = 3.40282e38;

/// Why a literal does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// What is wrong, such as `` `7` is not a string ``.
    pub(super) message: String,
    /// What would fit.
    pub(super) help: String,
}

type Fit = Result<(), Mismatch>;

/// Checks a literal against a primitive type with its bounds. Nothing fits a type that is not primitive.
pub(super) fn check(patterns: &Patterns, ty: &Type, literal: &Literal) -> Fit {
    use LiteralValue::{Bool, Float, Int, String};
    match (ty, &literal.value) {
        (Type::Boolean, Bool(_)) | (Type::Bytes, String(_)) => Ok(()),
        (Type::Int(ty), Int(value)) => integer(ty, value, literal),
        (Type::Float(ty), Int(value)) => float(ty, to_f64(value), literal),
        (Type::Float(ty), Float(value)) => float(ty, *value, literal),
        (Type::String(ty), String(text)) => string(patterns, ty, text),
        (Type::Timestamp(format), String(text)) => timestamp(format, text),
        _ => Err(kind(ty, literal)),
    }
}

/// The nearest float; infinite if there is none.
pub(super) fn to_f64(value: &BigInt) -> f64 {
    // Integers of a million digits are not worth printing.
    match value.bits() <= u64::from(f64::MAX_EXP.unsigned_abs()) {
        true => value.to_string().parse().unwrap_or(f64::INFINITY),
        false => f64::INFINITY,
    }
}

/// The smallest and the largest value of an integer type.
pub(super) fn int_range(kind: IntKind) -> (BigInt, BigInt) {
    let (min, max): (i128, i128) = match kind {
        IntKind::Int32 => (i32::MIN.into(), i32::MAX.into()),
        IntKind::Int64 => (i64::MIN.into(), i64::MAX.into()),
        IntKind::UInt32 => (0, u32::MAX.into()),
        IntKind::UInt64 => (0, u64::MAX.into()),
    };
    (min.into(), max.into())
}

/// The literal as messages quote it: long ones are cut.
pub(super) fn show(literal: &Literal) -> String {
    match &literal.value {
        LiteralValue::Null => "`null`".to_owned(),
        LiteralValue::Bool(value) => format!("`{value}`"),
        LiteralValue::Int(value) if value.bits() > 128 => "the integer".to_owned(),
        LiteralValue::Int(value) => format!("`{value}`"),
        LiteralValue::Float(value) => format!("`{value:?}`"),
        LiteralValue::String(text) => quote(text),
    }
}

fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("`{:?}…`", &text[..cut]),
        None => format!("`{text:?}`"),
    }
}

fn misfit(message: String, help: String) -> Fit {
    Err(Mismatch { message, help })
}

fn kind(ty: &Type, literal: &Literal) -> Mismatch {
    let (what, help) = match ty {
        Type::Boolean => ("a boolean", "write `true` or `false`"),
        Type::Bytes => ("bytes", "write a string in double quotes"),
        Type::Int(_) => ("an integer", "write digits only, without quotes"),
        Type::Float(_) => ("a number", "write it without quotes, such as `1.5`"),
        Type::String(_) => ("a string", "write it in double quotes"),
        Type::Timestamp(_) => ("a timestamp", "write a string in the format of the type"),
        _ => ("possible here", "only primitive types have literal values"),
    };
    Mismatch {
        message: format!("{} is not {what}", show(literal)),
        help: help.to_owned(),
    }
}

fn integer(ty: &IntType, value: &BigInt, literal: &Literal) -> Fit {
    let text = show(literal);
    let (least, most) = int_range(ty.kind);
    if *value < least || *value > most {
        return misfit(
            format!("{text} is outside the range of {:?}", ty.kind),
            format!("choose a value from {least} to {most}, or a wider type"),
        );
    }
    if let Some(min) = ty.min.as_ref().filter(|min| value < *min) {
        return misfit(
            format!("{text} is below the minimum {min}"),
            format!("choose a value of at least {min}"),
        );
    }
    if let Some(max) = ty.max.as_ref().filter(|max| value > *max) {
        return misfit(
            format!("{text} is above the maximum {max}"),
            format!("choose a value of at most {max}"),
        );
    }
    Ok(())
}

fn float(ty: &FloatType, value: f64, literal: &Literal) -> Fit {
    let text = show(literal);
    if value.is_infinite() || (ty.kind == FloatKind::Float32 && value.abs() > FLOAT32_MAX) {
        return misfit(
            format!("{text} is outside the range of {:?}", ty.kind),
            "choose a value that the type can hold".to_owned(),
        );
    }
    if let Some(min) = ty.min.filter(|min| value < *min) {
        return misfit(
            format!("{text} is below the minimum {min:?}"),
            format!("choose a value of at least {min:?}"),
        );
    }
    if let Some(max) = ty.max.filter(|max| value > *max) {
        return misfit(
            format!("{text} is above the maximum {max:?}"),
            format!("choose a value of at most {max:?}"),
        );
    }
    Ok(())
}

fn string(patterns: &Patterns, ty: &StringType, text: &str) -> Fit {
    let length = BigInt::from(text.chars().count());
    let shown = quote(text);
    if let Some(max) = ty.max_length.as_ref().filter(|max| length > **max) {
        return misfit(
            format!("{shown} has {length} characters, more than {max}"),
            format!("shorten it to {max} characters"),
        );
    }
    if let Some(min) = ty.min_length.as_ref().filter(|min| length < **min) {
        return misfit(
            format!("{shown} has {length} characters, fewer than {min}"),
            format!("lengthen it to {min} characters"),
        );
    }
    if let Some(pattern) = ty
        .pattern
        .as_deref()
        .filter(|pattern| !patterns.matches(pattern, text))
    {
        return misfit(
            format!("{shown} does not match the pattern of its type"),
            format!("its beginning has to match the regular expression `{pattern}`"),
        );
    }
    Ok(())
}

fn timestamp(format: &str, text: &str) -> Fit {
    if timestamp::matches(format, text) {
        return Ok(());
    }
    misfit(
        format!("{} does not fit the timestamp format", quote(text)),
        format!("write it in the `strptime` format `{format}`"),
    )
}

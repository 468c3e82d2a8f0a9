//! Built-in types with their constraints.
//!
//! In: a reference to a built-in type. Out: the type, its bounds checked for kind, range and order; bounds with errors
//! are left out.

use num_bigint::BigInt;

use crate::ast::{Arg, TypeRef};
use crate::diagnostic::Code;
use crate::ir::{
    FloatKind, FloatType, IntKind, IntType, ListType, MapType, NamespaceId, StringType, Type,
};

use super::arguments::{self, Arguments};
use super::builtin::Builtin;
use super::{Context, literals, types, unknown};

/// The built-in type that a reference means.
pub(super) fn resolve(
    cx: &mut Context<'_>,
    at: NamespaceId,
    written: &TypeRef,
    builtin: Builtin,
) -> Type {
    let Some(args) = arguments::bind(cx, written, &builtin.signature()) else {
        return unknown();
    };
    match builtin {
        Builtin::Boolean => Type::Boolean,
        Builtin::Bytes => Type::Bytes,
        Builtin::Void => Type::Void,
        Builtin::Int(kind) => Type::Int(integer(cx, &args, kind)),
        Builtin::Float(kind) => Type::Float(float(cx, &args, kind)),
        Builtin::String => Type::String(string(cx, &args)),
        Builtin::Timestamp => args
            .string(cx, "fmt")
            .map_or_else(unknown, |format| Type::Timestamp(format.to_owned())),
        Builtin::List => list(cx, at, &args),
        Builtin::Map => map(cx, at, &args),
    }
}

fn integer(cx: &mut Context<'_>, args: &Arguments<'_>, kind: IntKind) -> IntType {
    let (least, most) = literals::int_range(kind);
    let why = format!("{kind:?} holds {least} to {most}");
    let mut bound = |name| {
        let value = args.integer(cx, name)?;
        let fits = (&least..=&most).contains(&&value);
        if !fits {
            args.out_of_range(cx, name, &why);
        }
        Some(value).filter(|_| fits)
    };
    let (min, max) = (bound("min_value"), bound("max_value"));
    check_order(cx, args, "min_value", &min, "max_value", &max);
    IntType { kind, min, max }
}

fn float(cx: &mut Context<'_>, args: &Arguments<'_>, kind: FloatKind) -> FloatType {
    let most = match kind {
        FloatKind::Float32 => literals::FLOAT32_MAX,
        FloatKind::Float64 => f64::INFINITY,
    };
    let mut bound = |name| {
        let value = args.float(cx, name)?;
        let fits = value.abs() <= most;
        if !fits {
            args.out_of_range(cx, name, &format!("{kind:?} holds -{most:e} to {most:e}"));
        }
        // An infinite bound bounds nothing.
        Some(value).filter(|_| fits && value.is_finite())
    };
    let (min, max) = (bound("min_value"), bound("max_value"));
    check_order(cx, args, "min_value", &min, "max_value", &max);
    FloatType { kind, min, max }
}

fn string(cx: &mut Context<'_>, args: &Arguments<'_>) -> StringType {
    let (min_length, max_length) = sizes(cx, args, "min_length", "max_length");
    let pattern = args.string(cx, "pattern").map(str::to_owned);
    let problem = pattern
        .as_deref()
        .and_then(|pattern| cx.patterns.problem(pattern));
    if let Some(problem) = &problem {
        let message = format!("the pattern is not a regular expression: {problem}");
        args.report(
            cx,
            Code::BadPattern,
            "pattern",
            message,
            "write it in the dialect of Python's `re`",
        );
    }
    StringType {
        min_length,
        max_length,
        pattern: pattern.filter(|_| problem.is_none()),
    }
}

fn list(cx: &mut Context<'_>, at: NamespaceId, args: &Arguments<'_>) -> Type {
    let item = item(cx, at, args, "data_type");
    let (min_items, max_items) = sizes(cx, args, "min_items", "max_items");
    Type::List(Box::new(ListType {
        item,
        min_items,
        max_items,
    }))
}

fn map(cx: &mut Context<'_>, at: NamespaceId, args: &Arguments<'_>) -> Type {
    let key = key(cx, at, args);
    let value = item(cx, at, args, "value_data_type");
    Type::Map(Box::new(MapType { key, value }))
}

fn item(cx: &mut Context<'_>, at: NamespaceId, args: &Arguments<'_>, name: &str) -> Type {
    args.ty(cx, name)
        .map_or_else(unknown, |written| types::resolve_value(cx, at, written))
}

/// The type of the keys, which has to be written out as `String`.
fn key(cx: &mut Context<'_>, at: NamespaceId, args: &Arguments<'_>) -> StringType {
    let name = "key_data_type";
    match args.get(name) {
        Some(Arg::Type(written))
            if Builtin::named(&written.path.name.text) == Some(Builtin::String) =>
        {
            match types::resolve(cx, at, written) {
                Type::String(key) => return key,
                ty if super::is_unknown(&ty) => return StringType::default(),
                _ => {}
            }
        }
        _ => {}
    }
    args.report(
        cx,
        Code::MapKeyType,
        name,
        "the keys of a `Map` are not strings".to_owned(),
        "write `String` or `String(…)`",
    );
    StringType::default()
}

/// Bounds of a length: the lower from 0, the upper from 1.
fn sizes(
    cx: &mut Context<'_>,
    args: &Arguments<'_>,
    lower: &str,
    upper: &str,
) -> (Option<BigInt>, Option<BigInt>) {
    let mut bound = |name, least: u8| {
        let value = args.integer(cx, name)?;
        let fits = value >= BigInt::from(least);
        if !fits {
            args.out_of_range(cx, name, &format!("the least is {least}"));
        }
        Some(value).filter(|_| fits)
    };
    let (min, max) = (bound(lower, 0), bound(upper, 1));
    check_order(cx, args, lower, &min, upper, &max);
    (min, max)
}

fn check_order<T: PartialOrd>(
    cx: &mut Context<'_>,
    args: &Arguments<'_>,
    lower: &str,
    min: &Option<T>,
    upper: &str,
    max: &Option<T>,
) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        args.crossed(cx, lower, upper);
    }
}

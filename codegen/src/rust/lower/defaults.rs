//! Defaults of fields.
//!
//! In: values of the IR. Out: constants to start from, entries for the table of defaults, and values of new structs
//! where no constant can hold them.

use proc_macro2::TokenStream;
use quote::quote;
use stone_parser::ast::LiteralValue;
use stone_parser::diagnostic::Code;
use stone_parser::ir::{Field, IntKind, Type, UnionId, Value};

use super::Lower;
use crate::rust::markdown::code;
use crate::rust::names;

/// A field's value before anybody sets it.
pub struct Start {
    /// Constant that decoding starts from.
    pub blank: String,
    /// Entry of the table of defaults.
    pub default: Option<String>,
    /// Value of a new struct, where it is not `blank`.
    pub initial: Option<TokenStream>,
}

impl Start {
    fn constant(blank: impl Into<String>, default: String) -> Option<Self> {
        Some(Self {
            blank: blank.into(),
            default: Some(default),
            initial: None,
        })
    }
}

impl Lower<'_> {
    /// Where a field starts.
    pub fn start(&mut self, field: &Field) -> Start {
        let ty = self.cx.api.unalias(&field.ty);
        let none = Start {
            blank: blank(ty).into(),
            default: None,
            initial: None,
        };
        let Some(value) = &field.default else {
            return none;
        };
        let start = match (value, ty) {
            (Value::Tag { union, tag }, _) => self.tag_start(*union, tag),
            (Value::Literal(literal), _) => literal_start(literal, ty),
        };
        start.unwrap_or_else(|| {
            let message = format!("the SDK cannot give `{}` this default", field.name);
            self.report(
                Code::Default,
                field.span,
                message,
                "make the field nullable instead",
            );
            none
        })
    }

    /// A void tag. One that is not generated is unknown to the SDK.
    fn tag_start(&self, union: UnionId, tag: &str) -> Option<Start> {
        let api = self.cx.api;
        let ty = self.codec_path(api[union].namespace, self.cx.names.union(union));
        let known = names::tags(api, union)
            .into_iter()
            .find(|known| known.tag.name == tag);
        let blank = match known {
            Some(known) => format!("{ty}::{}", known.name),
            None if !api[union].closed => format!("{ty}::Other(w::Unknown::BLANK)"),
            None => return None,
        };
        Start::constant(blank, format!("w::DefaultValue::Tag({tag:?})"))
    }

    /// A default for people.
    pub fn default_note(&self, field: &Field) -> Option<String> {
        let text = match field.default.as_ref()? {
            Value::Literal(LiteralValue::Bool(value)) => value.to_string(),
            Value::Literal(LiteralValue::Int(value)) => value.to_string(),
            Value::Literal(LiteralValue::Float(value)) => value.to_string(),
            Value::Literal(LiteralValue::String(value)) => format!("{value:?}"),
            Value::Literal(LiteralValue::Null) => return None,
            Value::Tag { tag, .. } => tag.clone(),
        };
        Some(format!("Default: {}.", code(&text)))
    }
}

/// The constant of a type from which decoding starts. Common ones are spelled out, which spares the compiler a look-up.
fn blank(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "false",
        Type::Int(_) => "0",
        Type::Float(_) => "0.0",
        Type::String(_) => "::std::string::String::new()",
        Type::List(_) => "::std::vec::Vec::new()",
        Type::Nullable(_) => "None",
        _ => "w::Blank::BLANK",
    }
}

fn literal_start(literal: &LiteralValue, ty: &Type) -> Option<Start> {
    match (literal, ty) {
        (LiteralValue::Bool(value), Type::Boolean) => {
            Start::constant(value.to_string(), format!("w::DefaultValue::Bool({value})"))
        }
        (LiteralValue::Int(value), Type::Int(int)) => {
            let variant = match int.kind {
                IntKind::Int32 | IntKind::Int64 => "Int",
                IntKind::UInt32 | IntKind::UInt64 => "Uint",
            };
            Start::constant(
                value.to_string(),
                format!("w::DefaultValue::{variant}({value})"),
            )
        }
        (LiteralValue::Int(value), Type::Float(_)) => float_start(value.to_string().parse().ok()?),
        (LiteralValue::Float(value), Type::Float(_)) => float_start(*value),
        (LiteralValue::String(value), Type::String(_)) => Some(Start {
            blank: blank(ty).into(),
            default: Some(format!("w::DefaultValue::Str({value:?})")),
            initial: (!value.is_empty()).then(|| quote!(::std::string::String::from(#value))),
        }),
        _ => None,
    }
}

fn float_start(value: f64) -> Option<Start> {
    let text = value.is_finite().then(|| format!("{value:?}"))?;
    Start::constant(text.clone(), format!("w::DefaultValue::Float({text})"))
}

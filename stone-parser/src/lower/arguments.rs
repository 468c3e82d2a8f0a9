//! Arguments of built-in types: which value is meant for which argument.
//!
//! In: what stands in the parentheses and the signature of the type. Out: [`Arguments`], read by name.

use num_bigint::BigInt;

use crate::ast::{Arg, KeywordArg, Literal, LiteralValue, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::builtin::Signature;
use super::{Context, literals};

/// The arguments of a type reference by name.
pub(super) struct Arguments<'w> {
    values: Vec<(&'static str, &'w Arg)>,
    /// Where errors are reported: the name of the type.
    place: Span,
}

/// Gives each argument its name. After an error that leaves a required argument open there is nothing.
pub(super) fn bind<'w>(
    cx: &mut Context<'_>,
    written: &'w TypeRef,
    signature: &Signature,
) -> Option<Arguments<'w>> {
    let place = written.path.span();
    let (positional, keyword): (&[_], &[_]) = match &written.args {
        Some(args) => (&args.positional, &args.keyword),
        None => (&[], &[]),
    };
    if let Some(surplus) = positional.get(signature.positional.len()) {
        let diagnostic = surplus_argument(cx, written, signature, surplus.span());
        cx.error(diagnostic);
    }
    let mut values: Vec<_> = signature
        .positional
        .iter()
        .copied()
        .zip(positional)
        .collect();
    let complete = values.len() == signature.positional.len();
    let repeats = keyword
        .iter()
        .any(|arg| signature.positional.contains(&arg.name.text.as_str()));
    if !complete && !repeats {
        cx.error(missing_argument(written, signature));
    }
    for arg in keyword {
        match signature
            .keyword
            .iter()
            .find(|name| **name == arg.name.text)
        {
            Some(name) => values.push((*name, &arg.value)),
            None => {
                let diagnostic = unknown_argument(cx, written, signature, arg);
                cx.error(diagnostic);
            }
        }
    }
    complete.then_some(Arguments { values, place })
}

impl<'w> Arguments<'w> {
    /// The value of an argument, if it is given.
    pub(super) fn get(&self, name: &str) -> Option<&'w Arg> {
        self.values
            .iter()
            .find(|(bound, _)| *bound == name)
            .map(|(_, arg)| *arg)
    }

    /// The value of an integer argument.
    pub(super) fn integer(&self, cx: &mut Context<'_>, name: &str) -> Option<BigInt> {
        match self.get(name)? {
            Arg::Literal(Literal {
                value: LiteralValue::Int(value),
                ..
            }) => Some(value.clone()),
            other => self.wrong_kind(cx, name, other, "an integer"),
        }
    }

    /// The value of a float argument, for which integers will do.
    pub(super) fn float(&self, cx: &mut Context<'_>, name: &str) -> Option<f64> {
        match self.get(name)? {
            Arg::Literal(Literal {
                value: LiteralValue::Float(value),
                ..
            }) => Some(*value),
            Arg::Literal(Literal {
                value: LiteralValue::Int(value),
                ..
            }) => {
                let float = literals::to_f64(value);
                if float.is_infinite() {
                    self.out_of_range(cx, name, "no float is that large");
                }
                Some(float).filter(|float| float.is_finite())
            }
            other => self.wrong_kind(cx, name, other, "a number"),
        }
    }

    /// The value of a string argument.
    pub(super) fn string(&self, cx: &mut Context<'_>, name: &str) -> Option<&'w str> {
        match self.get(name)? {
            Arg::Literal(Literal {
                value: LiteralValue::String(value),
                ..
            }) => Some(value),
            other => self.wrong_kind(cx, name, other, "a string"),
        }
    }

    /// The value of a type argument.
    pub(super) fn ty(&self, cx: &mut Context<'_>, name: &str) -> Option<&'w TypeRef> {
        match self.get(name)? {
            Arg::Type(ty) => Some(ty),
            other => self.wrong_kind(cx, name, other, "a type"),
        }
    }

    /// Reports an argument that the type cannot have.
    pub(super) fn report(
        &self,
        cx: &mut Context<'_>,
        code: Code,
        name: &str,
        message: String,
        help: &str,
    ) {
        let token = self.get(name).map_or(self.place, Arg::span);
        let diagnostic = cx.error_at(code, self.place, token, message);
        cx.error(diagnostic.help(help));
    }

    /// Reports a bound outside the range of its type.
    pub(super) fn out_of_range(&self, cx: &mut Context<'_>, name: &str, why: &str) {
        self.report(
            cx,
            Code::BoundRange,
            name,
            format!("`{name}` is out of range: {why}"),
            "choose a bound within the type",
        );
    }

    /// Reports a lower bound above the upper one.
    pub(super) fn crossed(&self, cx: &mut Context<'_>, lower: &str, upper: &str) {
        let message = format!("`{lower}` is above `{upper}`");
        let token = self.get(lower).map_or(self.place, Arg::span);
        let diagnostic = cx.error_at(Code::BoundsCrossed, self.place, token, message);
        let diagnostic = match self.get(upper) {
            Some(upper) => diagnostic.also(upper.span(), "the upper bound"),
            None => diagnostic,
        };
        cx.error(diagnostic.help("no value fits both; exchange or change them"));
    }

    fn wrong_kind<T>(
        &self,
        cx: &mut Context<'_>,
        name: &str,
        arg: &Arg,
        wanted: &str,
    ) -> Option<T> {
        let given = match arg {
            Arg::Literal(literal) => literals::show(literal),
            Arg::Type(ty) => format!("`{}`", ty.path.name.text),
        };
        let message = format!("argument `{name}` is {given}, not {wanted}");
        self.report(
            cx,
            Code::ArgumentKind,
            name,
            message,
            "give it a value of the right kind",
        );
        None
    }
}

fn surplus_argument(
    cx: &Context<'_>,
    written: &TypeRef,
    signature: &Signature,
    surplus: Span,
) -> Diagnostic {
    let message = format!(
        "`{}` gets too many positional arguments",
        written.path.name.text
    );
    cx.error_at(Code::SurplusArgument, written.path.span(), surplus, message)
        .help(takes(signature))
}

fn missing_argument(written: &TypeRef, signature: &Signature) -> Diagnostic {
    let message = format!("`{}` lacks an argument", written.path.name.text);
    Diagnostic::error(Code::MissingArgument, written.path.span(), message)
        .label("an argument is missing")
        .help(takes(signature))
}

fn unknown_argument(
    cx: &Context<'_>,
    written: &TypeRef,
    signature: &Signature,
    arg: &KeywordArg,
) -> Diagnostic {
    let (ty, name) = (&written.path.name.text, &arg.name.text);
    let positional = signature.positional.contains(&name.as_str());
    let (code, message) = match positional {
        true => (
            Code::PositionalByKeyword,
            format!("`{name}` of `{ty}` is given by keyword"),
        ),
        false => (
            Code::UnknownArgument,
            format!("`{ty}` has no argument `{name}`"),
        ),
    };
    let near = cx.similar(name, signature.keyword.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => takes(signature),
    };
    cx.error_at(code, written.path.span(), arg.name.span, message)
        .help(help)
}

/// What a type takes, for help.
fn takes(signature: &Signature) -> String {
    let list = |names: &[&str]| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (signature.positional, signature.keyword) {
        ([], []) => "it takes no arguments".to_owned(),
        ([], keyword) => format!("it takes {} by keyword", list(keyword)),
        (positional, []) => format!("it takes {} by position", list(positional)),
        (positional, keyword) => format!(
            "it takes {} by position and {} by keyword",
            list(positional),
            list(keyword)
        ),
    }
}

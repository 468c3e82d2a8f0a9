//! Annotations: definitions with their arguments.
//!
//! In: the definitions of annotations, of all namespaces before anything uses them. Out: their meaning in the IR.

use indexmap::IndexMap;

use crate::ast::{self, Arg, Args, KeywordArg, Literal, LiteralValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    AnnotationId, AnnotationKind, AnnotationTypeId, NamespaceId, Param, RedactorKind, Value,
};

use super::lookup::Wanted;
use super::scope::Symbol;
use super::{Context, Definitions, is_unknown, literals, lookup};

/// Annotation types that exist without being defined.
pub(super) const BUILT_IN: [&str; 5] = [
    "Deprecated",
    "Omitted",
    "Preview",
    "RedactedBlot",
    "RedactedHash",
];

/// Resolves all annotations; those with errors are noted as broken, so that their uses keep silent.
pub(super) fn lower(cx: &mut Context<'_>, definitions: &Definitions<'_>) {
    for (index, ast) in definitions.annotations.iter().enumerate() {
        let id = AnnotationId(index as u32);
        match kind(cx, id, ast) {
            Some(kind) => cx.api.annotations[index].kind = kind,
            None => drop(cx.broken_annotations.insert(id)),
        }
    }
}

fn kind(cx: &mut Context<'_>, id: AnnotationId, ast: &ast::Annotation) -> Option<AnnotationKind> {
    let at = cx.api[id].namespace;
    let name = ast.ty.name.text.as_str();
    let built_in = ast.ty.namespace.is_none() && BUILT_IN.contains(&name);
    let custom = match built_in {
        true => None,
        false => Some(custom_type(cx, at, ast)?),
    };
    if let Some(Args {
        positional,
        keyword,
        ..
    }) = &ast.args
        && let ([first, ..], [second, ..]) = (positional.as_slice(), keyword.as_slice())
    {
        cx.error(mixed(ast, first, second));
        return None;
    }
    let mut call = Call {
        cx,
        ast,
        complete: true,
    };
    let kind = match custom {
        Some(ty) => AnnotationKind::Custom(ty, call.custom(ty)),
        None => call.built_in(name),
    };
    call.complete.then_some(kind)
}

fn custom_type(
    cx: &mut Context<'_>,
    at: NamespaceId,
    ast: &ast::Annotation,
) -> Option<AnnotationTypeId> {
    let found = lookup::path(cx, at, &ast.ty, Wanted::AnnotationType)?;
    if let Symbol::AnnotationType(id) = found.symbol {
        return Some(id);
    }
    let message = format!(
        "`{}` is {}, not an annotation type",
        ast.ty.name.text,
        found.symbol.describe()
    );
    cx.error(
        Diagnostic::error(Code::NotAnAnnotationType, ast.ty.span(), message)
            .also(found.span, "defined here")
            .help(format!(
                "name an `annotation_type`, or one of {}",
                BUILT_IN.join(", ")
            )),
    );
    None
}

fn mixed(ast: &ast::Annotation, first: &Arg, second: &KeywordArg) -> Diagnostic {
    Diagnostic::error(
        Code::MixedArguments,
        ast.name.span,
        "positional and keyword arguments are mixed",
    )
    .also(first.span(), "by position")
    .also(second.name.span, "by keyword")
    .help("give all arguments one way or the other")
}

/// The arguments of one annotation on their way to parameters.
struct Call<'c, 'a, 'w> {
    cx: &'c mut Context<'a>,
    ast: &'w ast::Annotation,
    /// Whether there was no error.
    complete: bool,
}

impl<'w> Call<'_, '_, 'w> {
    fn built_in(&mut self, name: &str) -> AnnotationKind {
        let (params, required): (&[_], _) = match name {
            "Omitted" => (&["omitted_caller"], 1),
            "RedactedBlot" | "RedactedHash" => (&["regex"], 0),
            _ => (&[], 0),
        };
        let argument = self.bind(params).into_iter().next().flatten();
        if argument.is_none() && required > 0 {
            self.missing(params[0]);
        }
        let text = argument.and_then(|argument| self.text(argument));
        match name {
            "Deprecated" => AnnotationKind::Deprecated,
            "Preview" => AnnotationKind::Preview,
            "Omitted" => AnnotationKind::Omitted(text.unwrap_or_default()),
            "RedactedBlot" => AnnotationKind::Redactor(RedactorKind::Blot, self.regex(text)),
            _ => AnnotationKind::Redactor(RedactorKind::Hash, self.regex(text)),
        }
    }

    fn custom(&mut self, ty: AnnotationTypeId) -> IndexMap<String, Value> {
        let params = self.cx.api[ty].params.clone();
        let names: Vec<_> = params.iter().map(|param| param.name.as_str()).collect();
        let arguments = self.bind(&names);
        let values = params
            .iter()
            .zip(arguments)
            .map(|(param, arg)| (param.name.clone(), self.value(param, arg)));
        values.collect()
    }

    /// The argument of each parameter.
    fn bind(&mut self, params: &[&str]) -> Vec<Option<&'w Arg>> {
        let mut bound = vec![None; params.len()];
        let Some(args) = &self.ast.args else {
            return bound;
        };
        for (place, arg) in bound.iter_mut().zip(&args.positional) {
            *place = Some(arg);
        }
        if let Some(surplus) = args.positional.get(params.len()) {
            let name = &self.ast.ty.name.text;
            let message = match params.len() {
                0 => format!("`{name}` takes no arguments"),
                count => format!("`{name}` takes no more than {count} positional arguments"),
            };
            self.refuse(Code::ArgumentCount, message, surplus, "remove the surplus");
        }
        for KeywordArg { name, value } in &args.keyword {
            match params.iter().position(|param| *param == name.text) {
                Some(index) => bound[index] = Some(value),
                None => {
                    let message = format!(
                        "`{}` has no parameter `{}`",
                        self.ast.ty.name.text, name.text
                    );
                    let help = self.cx.choose(
                        &name.text,
                        params.iter().copied(),
                        "it has",
                        "it has no parameters",
                    );
                    let place = self.ast.name.span;
                    let diagnostic =
                        self.cx
                            .error_at(Code::UnknownParameter, place, name.span, message);
                    self.report(diagnostic.help(help));
                }
            }
        }
        bound
    }

    /// The value of a parameter: the argument, else the default, else null.
    fn value(&mut self, param: &Param, argument: Option<&'w Arg>) -> Value {
        match (argument, &param.default) {
            (Some(argument), _) => self.argument(param, argument),
            (None, Some(default)) => default.clone(),
            (None, None) => {
                if param.required {
                    self.missing(&param.name);
                }
                Value::Literal(LiteralValue::Null)
            }
        }
    }

    fn argument(&mut self, param: &Param, argument: &'w Arg) -> Value {
        let Arg::Literal(literal) = argument else {
            let message = format!("parameter `{}` gets a type", param.name);
            self.refuse(Code::BadArgument, message, argument, "write a literal");
            return Value::Literal(LiteralValue::Null);
        };
        let (ty, nullable) = self.cx.strip(&param.ty);
        let fit = match nullable && literal.value == LiteralValue::Null || is_unknown(&param.ty) {
            true => Ok(()),
            false => literals::check(&self.cx.patterns, ty, literal),
        };
        if let Err(mismatch) = fit {
            let message = format!("parameter `{}`: {}", param.name, mismatch.message);
            self.refuse(Code::BadArgument, message, argument, &mismatch.help);
        }
        Value::Literal(literal.value.clone())
    }

    /// The text of a built-in annotation's argument.
    fn text(&mut self, argument: &'w Arg) -> Option<String> {
        if let Arg::Literal(Literal {
            value: LiteralValue::String(text),
            ..
        }) = argument
        {
            return Some(text.clone());
        }
        self.refuse(
            Code::BadArgument,
            "the argument is not a string".to_owned(),
            argument,
            "write it in double quotes",
        );
        None
    }

    fn regex(&mut self, regex: Option<String>) -> Option<String> {
        if let Some(problem) = regex
            .as_deref()
            .and_then(|regex| self.cx.patterns.problem(regex))
        {
            self.report(
                Diagnostic::error(
                    Code::BadArgument,
                    self.ast.name.span,
                    format!("the argument is not a regular expression: {problem}"),
                )
                .help("write it in the dialect of Python's `re`"),
            );
        }
        regex
    }

    fn missing(&mut self, param: &str) {
        let message = format!("`{}` needs a value for `{param}`", self.ast.ty.name.text);
        self.report(
            Diagnostic::error(Code::ParameterMissing, self.ast.name.span, message)
                .help(format!("add `{param}=…` in the parentheses")),
        );
    }

    fn refuse(&mut self, code: Code, message: String, argument: &Arg, help: &str) {
        let place = self.ast.name.span;
        let diagnostic = self.cx.error_at(code, place, argument.span(), message);
        self.report(diagnostic.help(help));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.complete = false;
        self.cx.error(diagnostic);
    }
}

//! Types and arguments.
//!
//! In: pairs of these rules. Out: their AST nodes, and diagnostics for arguments out of order or given twice.

use pest::iterators::Pair;

use super::{Parser, Parts, order};
use crate::ast::{Arg, Args, KeywordArg, Path, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::source::Span;

impl<'s> Parser<'s> {
    pub(super) fn path(&mut self, pair: Pair<'s, Rule>) -> Option<Path> {
        let mut parts = Parts::of(pair);
        let first = self.id(&parts.next()?);
        Some(match parts.next() {
            Some(name) => Path {
                namespace: Some(first),
                name: self.id(&name),
            },
            None => Path {
                namespace: None,
                name: first,
            },
        })
    }

    pub(super) fn type_ref(&mut self, pair: Pair<'s, Rule>) -> Option<TypeRef> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let path = self.path(parts.part(Rule::path)?)?;
        let args = parts.part(Rule::args).map(|args| self.args(args));
        let nullable = parts.part(Rule::nullable).map(|mark| self.span(&mark));
        Some(TypeRef {
            path,
            args,
            nullable,
            span,
        })
    }

    pub(super) fn args(&mut self, pair: Pair<'s, Rule>) -> Args {
        let mut args = Args {
            positional: Vec::new(),
            keyword: Vec::new(),
            span: self.span(&pair),
        };
        for part in Parts::of(pair) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::keyword_arg => args.keyword.extend(self.keyword_arg(part)),
                _ => {
                    self.check_position(&args, span);
                    args.positional.extend(self.arg(part));
                }
            }
        }
        self.check_repetition(&args);
        args
    }

    fn keyword_arg(&mut self, pair: Pair<'s, Rule>) -> Option<KeywordArg> {
        let mut parts = Parts::of(pair);
        let name = self.id(&parts.next()?);
        let value = self.arg(parts.next()?)?;
        Some(KeywordArg { name, value })
    }

    fn arg(&mut self, pair: Pair<'s, Rule>) -> Option<Arg> {
        match pair.as_rule() {
            Rule::type_ref => self.type_ref(pair).map(Arg::Type),
            _ => self.literal(&pair).map(Arg::Literal),
        }
    }

    /// Positional arguments come before keyword arguments.
    fn check_position(&mut self, args: &Args, span: Span) {
        let Some(keyword) = args.keyword.last() else {
            return;
        };
        self.report_in_line(|_| {
            Diagnostic::error(
                Code::Syntax,
                span,
                "a positional argument follows a keyword argument",
            )
            .label("positional")
            .also(keyword.name.span, "keyword")
            .help("write positional arguments first")
        });
    }

    fn check_repetition(&mut self, args: &Args) {
        let names = args.keyword.iter().map(|arg| &arg.name);
        if let Some(repetition) =
            order::repetitions(Code::RepeatedArgument, "argument", names).next()
        {
            self.report_in_line(|_| repetition);
        }
    }
}

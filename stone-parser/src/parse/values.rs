//! Names, literals and values.
//!
//! In: pairs of these rules. Out: their AST nodes.

use num_bigint::BigInt;
use pest::iterators::Pair;

use super::{Parser, Parts, text};
use crate::ast::{BareValue, Doc, ExampleValue, Ident, Literal, LiteralValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;

/// Longer integers are refused: they mean nothing, and converting them takes time quadratic in their length.
const MAX_DIGITS: usize = 4096;

impl<'s> Parser<'s> {
    pub(super) fn id(&self, pair: &Pair<'s, Rule>) -> Ident {
        Ident {
            text: pair.as_str().to_owned(),
            span: self.span(pair),
        }
    }

    pub(super) fn string(&self, pair: &Pair<'s, Rule>) -> String {
        let raw = pair.as_str();
        let inside = raw
            .strip_prefix('"')
            .and_then(|raw| raw.strip_suffix('"'))
            .unwrap_or(raw);
        text::decode(inside, self.indent)
    }

    pub(super) fn doc_text(&self, pair: &Pair<'s, Rule>) -> Doc {
        Doc {
            text: self.string(pair),
            span: self.span(pair),
        }
    }

    /// A literal, if the pair is one.
    pub(super) fn literal(&mut self, pair: &Pair<'s, Rule>) -> Option<Literal> {
        let text = pair.as_str();
        let value = match pair.as_rule() {
            Rule::string => LiteralValue::String(self.string(pair)),
            Rule::boolean => LiteralValue::Bool(text == "true"),
            Rule::null => LiteralValue::Null,
            Rule::int => LiteralValue::Int(self.int(pair)),
            Rule::float => LiteralValue::Float(text.parse().unwrap_or(f64::NAN)),
            _ => return None,
        };
        Some(Literal {
            value,
            span: self.span(pair),
        })
    }

    pub(super) fn int(&mut self, pair: &Pair<'s, Rule>) -> BigInt {
        let text = pair.as_str();
        if text.len() <= MAX_DIGITS {
            return text.parse().unwrap_or_default();
        }
        let message = format!(
            "an integer has at most {MAX_DIGITS} digits, this one has {}",
            text.len()
        );
        self.report(Diagnostic::error(Code::Syntax, self.span(pair), message));
        BigInt::default()
    }

    pub(super) fn bare_value(&mut self, pair: &Pair<'s, Rule>) -> BareValue {
        match self.literal(pair) {
            Some(literal) => BareValue::Literal(literal),
            None => BareValue::Tag(self.id(pair)),
        }
    }

    pub(super) fn example_value(&mut self, pair: &Pair<'s, Rule>) -> ExampleValue {
        match pair.as_rule() {
            Rule::list => self.list(pair),
            Rule::map => self.map(pair),
            _ => match self.literal(pair) {
                Some(literal) => ExampleValue::Literal(literal),
                None => ExampleValue::Ref(self.id(pair)),
            },
        }
    }

    fn list(&mut self, pair: &Pair<'s, Rule>) -> ExampleValue {
        let items = Parts::of(pair.clone())
            .map(|item| self.example_value(&item))
            .collect();
        ExampleValue::List {
            items,
            span: self.span(pair),
        }
    }

    pub(super) fn map(&mut self, pair: &Pair<'s, Rule>) -> ExampleValue {
        let pairs = Parts::of(pair.clone())
            .filter_map(|pair| self.pair(pair))
            .collect();
        ExampleValue::Map {
            pairs,
            span: self.span(pair),
        }
    }

    fn pair(&mut self, pair: Pair<'s, Rule>) -> Option<(ExampleValue, ExampleValue)> {
        let mut parts = Parts::of(pair);
        let key = self.example_value(&parts.next()?);
        let value = self.example_value(&parts.next()?);
        if let ExampleValue::List { span, .. } | ExampleValue::Map { span, .. } = key {
            let diagnostic = Diagnostic::error(
                Code::MapKey,
                span,
                "a list or a map cannot be the key of a map",
            );
            self.report(
                diagnostic
                    .label("expected a literal")
                    .help("keys of maps are strings"),
            );
        }
        Some((key, value))
    }
}

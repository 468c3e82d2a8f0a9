//! Names, literals and values.
//!
//! In: pairs of these rules. Out: their AST nodes.

use num_bigint::BigInt;
use pest::iterators::Pair;

use super::{Parser, Parts, errors, text};
use crate::ast::{BareValue, ExampleValue, Ident, Literal, LiteralValue};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::chars;

/// Longer integers are refused: they mean nothing, and converting them takes time quadratic in their length.
const MAX_DIGITS: usize = 4096;

impl<'s> Parser<'s> {
    /// A name. Reserved words are reported, and kept as if they were names.
    pub(super) fn id(&mut self, pair: &Pair<'s, Rule>) -> Ident {
        let (text, span) = (pair.as_str(), self.span(pair));
        let reserved = chars::is_reserved(text) || text == "annotation_type" && self.indent == 0;
        if reserved {
            self.report_in_line(|parser| errors::reserved_word(span, text, parser.indent));
        }
        Ident {
            text: text.to_owned(),
            span,
        }
    }

    /// A literal, if the pair is one.
    pub(super) fn literal(&mut self, pair: &Pair<'s, Rule>) -> Option<Literal> {
        let token = pair.as_str();
        let value = match pair.as_rule() {
            Rule::string => LiteralValue::String(text::unquote(token, self.indent)),
            Rule::boolean => LiteralValue::Bool(token == "true"),
            Rule::null => LiteralValue::Null,
            Rule::int => LiteralValue::Int(self.int(pair)),
            Rule::float => LiteralValue::Float(token.parse().unwrap_or(f64::NAN)),
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
        let span = self.span(pair);
        let message = format!(
            "an integer has at most {MAX_DIGITS} digits, this one has {}",
            text.len()
        );
        self.report_in_line(|_| Diagnostic::error(Code::Syntax, span, message));
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
            self.report_in_line(|_| {
                Diagnostic::error(
                    Code::MapKey,
                    span,
                    "a list or a map cannot be the key of a map",
                )
                .label("expected a literal")
                .help("keys of maps are strings")
            });
        }
        Some((key, value))
    }
}

//! Routes.
//!
//! In: a `route` line and what is below it. Out: its AST node.

use pest::iterators::Pair;

use super::{Parser, Parts};
use crate::ast::{Attr, Deprecated, Doc, Ident, Route, RouteName};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::{Block, Line};

/// What stands below a route.
#[derive(Default)]
struct RouteBody {
    doc: Option<Doc>,
    attrs: Option<Vec<Attr>>,
}

impl<'s> Parser<'s> {
    pub(super) fn route(&mut self, line: &Line, below: Block<'s>) -> Option<Route> {
        let route = self
            .line(Rule::route, line)
            .and_then(|parts| self.route_line(parts, line));
        let body = self.route_body(below);
        let route = route?;
        Some(Route {
            doc: body.doc,
            attrs: body.attrs.unwrap_or_default(),
            ..route
        })
    }

    fn route_line(&mut self, mut parts: Parts<'s>, line: &Line) -> Option<Route> {
        Some(Route {
            name: self.route_name(parts.part(Rule::route_name)?)?,
            arg: self.type_ref(parts.part(Rule::type_ref)?)?,
            result: self.type_ref(parts.part(Rule::type_ref)?)?,
            error: self.type_ref(parts.part(Rule::type_ref)?)?,
            deprecated: parts
                .part(Rule::deprecated)
                .map(|pair| self.deprecated(pair)),
            doc: None,
            attrs: Vec::new(),
            span: line.span,
        })
    }

    fn route_name(&mut self, pair: Pair<'s, Rule>) -> Option<RouteName> {
        let mut parts = Parts::of(pair);
        let mut name = self.id(&parts.part(Rule::id)?);
        if let Some(path) = parts.part(Rule::route_path) {
            name = Ident {
                text: name.text + path.as_str(),
                span: name.span.to(self.span(&path)),
            };
        }
        let version = parts
            .part(Rule::version)
            .map_or(1, |pair| self.version(&pair));
        Some(RouteName { name, version })
    }

    fn version(&mut self, pair: &Pair<'s, Rule>) -> u64 {
        let (number, span) = (self.int(pair), self.span(pair));
        match u64::try_from(&number) {
            Ok(version) if version > 0 => version,
            _ => {
                self.report_in_line(|_| {
                    Diagnostic::error(
                        Code::RouteVersion,
                        span,
                        "a route version is a number from 1 on, in 64 bits",
                    )
                    .label("out of range")
                    .help("a route without a version has version 1")
                });
                1
            }
        }
    }

    fn deprecated(&mut self, pair: Pair<'s, Rule>) -> Deprecated {
        let span = self.span(&pair);
        let by = Parts::of(pair)
            .part(Rule::route_name)
            .and_then(|name| self.route_name(name));
        Deprecated { by, span }
    }

    fn route_body(&mut self, block: Block<'s>) -> RouteBody {
        let mut body = RouteBody::default();
        for (line, below) in block {
            match self.head(line) {
                head if head.starts_with('"') => {
                    let late = body.attrs.is_some().then_some("attributes");
                    self.doc(line, below, &mut body.doc, late);
                }
                "attrs" if body.attrs.is_none() => body.attrs = Some(self.attrs(line, below)),
                head => self.report_in_route(line, head),
            }
        }
        body
    }

    fn report_in_route(&mut self, line: &Line, head: &str) {
        if line.broken {
            return;
        }
        let message = match head {
            "attrs" => "a route has one `attrs` block".to_owned(),
            _ => format!("expected a docstring or `attrs` below a route, found `{head}`"),
        };
        let diagnostic = Diagnostic::error(Code::Syntax, line.head, message).label("unexpected");
        self.report(
            diagnostic.help("attributes stand below `attrs`, one level deeper, as `key = value`"),
        );
    }

    fn attrs(&mut self, header: &Line, block: Block<'s>) -> Vec<Attr> {
        self.line(Rule::attrs_header, header);
        self.need_body(
            header,
            block,
            "at least one attribute is needed, as `key = value`",
        );
        let attrs: Vec<Attr> = block
            .filter_map(|(line, below)| self.attr(line, below))
            .collect();
        self.refuse_repetitions(
            Code::RepeatedAttr,
            "attribute",
            attrs.iter().map(|attr| &attr.name),
        );
        attrs
    }

    fn attr(&mut self, line: &Line, below: Block<'s>) -> Option<Attr> {
        self.refuse_body(below, "an attribute");
        let mut parts = self.line(Rule::attr, line)?;
        let name = self.id(&parts.next()?);
        let value = self.bare_value(&parts.next()?);
        Some(Attr {
            name,
            value,
            span: line.span,
        })
    }
}

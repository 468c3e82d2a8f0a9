//! Builds the AST.
//!
//! In: the sources. Out: one [`ast::File`] for each, and diagnostics. Each kind of logical line has a rule in the
//! grammar and a function of the same name here; what may stand below which line, and in which order, is decided by the
//! functions for bodies. A bad line costs one diagnostic and is left out.

mod advice;
mod bodies;
mod declarations;
mod docs;
mod errors;
mod examples;
mod fields;
mod order;
mod routes;
mod text;
mod types;
mod values;

use pest::Parser as _;
use pest::iterators::{Pair, Pairs};

use crate::ast;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::grammar::{Grammar, Rule};
use crate::layout::{Block, Line, layout};
use crate::source::{FileId, SourceMap, Span};

/// Parses every file of `sources`. Files come out in the same order, with everything that could be understood.
pub fn parse(sources: &SourceMap, diagnostics: &mut Diagnostics) -> Vec<ast::File> {
    sources
        .iter()
        .map(|(id, file)| {
            let lines = layout(id, &file.text, diagnostics);
            parse_lines(id, &file.text, &lines, diagnostics)
        })
        .collect()
}

/// Parses the logical lines of a file.
pub(crate) fn parse_lines(
    file: FileId,
    text: &str,
    lines: &[Line],
    diagnostics: &mut Diagnostics,
) -> ast::File {
    let extents = Block::new(lines)
        .map(|(line, below)| below.extent(line))
        .collect();
    let mut parser = Parser {
        file,
        text,
        lines,
        diagnostics,
        base: 0,
        indent: 0,
        quiet: false,
    };
    ast::File {
        id: file,
        items: parser.items(Block::new(lines)),
        extents,
    }
}

/// Parses one file.
struct Parser<'s> {
    file: FileId,
    text: &'s str,
    lines: &'s [Line],
    diagnostics: &'s mut Diagnostics,
    /// Where the logical line that was read last begins: offsets of its pairs are relative to this.
    base: usize,
    /// Indentation of that line.
    indent: usize,
    /// Whether that line has a diagnostic that another would only repeat.
    quiet: bool,
}

impl<'s> Parser<'s> {
    /// Reads a logical line by its rule.
    fn line(&mut self, rule: Rule, line: &Line) -> Option<Parts<'s>> {
        let text = self.slice(line.span);
        self.base = line.span.start as usize;
        self.indent = line.indent;
        self.quiet = line.broken;
        match Grammar::parse(rule, text) {
            Ok(mut pairs) => pairs.next().map(Parts::of),
            Err(error) => {
                self.report_in_line(|parser| {
                    errors::syntax(parser.file, parser.base, rule, text, &error)
                });
                None
            }
        }
    }

    fn slice(&self, span: Span) -> &'s str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The first token of a line.
    fn head(&self, line: &Line) -> &'s str {
        self.slice(line.head)
    }

    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.file, self.base + span.start(), self.base + span.end())
    }

    /// Reports a mistake in the line that was read last, unless that line has been reported.
    fn report_in_line(&mut self, diagnostic: impl FnOnce(&Self) -> Diagnostic) {
        if !self.quiet {
            let diagnostic = diagnostic(self);
            self.quiet = true;
            self.report(diagnostic);
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// The parts of a pair that are no punctuation, taken in order.
struct Parts<'s> {
    rest: Pairs<'s, Rule>,
    /// The next part, if it has been looked at.
    ahead: Option<Pair<'s, Rule>>,
}

impl<'s> Parts<'s> {
    fn of(pair: Pair<'s, Rule>) -> Self {
        Self {
            rest: pair.into_inner(),
            ahead: None,
        }
    }

    /// The next part if it is of this rule.
    fn part(&mut self, rule: Rule) -> Option<Pair<'s, Rule>> {
        let pair = self.next()?;
        if pair.as_rule() == rule {
            return Some(pair);
        }
        self.ahead = Some(pair);
        None
    }
}

impl<'s> Iterator for Parts<'s> {
    type Item = Pair<'s, Rule>;

    fn next(&mut self) -> Option<Self::Item> {
        let ahead = self.ahead.take();
        ahead.or_else(|| self.rest.find(|pair| !is_punctuation(pair.as_rule())))
    }
}

fn is_punctuation(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::dot
            | Rule::comma
            | Rule::colon
            | Rule::equals
            | Rule::open
            | Rule::close
            | Rule::open_list
            | Rule::close_list
            | Rule::open_map
            | Rule::close_map
            | Rule::extends_word
            | Rule::deprecated_word
            | Rule::by_word
            | Rule::EOI
    )
}

//! Examples.
//!
//! In: an `example` line and what is below it. Out: its AST node.

use super::{Parser, Parts};
use crate::ast::{Doc, Example, ExampleField, ExampleValue, Ident};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::{Block, Line};

impl<'s> Parser<'s> {
    pub(super) fn example(&mut self, line: &Line, below: Block<'s>) -> Option<Example> {
        let label = self
            .line(Rule::example, line)
            .and_then(|mut parts| parts.next())
            .map(|pair| self.id(&pair));
        let (text, fields) = self.example_body(below);
        self.refuse_repetitions(
            Code::RepeatedExampleField,
            "field",
            fields.iter().map(|field| &field.name),
        );
        Some(Example {
            label: label?,
            text,
            fields,
            span: line.span,
        })
    }

    fn example_body(&mut self, block: Block<'s>) -> (Option<Doc>, Vec<ExampleField>) {
        let mut text = None;
        let mut fields = Vec::new();
        let mut lines = 0;
        for (line, below) in block {
            if self.head(line).starts_with('"') {
                self.doc(line, below, &mut text, (lines > 0).then_some("fields"));
            } else {
                lines += 1;
                fields.extend(self.example_field(line, below));
            }
        }
        self.check_text_alone(block, lines);
        (text, fields)
    }

    fn check_text_alone(&mut self, block: Block<'s>, fields: usize) {
        let Some(first) = block.first().filter(|line| fields == 0 && !line.broken) else {
            return;
        };
        let diagnostic = Diagnostic::error(
            Code::Syntax,
            first.head,
            "an example with a text needs at least one field",
        )
        .label("no field follows this text")
        .help("add a field as `name = value`, or leave the text out");
        self.report(diagnostic);
    }

    /// A field on one line, or one whose map begins on the next line.
    fn example_field(&mut self, line: &Line, below: Block<'s>) -> Option<ExampleField> {
        if self.slice(line.span).ends_with('=') && below.first().is_some() {
            return self.example_field_with_map(line, below);
        }
        self.refuse_body(below, "a field of an example");
        let mut parts = self.line(Rule::example_field, line)?;
        let name = self.id(&parts.next()?);
        let value = self.example_value(&parts.next()?);
        Some(ExampleField {
            name,
            value,
            span: line.span,
        })
    }

    fn example_field_with_map(
        &mut self,
        line: &Line,
        mut below: Block<'s>,
    ) -> Option<ExampleField> {
        let name = self.example_name(line);
        let (map_line, under_map) = below.next()?;
        self.refuse_body(below, "a field of an example but one map");
        self.refuse_body(under_map, "a map");
        let map = self.line(Rule::example_map, map_line)?.next()?;
        let value: ExampleValue = self.map(&map);
        Some(ExampleField {
            name: name?,
            value,
            span: line.span,
        })
    }

    fn example_name(&mut self, line: &Line) -> Option<Ident> {
        let mut parts: Parts<'s> = self.line(Rule::example_name, line)?;
        Some(self.id(&parts.next()?))
    }
}

//! The values of examples.
//!
//! In: plans in an order in which what they refer to comes first. Out: the JSON of each example, none where it or
//! something that it refers to is wrong.

use indexmap::IndexMap;

use super::ExampleId;
use super::plan::{Member, Plan, Shape};
use crate::ast::LiteralValue;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::Json;
use crate::source::Span;

/// How deep a value may nest; common JSON readers refuse more.
const MAX_DEPTH: usize = 128;

/// How many bytes all examples together may take, roughly. As references are replaced by what they refer to, a few
/// lines can stand for more than fits any memory.
const MAX_SIZE: usize = 64 << 20;

/// What a value takes beside its text.
const NODE_SIZE: usize = 128;

/// The member of an object that says which one of several it is.
const TAG: &str = ".tag";

/// Computes all examples; plans, labels and values are by id.
pub(super) fn compute(
    plans: &[Plan<'_>],
    order: &[ExampleId],
    labels: &[Span],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Json>> {
    let mut computer = Computer {
        done: plans.iter().map(|_| None).collect(),
        size: 0,
        depth: 0,
    };
    for id in order {
        let Some(members) = &plans[*id] else { continue };
        match computer.example(members) {
            Ok(computed) => computer.done[*id] = Some(computed),
            Err(Stop::Wrong) => {}
            Err(Stop::TooDeep) => {
                diagnostics.push(limit(labels[*id], "the example nests more than 128 deep"))
            }
            Err(Stop::TooLarge) => {
                diagnostics.push(limit(
                    labels[*id],
                    "the examples up to this one take more than 64 MiB",
                ));
                break;
            }
        }
    }
    computer
        .done
        .into_iter()
        .map(|computed| Some(computed?.json))
        .collect()
}

fn limit(label: Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::ExampleLimit, label, message).help("refer to smaller examples")
}

/// A value with its measures.
struct Computed {
    json: Json,
    depth: usize,
    size: usize,
}

/// Why there is no value.
enum Stop {
    /// It refers to something that is wrong, which has been reported.
    Wrong,
    TooDeep,
    TooLarge,
}

struct Computer {
    /// Values of the examples so far, by id.
    done: Vec<Option<Computed>>,
    /// Of all values so far.
    size: usize,
    /// Of the example being built.
    depth: usize,
}

impl Computer {
    fn example(&mut self, members: &[Member<'_>]) -> Result<Computed, Stop> {
        let before = self.size;
        self.depth = 0;
        let json = self.object(members, 0)?;
        if self.depth > MAX_DEPTH {
            return Err(Stop::TooDeep);
        }
        Ok(Computed {
            json,
            depth: self.depth,
            size: self.size - before,
        })
    }

    fn object(&mut self, members: &[Member<'_>], level: usize) -> Result<Json, Stop> {
        self.take(NODE_SIZE, level)?;
        let mut fields = IndexMap::new();
        for member in members {
            match member {
                Member::Tag(tag) => {
                    fields.insert(TAG.to_owned(), self.text(tag, level + 1)?);
                }
                Member::Field(name, shape) => {
                    self.take(name.len(), level)?;
                    fields.insert((*name).to_owned(), self.value(shape, level + 1)?);
                }
                Member::Flattened(id, _) => {
                    if let Json::Object(members) = self.copy(*id, level)? {
                        fields.extend(members);
                    }
                }
            }
        }
        Ok(Json::Object(fields))
    }

    fn value(&mut self, shape: &Shape<'_>, level: usize) -> Result<Json, Stop> {
        match shape {
            Shape::Null => self.take(NODE_SIZE, level).map(|()| Json::Null),
            Shape::Literal(LiteralValue::String(text)) => self.text(text, level),
            Shape::Literal(literal) => self.take(NODE_SIZE, level).map(|()| (*literal).into()),
            Shape::Tag(tag) => self.object(&[Member::Tag(tag)], level),
            Shape::Example(id, _) => self.copy(*id, level),
            Shape::List(items) => {
                self.take(NODE_SIZE, level)?;
                Ok(Json::Array(
                    items
                        .iter()
                        .map(|item| self.value(item, level + 1))
                        .collect::<Result<_, _>>()?,
                ))
            }
            Shape::Map(pairs) => {
                self.take(NODE_SIZE, level)?;
                let pair = |(key, shape): &(&str, _)| {
                    self.take(key.len(), level)?;
                    Ok(((*key).to_owned(), self.value(shape, level + 1)?))
                };
                Ok(Json::Object(
                    pairs.iter().map(pair).collect::<Result<_, _>>()?,
                ))
            }
        }
    }

    fn text(&mut self, text: &str, level: usize) -> Result<Json, Stop> {
        self.take(NODE_SIZE + text.len(), level)?;
        Ok(text.into())
    }

    /// The value of another example.
    fn copy(&mut self, id: ExampleId, level: usize) -> Result<Json, Stop> {
        let Some(&Computed { size, depth, .. }) = self.done[id].as_ref() else {
            return Err(Stop::Wrong);
        };
        self.take(size, level + depth)?;
        self.done[id]
            .as_ref()
            .map(|computed| computed.json.clone())
            .ok_or(Stop::Wrong)
    }

    /// Accounts for a value of this size that reaches down to this level.
    fn take(&mut self, size: usize, level: usize) -> Result<(), Stop> {
        self.size += size;
        self.depth = self.depth.max(level);
        if self.size > MAX_SIZE {
            Err(Stop::TooLarge)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn span(id: ExampleId) -> Span {
        Span::new(FileId(0), id, id + 1)
    }

    /// Examples of which each refers `width` times to the next.
    fn chain(length: usize, width: usize) -> Vec<Plan<'static>> {
        let shapes = |id| {
            (0..width)
                .map(|_| Shape::Example(id + 1, span(id)))
                .collect()
        };
        let mut plans: Vec<Plan> = (0..length - 1)
            .map(|id| Some(vec![Member::Field("next", Shape::List(shapes(id)))]))
            .collect();
        plans.push(Some(vec![Member::Tag("last")]));
        plans
    }

    fn run(plans: &[Plan<'_>]) -> (Vec<Option<Json>>, Vec<Diagnostic>) {
        let mut diagnostics = Diagnostics::default();
        let order: Vec<_> = (0..plans.len()).rev().collect();
        let labels: Vec<_> = (0..plans.len()).map(span).collect();
        let values = compute(plans, &order, &labels, &mut diagnostics);
        (values, diagnostics.into_sorted())
    }

    #[test]
    fn replaces_references() {
        let plans = [
            Some(vec![Member::Tag("a"), Member::Flattened(1, span(0))]),
            Some(vec![Member::Field(
                "x",
                Shape::Map(vec![("k", Shape::Tag("b"))]),
            )]),
        ];
        let (values, diagnostics) = run(&plans);
        let text = values[0].as_ref().map(Json::to_string).unwrap_or_default();
        let words: Vec<_> = text.split_whitespace().collect();
        assert_eq!(
            words.join(" "),
            r#"{ ".tag": "a", "x": { "k": { ".tag": "b" } } }"#
        );
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn passes_over_what_refers_to_something_wrong() {
        let plans = [Some(vec![Member::Flattened(1, span(0))]), None];
        let (values, diagnostics) = run(&plans);
        assert_eq!((values, diagnostics), (vec![None, None], vec![]));
    }

    #[test]
    fn stops_at_the_depth_limit() {
        let (values, diagnostics) = run(&chain(200, 1));
        let computed = values.iter().flatten().count();
        assert_eq!((computed, diagnostics.len()), (MAX_DEPTH / 2, 1));
        assert_eq!(diagnostics[0].primary.span, span(200 - computed - 1));
    }

    #[test]
    fn stops_before_memory_runs_out() {
        let (_, diagnostics) = run(&chain(60, 2));
        let codes: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect();
        assert_eq!(codes, [Code::ExampleLimit]);
    }
}

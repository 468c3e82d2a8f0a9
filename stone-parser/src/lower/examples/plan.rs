//! The shape of each example.
//!
//! In: an example and the type that declares it. Out: a [`Plan`] of its value with references resolved but not yet
//! replaced, or errors.

use std::collections::HashMap;

use num_bigint::BigInt;

use super::super::{Context, MergedExample, literals};
use super::{Declared, ExampleId, Owner, problems};
use crate::ast::{ExampleField, ExampleValue, Ident, Literal, LiteralValue};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Field, ListType, MapType, StructId, Subtypes, Type, UnionId, Value};
use crate::source::Span;

/// What an example is made of; none if it is wrong.
pub(super) type Plan<'a> = Option<Vec<Member<'a>>>;

/// A part of the object that an example is.
pub(super) enum Member<'a> {
    /// The tag that tells which one of several it is.
    Tag(&'a str),
    /// A field.
    Field(&'a str, Shape<'a>),
    /// All fields of another example.
    Flattened(ExampleId, Span),
}

/// A value in an example.
pub(super) enum Shape<'a> {
    /// Nothing where the type allows it.
    Null,
    Literal(&'a LiteralValue),
    /// A tag without payload.
    Tag(&'a str),
    /// Another example, referred to at this place.
    Example(ExampleId, Span),
    List(Vec<Shape<'a>>),
    Map(Vec<(&'a str, Shape<'a>)>),
}

/// What an example is checked against.
pub(super) struct Scope<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) declared: &'a Declared<'a>,
}

type Checked<T> = Result<T, Diagnostic>;

impl<'a> Scope<'a> {
    /// Checks an example and plans its value.
    pub(super) fn plan(
        &self,
        owner: Owner,
        example: &'a MergedExample<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Plan<'a> {
        let members = match owner {
            Owner::Struct(id) => match &self.cx.api[id].subtypes {
                Some(subtypes) => self.subtype(subtypes, example).map_err(|e| vec![e]),
                None => self.structure(id, example),
            },
            Owner::Union(id) => self.union(id, example).map_err(|e| vec![e]),
        };
        members
            .map_err(|errors| errors.into_iter().for_each(|error| diagnostics.push(error)))
            .ok()
    }

    fn structure(
        &self,
        id: StructId,
        example: &'a MergedExample<'a>,
    ) -> Result<Vec<Member<'a>>, Vec<Diagnostic>> {
        let mut given: HashMap<_, _> = example
            .fields
            .iter()
            .map(|field| (field.name.text.as_str(), *field))
            .collect();
        let (mut members, mut errors, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        for field in self.cx.api.all_fields(id) {
            match given.remove(field.name.as_str()) {
                Some(entry) => match self.entry(&field.ty, entry) {
                    Ok(Shape::Null) => {}
                    Ok(shape) => members.push(Member::Field(&field.name, shape)),
                    Err(error) => errors.push(error),
                },
                None if field.required => missing.push(field.name.as_str()),
                None => members.extend(default(field)),
            }
        }
        let fields = || self.cx.api.all_fields(id).map(|field| field.name.as_str());
        let unknown = example
            .fields
            .iter()
            .filter(|entry| given.contains_key(entry.name.text.as_str()));
        errors.extend(unknown.map(|entry| {
            problems::unknown_name(Code::ExampleField, "field", &entry.name, fields())
        }));
        errors.extend((!missing.is_empty()).then(|| problems::missing_fields(example, &missing)));
        if errors.is_empty() {
            Ok(members)
        } else {
            Err(errors)
        }
    }

    /// An example of a struct with enumerated subtypes is an example of one of them.
    fn subtype(
        &self,
        subtypes: &'a Subtypes,
        example: &'a MergedExample<'a>,
    ) -> Checked<Vec<Member<'a>>> {
        let entry = problems::only_entry(example, Code::SubtypeExample, "type tag")?;
        let known = subtypes
            .tags
            .iter()
            .find(|(tag, _)| *tag == entry.name.text);
        let Some((tag, subtype)) = known else {
            let tags = subtypes.tags.iter().map(|(tag, _)| tag.as_str());
            return Err(problems::unknown_name(
                Code::SubtypeExample,
                "type tag",
                &entry.name,
                tags,
            ));
        };
        let ExampleValue::Ref(label) = &entry.value else {
            return Err(problems::not_a_label(entry, &self.cx.api[*subtype].name));
        };
        let example = self.reference(Owner::Struct(*subtype), label)?;
        Ok(vec![
            Member::Tag(tag),
            Member::Flattened(example, label.span),
        ])
    }

    fn union(&self, id: UnionId, example: &'a MergedExample<'a>) -> Checked<Vec<Member<'a>>> {
        let entry = problems::only_entry(example, Code::UnionExample, "tag")?;
        let name = &entry.name.text;
        let Some(ty) = self.tag_type(id, name) else {
            let tags = self.cx.api.all_tags(id).map(|tag| tag.name.as_str());
            return Err(problems::unknown_name(
                Code::UnionExample,
                "tag",
                &entry.name,
                tags,
            ));
        };
        let payload = match self.entry(ty, entry)? {
            Shape::Null => None,
            Shape::Example(example, span) if self.is_flat(ty) => {
                Some(Member::Flattened(example, span))
            }
            shape => Some(Member::Field(name, shape)),
        };
        Ok([Member::Tag(name)].into_iter().chain(payload).collect())
    }

    /// Type of a tag's payload, own, inherited or the catch-all's.
    fn tag_type(&self, id: UnionId, name: &str) -> Option<&'a Type> {
        let declared = self.cx.tag(id, name).map(|tag| &tag.ty);
        declared.or_else(|| self.cx.is_catch_all(id, name).then_some(&Type::Void))
    }

    /// Whether a payload's fields stand beside the tag: those of structs do, unless they bring a tag of their own.
    fn is_flat(&self, ty: &Type) -> bool {
        matches!(self.cx.api.strip(ty).0, Type::Struct(id) if self.cx.api[*id].subtypes.is_none())
    }

    /// The value of a line. What is wrong inside a map is shown at the line's name, as maps go on over lines.
    fn entry(&self, ty: &Type, entry: &'a ExampleField) -> Checked<Shape<'a>> {
        self.value(ty, &entry.value).map_err(|mut error| {
            if matches!(entry.value, ExampleValue::Map { .. }) && error.code == Code::ExampleValue {
                let inner = std::mem::replace(&mut error.primary.span, entry.name.span);
                return error.also(inner, "here");
            }
            error
        })
    }

    fn value(&self, ty: &Type, value: &'a ExampleValue) -> Checked<Shape<'a>> {
        let (bare, nullable) = self.cx.api.strip(ty);
        match (bare, value) {
            // A nullable Void stands for a type that could not be resolved.
            (Type::Void, _) if nullable => Ok(Shape::Null),
            (
                _,
                ExampleValue::Literal(Literal {
                    value: LiteralValue::Null,
                    ..
                }),
            ) if nullable || *bare == Type::Void => Ok(Shape::Null),
            (Type::Struct(id), ExampleValue::Ref(label)) => Ok(Shape::Example(
                self.reference(Owner::Struct(*id), label)?,
                label.span,
            )),
            (Type::Union(id), ExampleValue::Ref(label)) => self.union_reference(*id, label),
            (Type::List(list), ExampleValue::List { items, span }) => self.list(list, items, *span),
            (Type::Map(map), ExampleValue::Map { pairs, .. }) => self.map(map, pairs),
            (_, ExampleValue::Literal(literal)) if is_primitive(bare) => {
                self.literal(bare, literal)
            }
            _ => Err(problems::misfit(&self.cx.api, bare, value)),
        }
    }

    fn literal(&self, ty: &Type, literal: &'a Literal) -> Checked<Shape<'a>> {
        literals::check(&self.cx.patterns, ty, literal)
            .map(|()| Shape::Literal(&literal.value))
            .map_err(|misfit| {
                Diagnostic::error(Code::ExampleValue, literal.span, misfit.message)
                    .help(misfit.help)
            })
    }

    fn list(&self, list: &ListType, items: &'a [ExampleValue], span: Span) -> Checked<Shape<'a>> {
        let count = BigInt::from(items.len());
        match (&list.min_items, &list.max_items) {
            (Some(min), _) if count < *min => Err(problems::item_count(
                span,
                format!("{count} items are fewer than {min}"),
            )),
            (_, Some(max)) if count > *max => Err(problems::item_count(
                span,
                format!("{count} items are more than {max}"),
            )),
            _ => Ok(Shape::List(
                items
                    .iter()
                    .map(|item| self.value(&list.item, item))
                    .collect::<Checked<_>>()?,
            )),
        }
    }

    fn map(&self, map: &MapType, pairs: &'a [(ExampleValue, ExampleValue)]) -> Checked<Shape<'a>> {
        let key_type = Type::String(map.key.clone());
        let pair =
            |(key, value): &'a (ExampleValue, ExampleValue)| match self.value(&key_type, key)? {
                Shape::Literal(LiteralValue::String(text)) => {
                    Ok((text.as_str(), self.value(&map.value, value)?))
                }
                _ => Err(problems::misfit(&self.cx.api, &key_type, key)),
            };
        Ok(Shape::Map(pairs.iter().map(pair).collect::<Checked<_>>()?))
    }

    /// A label of the union's own examples, or a void tag, which is an example of itself.
    fn union_reference(&self, id: UnionId, label: &'a Ident) -> Checked<Shape<'a>> {
        if let Some(example) = self.declared.get(Owner::Union(id), &label.text) {
            return Ok(Shape::Example(example, label.span));
        }
        match self.tag_type(id, &label.text) {
            Some(ty) if *self.cx.api.strip(ty).0 == Type::Void => Ok(Shape::Tag(&label.text)),
            _ => Err(problems::no_example(&self.cx.api[id].name, label)),
        }
    }

    fn reference(&self, owner: Owner, label: &Ident) -> Checked<ExampleId> {
        self.declared
            .get(owner, &label.text)
            .ok_or_else(|| problems::no_example(self.owner_name(owner), label))
    }

    fn owner_name(&self, owner: Owner) -> &str {
        match owner {
            Owner::Struct(id) => &self.cx.api[id].name,
            Owner::Union(id) => &self.cx.api[id].name,
        }
    }
}

fn is_primitive(ty: &Type) -> bool {
    use Type::{Boolean, Bytes, Float, Int, String, Timestamp};
    matches!(
        ty,
        Boolean | Bytes | Int(_) | Float(_) | String(_) | Timestamp(_)
    )
}

fn default(field: &Field) -> Option<Member<'_>> {
    let shape = match field.default.as_ref()? {
        Value::Literal(literal) => Shape::Literal(literal),
        Value::Tag { tag, .. } => Shape::Tag(tag),
    };
    Some(Member::Field(&field.name, shape))
}

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

/// Something, or all that is wrong with it; nothing if what is wrong has been reported elsewhere.
type Checked<T> = Result<T, Vec<Diagnostic>>;

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
                Some(subtypes) => self.subtype(id, subtypes, example),
                None => self.structure(id, example),
            },
            Owner::Union(id) => self.union(id, example),
        };
        members
            .map_err(|errors| errors.into_iter().for_each(|error| diagnostics.push(error)))
            .ok()
    }

    fn structure(&self, id: StructId, example: &'a MergedExample<'a>) -> Checked<Vec<Member<'a>>> {
        let mut given: HashMap<_, _> = example
            .fields
            .iter()
            .map(|field| (field.name.text.as_str(), *field))
            .collect();
        let (mut members, mut errors, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        for field in self.cx.api.all_fields(id) {
            match given.remove(field.name.as_str()) {
                Some(entry) => match self.entry(&field.ty, field.span, entry) {
                    Ok(Shape::Null) => {}
                    Ok(shape) => members.push(Member::Field(&field.name, shape)),
                    Err(found) => errors.extend(found),
                },
                None if field.required => missing.push(field),
                None => members.extend(default(field)),
            }
        }
        let mut complete = missing.is_empty();
        let unknown = example
            .fields
            .iter()
            .filter(|entry| given.contains_key(entry.name.text.as_str()));
        for entry in unknown {
            complete = false;
            if !self.cx.is_incomplete_struct(id) {
                errors.push(self.unknown_field(id, entry));
            }
        }
        errors.extend((!missing.is_empty()).then(|| problems::missing_fields(example, &missing)));
        match complete && errors.is_empty() {
            true => Ok(members),
            false => Err(errors),
        }
    }

    fn unknown_field(&self, id: StructId, entry: &ExampleField) -> Diagnostic {
        let fields: Vec<_> = self.cx.api.all_fields(id).collect();
        let names = fields.iter().map(|field| field.name.as_str());
        self.unknown_name(Code::ExampleField, "field", &entry.name, names)
            .also(self.cx.api[id].span, "the type")
    }

    /// The name on the left of a line means nothing in its type; `names` would.
    fn unknown_name<'n>(
        &self,
        code: Code,
        what: &str,
        name: &Ident,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Diagnostic {
        let nothing = format!("the type has no {what}");
        let help = self.cx.choose(&name.text, names, "choose from", &nothing);
        let message = format!("`{}` is no {what} of this type", name.text);
        Diagnostic::error(code, name.span, message)
            .label("unknown")
            .help(help)
    }

    /// An example of a struct with enumerated subtypes is an example of one of them.
    fn subtype(
        &self,
        root: StructId,
        subtypes: &'a Subtypes,
        example: &'a MergedExample<'a>,
    ) -> Checked<Vec<Member<'a>>> {
        let entry = problems::only_entry(example, Code::SubtypeExample, "type tag")
            .map_err(|error| vec![error])?;
        let known = subtypes
            .tags
            .iter()
            .find(|(tag, _)| *tag == entry.name.text);
        let Some((tag, subtype)) = known else {
            let tags = subtypes.tags.iter().map(|(tag, _)| tag.as_str());
            let error = self.unknown_name(Code::SubtypeExample, "type tag", &entry.name, tags);
            return Err(vec![error.also(self.cx.api[root].span, "the type")]);
        };
        let ExampleValue::Ref(label) = &entry.value else {
            return Err(vec![problems::not_a_label(
                entry,
                &self.cx.api[*subtype].name,
            )]);
        };
        let example = self.reference(Owner::Struct(*subtype), label)?;
        Ok(vec![
            Member::Tag(tag),
            Member::Flattened(example, label.span),
        ])
    }

    fn union(&self, id: UnionId, example: &'a MergedExample<'a>) -> Checked<Vec<Member<'a>>> {
        let entry = problems::only_entry(example, Code::UnionExample, "tag")
            .map_err(|error| vec![error])?;
        let name = &entry.name.text;
        let Some(ty) = self.tag_type(id, name) else {
            return Err(self.unknown_tag(id, &entry.name));
        };
        let declared = self.cx.tag(id, name).map(|tag| tag.span);
        let payload = match self.entry(ty, declared.unwrap_or(entry.name.span), entry)? {
            Shape::Null => None,
            Shape::Example(example, span) if self.is_flat(ty) => {
                Some(Member::Flattened(example, span))
            }
            shape => Some(Member::Field(name, shape)),
        };
        Ok([Member::Tag(name)].into_iter().chain(payload).collect())
    }

    fn unknown_tag(&self, id: UnionId, name: &Ident) -> Vec<Diagnostic> {
        if self.cx.is_incomplete_union(id) {
            return Vec::new();
        }
        let tags: Vec<_> = self.cx.api.all_tags(id).collect();
        let tags = tags.iter().map(|tag| tag.name.as_str());
        let error = self.unknown_name(Code::UnionExample, "tag", name, tags);
        vec![error.also(self.cx.api[id].span, "the type")]
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

    /// The value of a line. What is wrong on a later line, as maps go on over several, counts for the first. `declared`
    /// is where the field or tag gets its type.
    fn entry(&self, ty: &Type, declared: Span, entry: &'a ExampleField) -> Checked<Shape<'a>> {
        let in_line = |error: Diagnostic| match error.code {
            Code::ExampleValue => {
                let inner = error.primary.span;
                let moved = self
                    .cx
                    .error_at(error.code, entry.name.span, inner, error.message);
                let moved = moved.also(declared, "declared here");
                Diagnostic {
                    help: error.help,
                    ..moved
                }
            }
            _ => error,
        };
        self.value(ty, &entry.value)
            .map_err(|errors| errors.into_iter().map(in_line).collect())
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
            _ => Err(vec![problems::misfit(&self.cx.api, bare, value)]),
        }
    }

    fn literal(&self, ty: &Type, literal: &'a Literal) -> Checked<Shape<'a>> {
        literals::check(&self.cx.patterns, ty, literal)
            .map(|()| Shape::Literal(&literal.value))
            .map_err(|misfit| {
                let error = Diagnostic::error(Code::ExampleValue, literal.span, misfit.message);
                vec![error.help(misfit.help)]
            })
    }

    fn list(&self, list: &ListType, items: &'a [ExampleValue], span: Span) -> Checked<Shape<'a>> {
        let count = BigInt::from(items.len());
        let problem = match (&list.min_items, &list.max_items) {
            (Some(min), _) if count < *min => format!("{count} items are fewer than {min}"),
            (_, Some(max)) if count > *max => format!("{count} items are more than {max}"),
            _ => {
                return all(items.iter().map(|item| self.value(&list.item, item))).map(Shape::List);
            }
        };
        Err(vec![problems::item_count(span, problem)])
    }

    fn map(&self, map: &MapType, pairs: &'a [(ExampleValue, ExampleValue)]) -> Checked<Shape<'a>> {
        let key_type = Type::String(map.key.clone());
        let key = |key: &'a ExampleValue| match self.value(&key_type, key)? {
            Shape::Literal(LiteralValue::String(text)) => Ok(text.as_str()),
            _ => Err(vec![problems::misfit(&self.cx.api, &key_type, key)]),
        };
        let pair = |(name, value): &'a (ExampleValue, ExampleValue)| match (
            key(name),
            self.value(&map.value, value),
        ) {
            (Ok(name), Ok(value)) => Ok((name, value)),
            (Err(mut errors), Err(more)) => {
                errors.extend(more);
                Err(errors)
            }
            (Err(errors), _) | (_, Err(errors)) => Err(errors),
        };
        all(pairs.iter().map(pair)).map(Shape::Map)
    }

    /// A label of the union's own examples, or a void tag, which is an example of itself.
    fn union_reference(&self, id: UnionId, label: &'a Ident) -> Checked<Shape<'a>> {
        if let Some(example) = self.declared.get(Owner::Union(id), &label.text) {
            return Ok(Shape::Example(example, label.span));
        }
        match self.tag_type(id, &label.text) {
            Some(ty) if *self.cx.api.strip(ty).0 == Type::Void => Ok(Shape::Tag(&label.text)),
            None if self.cx.is_incomplete_union(id) => Err(Vec::new()),
            _ => Err(vec![self.no_example(Owner::Union(id), label)]),
        }
    }

    fn reference(&self, owner: Owner, label: &Ident) -> Checked<ExampleId> {
        self.declared
            .get(owner, &label.text)
            .ok_or_else(|| vec![self.no_example(owner, label)])
    }

    fn no_example(&self, owner: Owner, label: &Ident) -> Diagnostic {
        let (name, span) = match owner {
            Owner::Struct(id) => (&self.cx.api[id].name, self.cx.api[id].span),
            Owner::Union(id) => (&self.cx.api[id].name, self.cx.api[id].span),
        };
        let mut labels = self.declared.labels(owner);
        if let Owner::Union(id) = owner {
            let void = self.cx.api.all_tags(id).filter(|tag| tag.ty == Type::Void);
            labels.extend(void.map(|tag| tag.name.as_str()));
        }
        let nothing = format!("add `example {}` to `{name}`", label.text);
        let help = self.cx.choose(
            &label.text,
            labels.into_iter(),
            &format!("`{name}` has"),
            &nothing,
        );
        let message = format!("`{name}` has no example `{}`", label.text);
        Diagnostic::error(Code::UnknownExample, label.span, message)
            .label("unknown")
            .also(span, "the type")
            .help(help)
    }
}

/// All of several things, or all that is wrong with them.
fn all<T>(items: impl Iterator<Item = Checked<T>>) -> Checked<Vec<T>> {
    let (mut good, mut errors) = (Vec::new(), Vec::new());
    let mut complete = true;
    for item in items {
        match item {
            Ok(item) => good.push(item),
            Err(found) => {
                complete = false;
                errors.extend(found);
            }
        }
    }
    match complete {
        true => Ok(good),
        false => Err(errors),
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

//! Structs: fields, parents, subtypes.
//!
//! In: a struct in both specs. Out: facts about it and about its fields.

use stone_parser::ir::{Api, Field, StructId, Subtypes, Type};

use super::members::{self, Members, members};
use super::{Walk, change};
use crate::diff::fact::Subject;
use crate::diff::pairs::{Def, same_but_case, similar};
use crate::diff::rules::Rule;
use crate::diff::text::{stone, value};
use crate::diff::verdict::Wire;

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Required,
    Nullable,
    Default,
}

impl<'a> Walk<'a> {
    pub(super) fn structs(&mut self, was: StructId, is: StructId) {
        let subject = self.subject(Some(Def::Struct(was)), Some(Def::Struct(is)));
        let (old, new) = (&self.old[was], &self.new[is]);
        self.doc(Rule::TypeDoc, &subject, &old.doc, &new.doc);
        self.examples(&subject, &old.examples, &new.examples);
        self.subtypes(&subject, old.subtypes.as_ref(), new.subtypes.as_ref());
        self.fields(&subject, was, is);
        self.parents(&subject, was, is);
        self.order(&subject, was, is);
    }

    /// All fields, inherited ones included; what a common ancestor gains or loses is reported there.
    fn fields(&mut self, subject: &Subject, was: StructId, is: StructId) {
        let fits = |was: &Field, is: &Field| {
            presence(self.old, was) == presence(self.new, is)
                && similar(&was.name, &is.name)
                && self.differences(&was.ty, &is.ty).is_empty()
        };
        let (old, new) = self.places(Def::Struct(was), Def::Struct(is));
        let fields: Members<'_, Field> = members(self.pairs, old, new, fits);
        for (before, after) in fields.renamed {
            self.field_renamed(subject, before, after);
        }
        for field in fields.gone {
            self.field_removed(subject, field);
        }
        for field in fields.come {
            self.field_added(subject, was, is, field);
        }
        for (before, after) in fields.stayed {
            self.field(subject, before, after);
        }
    }

    fn field_renamed(&mut self, subject: &Subject, was: &Field, is: &Field) {
        let at = members::subject(subject, Some(was), Some(is));
        let detail = format!("{} to {}", was.name, is.name);
        let rule = match (same_but_case(&was.name, &is.name), was.required) {
            (true, _) => Rule::CaseChanged,
            (false, true) => Rule::FieldRenamed,
            (false, false) => Rule::FieldOptionalRenamed,
        };
        self.push(rule, &at, detail);
    }

    fn field_removed(&mut self, subject: &Subject, field: &Field) {
        let at = members::subject(subject, Some(field), None);
        let rule = match field.required {
            true => Rule::FieldRequiredRemoved,
            false => Rule::FieldOptionalRemoved,
        };
        let carried = self.carried(subject, &field.name);
        self.push_at(rule, &at, stone(self.old, &field.ty), carried);
    }

    fn field_added(&mut self, subject: &Subject, was: StructId, is: StructId, field: &Field) {
        let at = members::subject(subject, None, Some(field));
        let nothing_required = self.old.all_fields(was).all(|field| !field.required);
        let rule = match field.required {
            true => Rule::FieldRequiredAdded,
            false if nothing_required && self.nullable_payloads.contains(&is) => {
                Rule::FieldOptionalInEmptyPayload
            }
            false => Rule::FieldOptionalAdded,
        };
        let default = field.default.as_ref().map(|it| format!(" = {}", value(it)));
        let detail = stone(self.new, &field.ty) + &default.unwrap_or_default();
        let carried = self.carried(subject, &field.name);
        self.push_at(rule, &at, detail, carried);
    }

    fn field(&mut self, subject: &Subject, was: &Field, is: &Field) {
        let at = members::subject(subject, Some(was), Some(is));
        self.doc(Rule::FieldDoc, &at, &was.doc, &is.doc);
        self.marks(&at, &was.annotations, &is.annotations);
        self.presence(&at, was, is);
        if self.is_one_alias(&was.ty, &is.ty) {
            return;
        }
        let (inner, outer) = (
            without_null(self.old, &was.ty),
            without_null(self.new, &is.ty),
        );
        self.types(&at, inner, outer);
    }

    fn presence(&mut self, at: &Subject, was: &Field, is: &Field) {
        let (before, after) = (presence(self.old, was), presence(self.new, is));
        let text = |api: &Api, field: &Field| {
            let default = field.default.as_ref().map(|it| format!(" = {}", value(it)));
            stone(api, &field.ty) + &default.unwrap_or_default()
        };
        let detail = format!("{} to {}", text(self.old, was), text(self.new, is));
        let one_alias = self.is_one_alias(&was.ty, &is.ty);
        let same_defaults = was.default.as_ref().map(value) == is.default.as_ref().map(value);
        let rule = match (before, after) {
            (Presence::Default, Presence::Default) if same_defaults => return,
            (Presence::Default, Presence::Default) => Rule::DefaultChanged,
            (before, after) if before == after || one_alias && same_defaults => return,
            (Presence::Required, _) => Rule::FieldBecameOptional,
            (_, Presence::Required) => Rule::FieldBecameRequired,
            (Presence::Nullable, _) => Rule::NullableToDefault,
            (Presence::Default, _) => Rule::DefaultToNullable,
        };
        // Whoever relies on an old default in an argument gets something else done.
        let wire = (Wire::Depends, Wire::Breaks);
        let breaks = rule == Rule::DefaultChanged && self.in_argument(at);
        match breaks {
            true => self.push_wire(rule, at, detail, wire),
            false => self.push(rule, at, detail),
        }
    }

    fn parents(&mut self, subject: &Subject, was: StructId, is: StructId) {
        let (old, new) = (self.old[was].extends, self.new[is].extends);
        let same = match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.pairs.are_one(Def::Struct(old), Def::Struct(new)),
            _ => false,
        };
        let (before, after) = self.places(Def::Struct(was), Def::Struct(is));
        if before.names::<Field>() != after.names::<Field>() {
            return;
        }
        if before.own_names::<Field>() != after.own_names::<Field>() {
            self.push(
                Rule::FieldsMoved,
                subject,
                "the full set of fields is the same",
            );
        } else if !same {
            let name = |api: &Api, id: Option<StructId>| {
                id.map_or("none".to_owned(), |id| Def::Struct(id).name(api))
            };
            let detail = format!("{} to {}", name(self.old, old), name(self.new, new));
            self.push(Rule::ParentChanged, subject, detail);
        }
    }

    /// Only the order of what constructors take is of importance.
    fn order(&mut self, subject: &Subject, was: StructId, is: StructId) {
        let required = |api: &'a Api, id, other: &'a Api, twin| -> Vec<&'a str> {
            let names = |api: &'a Api, id| {
                let fields = api.all_fields(id);
                fields
                    .filter(|field| field.required)
                    .map(|field| field.name.as_str())
                    .collect()
            };
            let theirs: Vec<&str> = names(other, twin);
            let mut ours: Vec<&str> = names(api, id);
            ours.retain(|name| theirs.contains(name));
            ours
        };
        let old = required(self.old, was, self.new, is);
        let new = required(self.new, is, self.old, was);
        if old != new && self.in_argument(subject) {
            let detail = format!("{} to {}", old.join(", "), new.join(", "));
            self.push(Rule::OrderChanged, subject, detail);
        }
    }

    fn subtypes(&mut self, subject: &Subject, was: Option<&Subtypes>, is: Option<&Subtypes>) {
        let (was, is) = match (was, is) {
            (None, None) => return,
            (None, Some(_)) => return self.push(Rule::StructToRoot, subject, ""),
            (Some(_), None) => return self.push(Rule::RootToStruct, subject, ""),
            (Some(was), Some(is)) => (was, is),
        };
        match (was.closed, is.closed) {
            (false, true) => self.push(Rule::RootClosed, subject, ""),
            (true, false) => self.push(Rule::RootOpened, subject, ""),
            _ => {}
        }
        let one =
            |was: StructId, is: StructId| self.pairs.are_one(Def::Struct(was), Def::Struct(is));
        let mut facts = Vec::new();
        let mut renamed = Vec::new();
        for (tag, old) in &was.tags {
            let detail = Def::Struct(*old).name(self.old);
            match is.tags.iter().find(|(other, _)| other == tag) {
                Some((_, new)) if one(*old, *new) => {}
                Some((_, new)) => {
                    let detail = format!("{detail} to {}", Def::Struct(*new).name(self.new));
                    facts.push((Rule::SubtypeExchanged, tag, tag, detail));
                }
                None => match is.tags.iter().find(|(_, new)| one(*old, *new)) {
                    Some((other, _)) => {
                        renamed.push(other);
                        facts.push((
                            Rule::SubtypeRenamed,
                            tag,
                            other,
                            format!("{tag} to {other}"),
                        ));
                    }
                    None if is.closed => facts.push((Rule::SubtypeRemovedClosed, tag, tag, detail)),
                    None => facts.push((Rule::SubtypeRemovedOpen, tag, tag, detail)),
                },
            }
        }
        let known = |tag: &String| was.tags.iter().any(|(other, _)| other == tag);
        for (tag, new) in is
            .tags
            .iter()
            .filter(|(tag, _)| !known(tag) && !renamed.contains(&tag))
        {
            let rule = if was.closed {
                Rule::SubtypeAddedClosed
            } else {
                Rule::SubtypeAddedOpen
            };
            facts.push((rule, tag, tag, Def::Struct(*new).name(self.new)));
        }
        for (rule, was, is, detail) in facts {
            let at = Subject {
                name: format!("{}.{is}", subject.name),
                member: Some((format!("union {was}"), format!("union {is}"))),
                ..subject.clone()
            };
            self.push(rule, &at, detail);
        }
    }

    pub(super) fn is_one_alias(&self, was: &Type, is: &Type) -> bool {
        match (was, is) {
            (Type::Alias(was), Type::Alias(is)) => {
                self.pairs.are_one(Def::Alias(*was), Def::Alias(*is))
            }
            _ => false,
        }
    }

    /// How a member's type is replaced.
    pub(super) fn replaced(&self, was: &Type, is: &Type) -> String {
        change(self, was, is)
    }
}

fn presence(api: &Api, field: &Field) -> Presence {
    match (&field.default, api.is_nullable(&field.ty)) {
        (Some(_), _) => Presence::Default,
        (None, true) => Presence::Nullable,
        (None, false) => Presence::Required,
    }
}

/// The type without its `?`; aliases are named unless they hide one.
pub(super) fn without_null<'t>(api: &'t Api, ty: &'t Type) -> &'t Type {
    match api.unalias(ty) {
        Type::Nullable(inner) => inner,
        _ => ty,
    }
}

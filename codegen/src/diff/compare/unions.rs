//! Unions: tags, payloads, parents, openness.
//!
//! In: a union in both specs. Out: facts about it and about its tags.

use stone_parser::ir::{Api, Tag, Type, UnionId};

use super::Walk;
use super::members::{self, Members, members};
use super::structs::without_null;
use crate::diff::fact::Subject;
use crate::diff::pairs::{Def, same_but_case, similar};
use crate::diff::rules::Rule;
use crate::diff::text::stone;

impl Walk<'_> {
    pub(super) fn unions(&mut self, was: UnionId, is: UnionId) {
        let subject = self.subject(Some(Def::Union(was)), Some(Def::Union(is)));
        let (old, new) = (&self.old[was], &self.new[is]);
        self.doc(Rule::TypeDoc, &subject, &old.doc, &new.doc);
        self.examples(&subject, &old.examples, &new.examples);
        match (old.closed, new.closed) {
            (false, true) => self.push(Rule::UnionClosed, &subject, ""),
            (true, false) => self.push(Rule::UnionOpened, &subject, ""),
            _ => {}
        }
        self.tags(&subject, was, is);
        self.union_parents(&subject, was, is);
    }

    /// All tags, inherited ones included; what a common ancestor gains or loses is reported there.
    fn tags(&mut self, subject: &Subject, was: UnionId, is: UnionId) {
        let fits = |was: &Tag, is: &Tag| {
            similar(&was.name, &is.name) && self.differences(&was.ty, &is.ty).is_empty()
        };
        let (old, new) = self.places(Def::Union(was), Def::Union(is));
        let tags: Members<'_, Tag> = members(self.pairs, old, new, fits);
        for (before, after) in tags.renamed {
            self.tag_renamed(subject, before, after);
        }
        let rule = match self.new[is].closed {
            true => Rule::TagRemovedClosed,
            false => Rule::TagRemovedOpen,
        };
        for tag in tags.gone {
            let at = members::subject(subject, Some(tag), None);
            let carried = self.carried(subject, &tag.name);
            self.push_at(rule, &at, payload(self.old, tag), carried);
        }
        let rule = match self.old[was].closed {
            true => Rule::TagAddedClosed,
            false => Rule::TagAddedOpen,
        };
        for tag in tags.come {
            let at = members::subject(subject, None, Some(tag));
            let carried = self.carried(subject, &tag.name);
            self.push_at(rule, &at, payload(self.new, tag), carried);
        }
        for (before, after) in tags.stayed {
            self.tag(subject, before, after);
        }
    }

    fn tag_renamed(&mut self, subject: &Subject, was: &Tag, is: &Tag) {
        let at = members::subject(subject, Some(was), Some(is));
        let rule = match same_but_case(&was.name, &is.name) {
            true => Rule::CaseChanged,
            false => Rule::TagRenamed,
        };
        self.push(rule, &at, format!("{} to {}", was.name, is.name));
    }

    fn tag(&mut self, subject: &Subject, was: &Tag, is: &Tag) {
        let at = members::subject(subject, Some(was), Some(is));
        self.doc(Rule::FieldDoc, &at, &was.doc, &is.doc);
        self.marks(&at, &was.annotations, &is.annotations);
        if !self.is_one_alias(&was.ty, &is.ty) {
            self.payloads(&at, &was.ty, &is.ty);
        }
    }

    fn payloads(&mut self, at: &Subject, was: &Type, is: &Type) {
        let (old, new) = (self.old.strip(was), self.new.strip(is));
        let detail = self.replaced(was, is);
        match (old.0, new.0) {
            (Type::Void, Type::Void) => return,
            (Type::Void, _) => {
                let optional = new.1 || may_be_empty(self.new, new.0);
                let rule = if optional {
                    Rule::VoidToOptionalPayload
                } else {
                    Rule::VoidToPayload
                };
                return self.push(rule, at, detail);
            }
            (_, Type::Void) => {
                let rule = if old.1 {
                    Rule::OptionalPayloadToVoid
                } else {
                    Rule::PayloadToVoid
                };
                return self.push(rule, at, detail);
            }
            _ => {}
        }
        match (old.1, new.1) {
            (false, true) => self.push(Rule::PayloadBecameNullable, at, detail.clone()),
            (true, false) => self.push(Rule::NoLongerNullable, at, detail.clone()),
            _ => {}
        }
        let one = match (Def::of(old.0), Def::of(new.0)) {
            (Some(old), Some(new)) => self.pairs.are_one(old, new),
            _ => false,
        };
        match (is_flat(self.old, old.0), is_flat(self.new, new.0)) {
            (true, false) if one => self.push(Rule::PayloadBecameRoot, at, detail),
            (flat, still) if flat != still && !one => self.push(Rule::PayloadShape, at, detail),
            _ => self.types(at, without_null(self.old, was), without_null(self.new, is)),
        }
    }

    fn union_parents(&mut self, subject: &Subject, was: UnionId, is: UnionId) {
        let (old, new) = (self.old[was].extends, self.new[is].extends);
        let same = match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.pairs.are_one(Def::Union(old), Def::Union(new)),
            _ => false,
        };
        let (before, after) = self.places(Def::Union(was), Def::Union(is));
        if !same && before.names::<Tag>() == after.names::<Tag>() {
            let name = |api: &Api, id: Option<UnionId>| {
                id.map_or("none".to_owned(), |id| Def::Union(id).name(api))
            };
            let detail = format!("{} to {}", name(self.old, old), name(self.new, new));
            self.push(Rule::UnionParentChanged, subject, detail);
        }
    }
}

fn payload(api: &Api, tag: &Tag) -> String {
    match api.unalias(&tag.ty) {
        Type::Void => String::new(),
        _ => stone(api, &tag.ty),
    }
}

/// Whether the object of a tag holds the payload's fields itself.
fn is_flat(api: &Api, ty: &Type) -> bool {
    matches!(ty, Type::Struct(id) if api[*id].subtypes.is_none())
}

fn may_be_empty(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Struct(id) => is_flat(api, ty) && api.all_fields(*id).all(|field| !field.required),
        _ => false,
    }
}

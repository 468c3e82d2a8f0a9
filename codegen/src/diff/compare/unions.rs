//! Unions: tags, payloads, parents, openness.
//!
//! In: a union in both specs. Out: facts about it and about its tags.

use stone_parser::ir::{Api, Tag, Type, UnionId};

use super::structs::without_null;
use super::{Walk, mark, member};
use crate::diff::fact::Subject;
use crate::diff::pairs::{Def, same_but_case, similar};
use crate::diff::rules::Rule;
use crate::diff::text::stone;

/// A tag and the union that declares it.
type Declared<'a> = (UnionId, &'a Tag);

impl<'a> Walk<'a> {
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
        let (old, new) = (declared(self.old, was), declared(self.new, is));
        let named = |list: &[Declared<'a>], name: &str| list.iter().any(|it| it.1.name == name);
        let gone = old.iter().filter(|it| !named(&new, &it.1.name));
        let kept = |id: UnionId| self.union_among(id, &self.new.union_lineage(is), is);
        let gone: Vec<_> = gone.filter(|it| it.0 == was || !kept(it.0)).collect();
        let come = new.iter().filter(|it| !named(&old, &it.1.name));
        let had = |id: UnionId| {
            let line = self.old.union_lineage(was);
            let one = |old: &&UnionId| self.pairs.are_one(Def::Union(**old), Def::Union(id));
            line.iter().filter(|old| **old != was).any(|old| one(&old))
        };
        let come: Vec<_> = come.filter(|it| it.0 == is || !had(it.0)).collect();
        let renamed = self.renamed_tags(&gone, &come);
        for (before, after) in &renamed {
            let at = member(
                subject,
                Some((&before.name, before.span)),
                Some((&after.name, after.span)),
            );
            let at = Subject {
                mark: mark(&before.annotations),
                ..at
            };
            let detail = format!("{} to {}", before.name, after.name);
            let case = same_but_case(&before.name, &after.name);
            self.push(
                if case {
                    Rule::CaseChanged
                } else {
                    Rule::TagRenamed
                },
                &at,
                detail,
            );
        }
        for it in gone
            .iter()
            .filter(|it| renamed.iter().all(|(was, _)| was.name != it.1.name))
        {
            let at = member(subject, Some((&it.1.name, it.1.span)), None);
            let at = Subject {
                mark: mark(&it.1.annotations),
                ..at
            };
            let closed = self.new[is].closed;
            let rule = if closed {
                Rule::TagRemovedClosed
            } else {
                Rule::TagRemovedOpen
            };
            let carried = self.carried(subject, &it.1.name);
            self.push_at(rule, &at, payload(self.old, it.1), carried);
        }
        for it in come
            .iter()
            .filter(|it| renamed.iter().all(|(_, is)| is.name != it.1.name))
        {
            let at = member(subject, None, Some((&it.1.name, it.1.span)));
            let closed = self.old[was].closed;
            let rule = if closed {
                Rule::TagAddedClosed
            } else {
                Rule::TagAddedOpen
            };
            let carried = self.carried(subject, &it.1.name);
            self.push_at(rule, &at, payload(self.new, it.1), carried);
        }
        for (declarer, before) in &old {
            let Some((other, after)) = new.iter().find(|it| it.1.name == before.name) else {
                continue;
            };
            let once = self
                .pairs
                .are_one(Def::Union(*declarer), Def::Union(*other));
            if !once || *declarer == was {
                self.tag(subject, before, after);
            }
        }
    }

    fn union_among(&self, old: UnionId, line: &[UnionId], but: UnionId) -> bool {
        let one = |new: &UnionId| self.pairs.are_one(Def::Union(old), Def::Union(*new));
        line.iter().any(|new| *new != but && one(new))
    }

    /// Tags that are gone and new ones of the same payload and a similar name, if nothing else fits.
    fn renamed_tags(
        &self,
        gone: &[&Declared<'a>],
        come: &[&Declared<'a>],
    ) -> Vec<(&'a Tag, &'a Tag)> {
        let fits = |was: &Tag, is: &Tag| {
            similar(&was.name, &is.name) && self.differences(&was.ty, &is.ty).is_empty()
        };
        let pair = |was: &&Declared<'a>| {
            let mut fitting = come.iter().filter(|is| fits(was.1, is.1));
            let (is, none) = (fitting.next()?, fitting.next());
            let rivals = gone.iter().filter(|was| fits(was.1, is.1)).count();
            (none.is_none() && rivals == 1).then_some((was.1, is.1))
        };
        gone.iter().filter_map(pair).collect()
    }

    fn tag(&mut self, subject: &Subject, was: &Tag, is: &Tag) {
        let at = member(
            subject,
            Some((&was.name, was.span)),
            Some((&is.name, is.span)),
        );
        let at = Subject {
            mark: mark(&was.annotations),
            ..at
        };
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
        let names = |list: Vec<Declared<'a>>| {
            let mut names: Vec<_> = list.into_iter().map(|it| it.1.name.as_str()).collect();
            names.sort_unstable();
            names
        };
        if !same && names(declared(self.old, was)) == names(declared(self.new, is)) {
            let name = |api: &Api, id: Option<UnionId>| {
                id.map_or("none".to_owned(), |id| Def::Union(id).name(api))
            };
            let detail = format!("{} to {}", name(self.old, old), name(self.new, new));
            self.push(Rule::UnionParentChanged, subject, detail);
        }
    }
}

fn declared(api: &Api, id: UnionId) -> Vec<Declared<'_>> {
    let line = api.union_lineage(id).into_iter();
    line.flat_map(|id| api[id].tags.iter().map(move |tag| (id, tag)))
        .collect()
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

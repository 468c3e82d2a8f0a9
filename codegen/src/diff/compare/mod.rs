//! One walk over two specs.
//!
//! In: two specs and their pairs. Out: [`Fact`]s, in the order of namespaces and names. A change inside of a type is one
//! fact at that type, whatever uses it.

mod annotations;
mod attributes;
mod constraints;
mod members;
mod routes;
mod structs;
mod types;
mod unions;

use std::collections::{BTreeMap, HashSet};

use stone_parser::ir::{Api, Doc, Example, Namespace, StructId, Type};
use stone_parser::source::Span;

use self::members::Place;
use super::fact::{Fact, Owner, Subject};
use super::pairs::{Def, Pairs, route_name, same_but_case};
use super::reach::Reach;
use super::rules::Rule;
use super::text::{counted, stone};
use super::verdict::{Positions, Wire};

/// Collects facts.
pub struct Walk<'a> {
    old: &'a Api,
    new: &'a Api,
    reach: (&'a Reach<'a>, &'a Reach<'a>),
    pairs: &'a Pairs,
    /// Structs that are payloads which may be null, in the new spec.
    nullable_payloads: HashSet<StructId>,
    facts: Vec<Fact>,
}

/// Everything that is different.
pub fn compare(
    (old, old_reach): (&Api, &Reach<'_>),
    (new, new_reach): (&Api, &Reach<'_>),
    pairs: &Pairs,
) -> Vec<Fact> {
    let mut walk = Walk {
        old,
        new,
        reach: (old_reach, new_reach),
        pairs,
        nullable_payloads: nullable_payloads(new),
        facts: Vec::new(),
    };
    walk.namespaces();
    walk.definitions();
    walk.routes();
    walk.annotations();
    walk.schema();
    walk.facts
}

fn by_name(api: &Api) -> BTreeMap<&str, &Namespace> {
    let all = api.namespaces.iter();
    all.map(|namespace| (namespace.name.as_str(), namespace))
        .collect()
}

fn nullable_payloads(api: &Api) -> HashSet<StructId> {
    let payloads = api
        .unions
        .iter()
        .flat_map(|it| &it.tags)
        .map(|tag| api.strip(&tag.ty));
    let structs = payloads.filter_map(|payload| match payload {
        (Type::Struct(id), true) => Some(*id),
        _ => None,
    });
    structs.collect()
}

impl<'a> Walk<'a> {
    /// A definition where it was and where it is.
    fn places(&self, was: Def, is: Def) -> (Place<'a>, Place<'a>) {
        let place = |api, def| Place { api, def };
        (place(self.old, was), place(self.new, is))
    }

    fn push(&mut self, rule: Rule, subject: &Subject, detail: impl Into<String>) {
        self.facts.push(Fact {
            rule,
            subject: subject.clone(),
            detail: detail.into(),
            wire: None,
            at: None,
        });
    }

    fn push_wire(&mut self, rule: Rule, subject: &Subject, detail: String, wire: (Wire, Wire)) {
        self.push(rule, subject, detail);
        if let Some(fact) = self.facts.last_mut() {
            fact.wire = Some(wire);
        }
    }

    fn push_at(&mut self, rule: Rule, subject: &Subject, detail: String, at: Positions) {
        self.push(rule, subject, detail);
        if let Some(fact) = self.facts.last_mut() {
            fact.at = Some(at);
        }
    }

    fn namespaces(&mut self) {
        let (old, new) = (by_name(self.old), by_name(self.new));
        for (name, was) in &old {
            let subject = other(name, name);
            match new.get(name) {
                None => {
                    let detail = contents(self.old, was);
                    let wire = if was.routes.is_empty() {
                        Wire::Fine
                    } else {
                        Wire::Breaks
                    };
                    let rule = Rule::NamespaceRemoved;
                    self.push_wire(rule, &subject, detail, (wire, wire));
                }
                Some(is) => self.doc(Rule::NamespaceDoc, &subject, &was.doc, &is.doc),
            }
        }
        for (name, is) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            self.push(
                Rule::NamespaceAdded,
                &other(name, name),
                contents(self.new, is),
            );
        }
    }

    fn definitions(&mut self) {
        let pairs = self.pairs;
        for (was, is) in &pairs.types {
            self.renamed(*was, *is);
            match (*was, *is) {
                (Def::Struct(was), Def::Struct(is)) => self.structs(was, is),
                (Def::Union(was), Def::Union(is)) => self.unions(was, is),
                (Def::Alias(was), Def::Alias(is)) => self.aliases(was, is),
                _ => {}
            }
        }
        for (was, is) in &pairs.kinds {
            let subject = self.subject(Some(*was), Some(*is));
            self.push(
                Rule::TypeKind,
                &subject,
                format!("{} to {}", was.kind(), is.kind()),
            );
        }
        for was in &pairs.removed {
            if self.has_namespace(self.new, was.parts(self.old).0) {
                let subject = self.subject(Some(*was), None);
                self.push(Rule::TypeRemoved, &subject, was.kind());
            }
        }
        for is in &pairs.added {
            if self.has_namespace(self.old, is.parts(self.new).0) {
                let subject = self.subject(None, Some(*is));
                self.push(Rule::TypeAdded, &subject, is.kind());
            }
        }
    }

    /// Contents of namespaces that come or go are not listed one by one.
    fn has_namespace(&self, api: &Api, name: &str) -> bool {
        api.namespaces
            .iter()
            .any(|namespace| namespace.name == name)
    }

    fn renamed(&mut self, was: Def, is: Def) {
        let (old, new) = (was.parts(self.old), is.parts(self.new));
        if old == new {
            return;
        }
        let rule = if old.0 != new.0 {
            Rule::TypeMoved
        } else {
            Rule::TypeRenamed
        };
        let detail = format!("{} to {}", was.name(self.old), is.name(self.new));
        let subject = self.subject(Some(was), Some(is));
        match old.0 == new.0 && same_but_case(old.1, new.1) {
            true => self.push_wire(
                Rule::CaseChanged,
                &subject,
                detail,
                (Wire::Fine, Wire::Fine),
            ),
            false => self.push(rule, &subject, detail),
        }
    }

    fn aliases(&mut self, was: stone_parser::ir::AliasId, is: stone_parser::ir::AliasId) {
        let subject = self.subject(Some(Def::Alias(was)), Some(Def::Alias(is)));
        let (was, is) = (&self.old[was], &self.new[is]);
        self.doc(Rule::TypeDoc, &subject, &was.doc, &is.doc);
        self.annotated(
            &subject,
            (&was.redactor, &was.custom),
            (&is.redactor, &is.custom),
        );
        self.types(&subject, &was.ty, &is.ty);
    }

    fn subject(&self, was: Option<Def>, is: Option<Def>) -> Subject {
        let shown = is
            .map(|def| (self.new, def))
            .or(was.map(|def| (self.old, def)));
        let (namespace, name) = shown.map_or_else(Default::default, |(api, def)| {
            (def.parts(api).0.to_owned(), def.name(api))
        });
        Subject {
            namespace,
            name,
            owner: Owner::Type(was, is),
            member: None,
            old: was.map(|def| span(self.old, def)),
            new: is.map(|def| span(self.new, def)),
            mark: None,
        }
    }

    /// Whether arguments can hold the subject, before or now.
    fn in_argument(&self, subject: &Subject) -> bool {
        let Owner::Type(was, is) = subject.owner else {
            return false;
        };
        was.is_some_and(|def| self.reach.0.positions(def).argument)
            || is.is_some_and(|def| self.reach.1.positions(def).argument)
    }

    /// Where values travel that gain or lose a member of this name: those of the definition, and those of its heirs that
    /// do not have it otherwise.
    fn carried(&self, subject: &Subject, name: &str) -> Positions {
        let mut all = Positions::default();
        let Owner::Type(Some(old), Some(new)) = subject.owner else {
            return all;
        };
        for (was, is) in &self.pairs.types {
            let touched = has_member(self.old, *was, name) != has_member(self.new, *is, name);
            let is_heir = |api: &Api, def: Def, of: Def| def.lineage(api).contains(&of);
            if touched && (is_heir(self.old, *was, old) || is_heir(self.new, *is, new)) {
                all = all
                    .union(self.reach.0.values(*was))
                    .union(self.reach.1.values(*is));
            }
        }
        all
    }

    fn doc(&mut self, rule: Rule, subject: &Subject, was: &Option<Doc>, is: &Option<Doc>) {
        let text = |doc: &Option<Doc>| doc.as_ref().map(|doc| doc.text.clone());
        if text(was) != text(is) {
            let detail = match (was, is) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            };
            self.push(rule, subject, detail);
        }
    }

    fn examples(&mut self, subject: &Subject, was: &[Example], is: &[Example]) {
        let text = |example: &Example| example.text.as_ref().map(|doc| doc.text.clone());
        let find = |list: &'_ [Example], label: &str| -> Option<usize> {
            list.iter().position(|example| example.label == label)
        };
        let mut changed = Vec::new();
        for old in was {
            match find(is, &old.label).and_then(|at| is.get(at)) {
                None => changed.push(format!("{} removed", old.label)),
                Some(new) if (text(old), &old.value) != (text(new), &new.value) => {
                    changed.push(format!("{} changed", old.label));
                }
                Some(_) => {}
            }
        }
        let added = is.iter().filter(|new| find(was, &new.label).is_none());
        changed.extend(added.map(|new| format!("{} added", new.label)));
        if !changed.is_empty() {
            self.push(Rule::ExampleChanged, subject, changed.join(", "));
        }
    }
}

fn has_member(api: &Api, def: Def, name: &str) -> bool {
    match def {
        Def::Struct(id) => api.all_fields(id).any(|field| field.name == name),
        Def::Union(id) => api.all_tags(id).any(|tag| tag.name == name),
        Def::Alias(_) => false,
    }
}

/// A subject that has no Rust of its own.
fn other(namespace: &str, name: &str) -> Subject {
    Subject {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        owner: Owner::Other,
        member: None,
        old: None,
        new: None,
        mark: None,
    }
}

fn span(api: &Api, def: Def) -> Span {
    match def {
        Def::Struct(id) => api[id].span,
        Def::Union(id) => api[id].span,
        Def::Alias(id) => api[id].span,
    }
}

/// What a namespace holds, in a line.
fn contents(api: &Api, namespace: &Namespace) -> String {
    let types = namespace.structs.len() + namespace.unions.len() + namespace.aliases.len();
    let routes: Vec<_> = namespace
        .routes
        .iter()
        .map(|id| route_name(api, *id))
        .collect();
    match routes.len() {
        0 => counted(types, "type"),
        count => format!(
            "{}, {}: {}",
            counted(types, "type"),
            counted(count, "route"),
            routes.join(", ")
        ),
    }
}

/// From one type to another.
fn change(walk: &Walk<'_>, was: &Type, is: &Type) -> String {
    format!("{} to {}", stone(walk.old, was), stone(walk.new, is))
}

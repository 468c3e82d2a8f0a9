//! Routes: what comes, goes and changes of their signatures.
//!
//! In: the routes of both specs. Out: facts about them. In arguments old senders decide, in answers old receivers.

use stone_parser::ir::{Api, RouteId, Type};

use super::{Walk, change};
use crate::diff::fact::{Mark, Owner, Subject};
use crate::diff::pairs::{route_name, same_but_case};
use crate::diff::rules::{Area, Rule};
use crate::diff::text::stone;
use crate::diff::verdict::{Positions, Wire};

/// Calls as such are what clients send.
pub const CALL: Positions = Positions {
    argument: true,
    result: false,
    error: false,
};
const RESULT: Positions = Positions {
    argument: false,
    result: true,
    error: false,
};
const ERROR: Positions = Positions {
    argument: false,
    result: false,
    error: true,
};

impl Walk<'_> {
    pub(super) fn routes(&mut self) {
        let pairs = self.pairs;
        for (was, is) in &pairs.routes {
            self.route(*was, *is);
        }
        let (mut gone, mut come) = (pairs.removed_routes.clone(), pairs.added_routes.clone());
        for was in &pairs.removed_routes {
            let twin = come.iter().position(|is| self.is_other_version(*was, *is));
            if let Some(at) = twin {
                let is = come.remove(at);
                gone.retain(|id| id != was);
                let subject = self.route_subject(Some(*was), Some(is));
                let detail = format!(
                    "{} to {}",
                    route_name(self.old, *was),
                    route_name(self.new, is)
                );
                self.push_at(Rule::RouteVersion, &subject, detail, CALL);
            }
        }
        for was in gone {
            if self.has_namespace(self.new, &self.old[self.old[was].namespace].name) {
                let subject = self.route_subject(Some(was), None);
                self.push_at(Rule::RouteRemoved, &subject, signature(self.old, was), CALL);
            }
        }
        for is in come {
            if self.has_namespace(self.old, &self.new[self.new[is].namespace].name) {
                let subject = self.route_subject(None, Some(is));
                self.push_at(Rule::RouteAdded, &subject, signature(self.new, is), CALL);
            }
        }
    }

    fn is_other_version(&self, was: RouteId, is: RouteId) -> bool {
        let (old, new) = (&self.old[was], &self.new[is]);
        let namespace = self.old[old.namespace].name == self.new[new.namespace].name;
        namespace && old.name == new.name
    }

    fn route_subject(&self, was: Option<RouteId>, is: Option<RouteId>) -> Subject {
        let shown = is.map(|id| (self.new, id)).or(was.map(|id| (self.old, id)));
        let (namespace, name) = shown.map_or_else(Default::default, |(api, id)| {
            (api[api[id].namespace].name.clone(), route_name(api, id))
        });
        let mark = was.and_then(|id| {
            let preview = self.attribute(self.old, id, "is_preview") == "true";
            let deprecated = self.old[id].deprecated.is_some();
            preview
                .then_some(Mark::Preview)
                .or(deprecated.then_some(Mark::Deprecated))
        });
        Subject {
            namespace,
            name,
            owner: Owner::Route(was, is),
            member: None,
            old: was.map(|id| self.old[id].span),
            new: is.map(|id| self.new[id].span),
            mark,
        }
    }

    fn route(&mut self, was: RouteId, is: RouteId) {
        let subject = self.route_subject(Some(was), Some(is));
        let (old, new) = (&self.old[was], &self.new[is]);
        if old.name != new.name || self.old[old.namespace].name != self.new[new.namespace].name {
            let detail = format!(
                "{} to {}",
                route_name(self.old, was),
                route_name(self.new, is)
            );
            let rule = match same_but_case(&old.name, &new.name) {
                true => Rule::CaseChanged,
                false => Rule::RouteRenamed,
            };
            // `x_v2` and `x:2` are two ways to write one URL.
            match self.old.url_path(was) == self.new.url_path(is) {
                true => self.push_wire(rule, &subject, detail, (Wire::Nothing, Wire::Fine)),
                false => self.push_at(rule, &subject, detail, CALL),
            }
        }
        self.doc(Rule::RouteDoc, &subject, &old.doc, &new.doc);
        self.argument(&subject, &old.arg, &new.arg);
        self.result(&subject, &old.result, &new.result);
        self.error(&subject, &old.error, &new.error);
        self.deprecation(&subject, was, is);
        self.attributes(&subject, was, is);
    }

    fn argument(&mut self, subject: &Subject, was: &Type, is: &Type) {
        let detail = change(self, was, is);
        let (old, new) = (self.old.unalias(was), self.new.unalias(is));
        let rule = match (old, new) {
            (Type::Void, Type::Void) => return,
            (Type::Void, _) if self.can_be_empty(new) => Rule::ArgumentFromVoid,
            (Type::Void, _) => Rule::ArgumentAdded,
            (_, Type::Void) => Rule::ArgumentRemoved,
            _ => {
                let (inner, outer) = (self.old.strip(was), self.new.strip(is));
                let wire = match (inner.1, outer.1) {
                    (false, true) => Some((Wire::Breaks, Wire::Fine)),
                    (true, false) => Some((Wire::Fine, Wire::Breaks)),
                    _ => None,
                };
                if let Some(wire) = wire {
                    self.push_wire(Rule::ArgumentNullable, subject, detail, wire);
                    self.place(CALL);
                }
                return self.replaced_type(Rule::ArgumentChanged, subject, inner.0, outer.0, CALL);
            }
        };
        self.push_at(rule, subject, detail, CALL);
    }

    fn can_be_empty(&self, ty: &Type) -> bool {
        match self.new.strip(ty).0 {
            Type::Struct(id) if self.new[*id].subtypes.is_none() => {
                self.new.all_fields(*id).all(|field| !field.required)
            }
            _ => false,
        }
    }

    fn result(&mut self, subject: &Subject, was: &Type, is: &Type) {
        let rule = match (self.old.unalias(was), self.new.unalias(is)) {
            (Type::Void, Type::Void) => return,
            (Type::Void, _) => Rule::ResultAdded,
            (_, Type::Void) => Rule::ResultRemoved,
            _ => return self.replaced_type(Rule::ResultChanged, subject, was, is, RESULT),
        };
        self.push_at(rule, subject, change(self, was, is), RESULT);
    }

    fn error(&mut self, subject: &Subject, was: &Type, is: &Type) {
        match (self.old.unalias(was), self.new.unalias(is)) {
            (Type::Void, Type::Void) => {}
            (Type::Void, _) | (_, Type::Void) => {
                self.push_at(Rule::ErrorVoid, subject, change(self, was, is), ERROR);
            }
            _ => self.replaced_type(Rule::ErrorChanged, subject, was, is, ERROR),
        }
    }

    /// A type that was put in the place of another. What it means is what the differences between them mean.
    fn replaced_type(
        &mut self,
        rule: Rule,
        subject: &Subject,
        was: &Type,
        is: &Type,
        at: Positions,
    ) {
        let found = self.differences(was, is);
        let detail = change(self, was, is);
        let worst = |side: fn(Rule) -> Wire| found.iter().map(|it| side(it.rule)).max();
        let (Some(receivers), Some(senders)) = (worst(Rule::receivers), worst(Rule::senders))
        else {
            if was_spelled_otherwise(self.old, was, self.new, is) {
                self.push_at(Rule::AliasSpelling, subject, detail, at);
            }
            return;
        };
        let rule = if found.iter().all(|it| it.rule == Rule::SameShape) {
            Rule::RouteTypeRenamed
        } else if found.iter().all(|it| it.rule.area() == Area::Constraints) {
            found[0].rule
        } else {
            rule
        };
        let reasons: Vec<_> = found.iter().map(|it| it.rule.title()).collect();
        let detail = format!("{detail}: {}", reasons.join(", "));
        self.push_wire(rule, subject, detail, (receivers, senders));
        self.place(at);
    }

    /// Says where the last fact travels.
    fn place(&mut self, at: Positions) {
        if let Some(fact) = self.facts.last_mut() {
            fact.at = Some(at);
        }
    }

    fn deprecation(&mut self, subject: &Subject, was: RouteId, is: RouteId) {
        let by = |api: &Api, id: RouteId| {
            let deprecated = api[id].deprecated.as_ref()?;
            Some(deprecated.by.map(|by| route_name(api, by)))
        };
        let text = |by: Option<String>| by.unwrap_or_else(|| "nothing".to_owned());
        let (rule, detail) = match (by(self.old, was), by(self.new, is)) {
            (old, new) if old == new => return,
            (Some(_), None) => (Rule::DeprecationLifted, String::new()),
            (_, new) => (Rule::RouteDeprecated, format!("by {}", text(new.flatten()))),
        };
        self.push_at(rule, subject, detail, CALL);
    }
}

fn was_spelled_otherwise(old: &Api, was: &Type, new: &Api, is: &Type) -> bool {
    let alias = |ty: &Type| matches!(ty, Type::Alias(_));
    (alias(was) || alias(is)) && stone(old, was) != stone(new, is)
}

/// Such as `(Arg, Result, Error)`.
fn signature(api: &Api, id: RouteId) -> String {
    let route = &api[id];
    let types = [&route.arg, &route.result, &route.error].map(|ty| stone(api, ty));
    format!("({})", types.join(", "))
}

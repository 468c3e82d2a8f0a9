//! From facts to findings: what each means where it is, and what the generated crate makes of it.
//!
//! In: facts, reach and surfaces of both specs. Out: [`Finding`]s. Rules say the most that a fact can mean for Rust; the
//! surface says what it does mean. What the surface shows and no fact explains becomes a finding of its own, so that no
//! break of a program goes unreported.

use std::collections::BTreeMap;

use super::fact::{Fact, Mark, Owner, Subject};
use super::pairs::{Def, Pairs, route_name};
use super::reach::Reach;
use super::rules::{Area, Rule};
use super::surface::{COPY, Comparison, DEFAULT, Item, KEPT, Moved, NAME, NEW, SETTER, Surface};
use super::verdict::{Bump, Positions, Severity, Wire, severity};
use super::{Finding, Location, Side};

/// What came, went or changed of an owner's surface.
#[derive(Debug, Default)]
struct Shift {
    own: Vec<Moved>,
    /// By the names of members before and now.
    members: BTreeMap<(String, String), Vec<Moved>>,
}

/// Judges facts about two specs.
pub struct Judge<'a> {
    old: Side<'a>,
    new: Side<'a>,
    reach: (&'a Reach<'a>, &'a Reach<'a>),
    shifts: BTreeMap<Owner, Shift>,
    /// Owners by what they are now.
    owners: BTreeMap<Def, Owner>,
}

impl<'a> Judge<'a> {
    /// Compares the surfaces.
    pub fn new(
        old: Side<'a>,
        new: Side<'a>,
        reach: (&'a Reach<'a>, &'a Reach<'a>),
        pairs: &Pairs,
        facts: &[Fact],
    ) -> Self {
        let (before, after) = (Surface::new(old.api), Surface::new(new.api));
        let comparison = Comparison {
            old: old.api,
            new: new.api,
            pairs,
        };
        let mut shifts = BTreeMap::new();
        for (was, is) in &pairs.types {
            let owner = Owner::Type(Some(*was), Some(*is));
            let items = (before.definition(*was), after.definition(*is));
            shifts.insert(
                owner,
                shift(&comparison, &items.0, &items.1, renames(facts, owner)),
            );
        }
        for fact in facts {
            // A new version may take the place of an old one.
            if let Owner::Route(Some(was), Some(is)) = fact.subject.owner {
                let items = (before.route(was), after.route(is));
                let moved = shift(&comparison, &items.0, &items.1, Vec::new());
                shifts.insert(fact.subject.owner, moved);
            }
        }
        for (was, is) in &pairs.routes {
            let owner = Owner::Route(Some(*was), Some(*is));
            let items = (before.route(*was), after.route(*is));
            shifts
                .entry(owner)
                .or_insert_with(|| shift(&comparison, &items.0, &items.1, Vec::new()));
        }
        let owner = |(was, is): (&Def, &Def)| (*is, Owner::Type(Some(*was), Some(*is)));
        let owners = pairs.types.iter().map(owner).collect();
        shifts.retain(|_, shift| !shift.own.is_empty() || !shift.members.is_empty());
        Self {
            old,
            new,
            reach,
            shifts,
            owners,
        }
    }

    /// All findings.
    pub fn findings(&self, facts: &[Fact]) -> Vec<Finding> {
        let mut findings: Vec<_> = facts.iter().map(|fact| self.finding(fact)).collect();
        let mut by_owner: BTreeMap<Owner, Vec<(&Fact, Bump)>> = BTreeMap::new();
        for (fact, finding) in facts.iter().zip(&findings) {
            by_owner
                .entry(fact.subject.owner)
                .or_default()
                .push((fact, finding.rust));
        }
        for (owner, shift) in &self.shifts {
            let family = self.family(*owner).into_iter();
            let known: Vec<_> = family
                .filter_map(|owner| by_owner.get(&owner))
                .flatten()
                .copied()
                .collect();
            let unexplained = self.unexplained(*owner, shift, &known);
            findings.extend(unexplained.iter().map(|fact| self.finding(fact)));
        }
        findings
    }

    /// An owner and its ancestors, whose members it has, too.
    fn family(&self, owner: Owner) -> Vec<Owner> {
        let (Owner::Type(_, Some(def)), api) = (owner, self.new.api) else {
            return vec![owner];
        };
        let line = def.lineage(api);
        let owners = line.into_iter().filter_map(|def| self.owners.get(&def));
        owners.copied().collect()
    }

    fn finding(&self, fact: &Fact) -> Finding {
        let Fact { rule, subject, .. } = fact;
        let (receivers, senders) = fact.wire.unwrap_or((rule.receivers(), rule.senders()));
        let positions = fact.at.unwrap_or_else(|| self.positions(subject.owner));
        let raw = match fact.at {
            // Namespaces, annotations and attributes travel nowhere, but what goes with them may.
            None if subject.owner == Owner::Other => {
                let everywhere = Positions {
                    argument: true,
                    result: true,
                    error: true,
                };
                severity(receivers, senders, everywhere)
            }
            _ => severity(receivers, senders, positions),
        };
        let raw = if rule.is_note() && fact.wire.is_none() {
            Severity::Note
        } else {
            raw
        };
        let rust = self.rust(fact);
        let mark = subject.mark.filter(|mark| match mark {
            Mark::Preview => true,
            Mark::Deprecated => rule.is_farewell(),
        });
        let preview = mark == Some(Mark::Preview);
        Finding {
            rule: *rule,
            id: format!("{} {}", rule.id(), subject.name),
            namespace: subject.namespace.clone(),
            subject: subject.name.clone(),
            detail: fact.detail.clone(),
            receivers,
            senders,
            rust,
            bump: if preview { rust.min(Bump::Minor) } else { rust },
            raw_severity: raw,
            severity: if mark.is_some() { raw.milder() } else { raw },
            positions,
            path: self.path(subject.owner),
            mark: subject.mark,
            old: subject
                .old
                .map(|span| Location::new(self.old.sources, span)),
            new: subject
                .new
                .map(|span| Location::new(self.new.sources, span)),
            allowed: None,
        }
    }

    fn positions(&self, owner: Owner) -> Positions {
        let Owner::Type(was, is) = owner else {
            return Positions::default();
        };
        let old = was
            .map(|def| self.reach.0.positions(def))
            .unwrap_or_default();
        old.union(
            is.map(|def| self.reach.1.positions(def))
                .unwrap_or_default(),
        )
    }

    fn path(&self, owner: Owner) -> Option<String> {
        let Owner::Type(was, is) = owner else {
            return None;
        };
        let new = is.and_then(|def| self.reach.1.path(def));
        new.or_else(|| was.and_then(|def| self.reach.0.path(def)))
    }

    /// The most that the rule allows, as far as the surface shows it.
    fn rust(&self, fact: &Fact) -> Bump {
        let (rule, subject) = (fact.rule, &fact.subject);
        let is_pair = matches!(
            subject.owner,
            Owner::Type(Some(_), Some(_)) | Owner::Route(Some(_), Some(_))
        );
        if rule.rust() < Bump::Major
            || rule.is_removal()
            || rule.area() == Area::Names && rule != Rule::CaseChanged
        {
            return rule.rust();
        }
        if !is_pair {
            return rule.rust();
        }
        let Some(shift) = self.shifts.get(&subject.owner) else {
            return Bump::Patch;
        };
        let own = shift.own.iter();
        let of_member = subject
            .member
            .as_ref()
            .and_then(|member| shift.members.get(member));
        let all = own.chain(of_member.into_iter().flatten());
        all.map(|moved| moved.bump).max().unwrap_or(Bump::Patch)
    }

    /// What the surface shows and no fact explains, and what is worth saying beside the fact that explains it.
    fn unexplained(&self, owner: Owner, shift: &Shift, known: &[(&Fact, Bump)]) -> Vec<Fact> {
        let gained_or_lost = shift
            .own
            .iter()
            .any(|moved| moved.key == NEW && is_presence(moved));
        let mut found = Vec::new();
        for moved in &shift.own {
            let explained = known.iter().any(|(_, bump)| *bump >= moved.bump);
            let rule = hazard(moved);
            if says_more(rule) || !explained {
                found.push(self.hazard(rule, owner, None, moved));
            }
        }
        for (member, shifts) in &shift.members {
            let of_member =
                |fact: &Fact| fact.subject.member.as_ref().is_none_or(|it| it == member);
            for moved in shifts
                .iter()
                .filter(|moved| !(gained_or_lost && moved.key == SETTER))
            {
                let mut known = known.iter().filter(|(fact, _)| of_member(fact));
                if !known.any(|(_, bump)| *bump >= moved.bump) {
                    found.push(self.hazard(hazard(moved), owner, Some(member), moved));
                }
            }
        }
        let mut said = Vec::new();
        found.retain(|fact| {
            let key = (fact.rule, fact.subject.name.clone());
            let is_new = !said.contains(&key);
            said.push(key);
            is_new
        });
        found
    }

    fn hazard(
        &self,
        rule: Rule,
        owner: Owner,
        member: Option<&(String, String)>,
        moved: &Moved,
    ) -> Fact {
        let (namespace, name) = self.name(owner);
        let detail = match (&moved.old, &moved.new) {
            (Some(old), Some(new)) if old != new => format!("{}: {old} to {new}", moved.key),
            (Some(_), Some(_)) => format!("{} takes or gives another type", moved.key),
            (None, _) => format!("{} is there", moved.key),
            (Some(_), None) => format!("{} is gone", moved.key),
        };
        let subject = Subject {
            namespace,
            name: member.map_or(name.clone(), |(_, is)| format!("{name}.{is}")),
            owner,
            member: member.cloned(),
            old: None,
            new: self.span(owner),
            mark: None,
        };
        Fact {
            rule,
            subject,
            detail,
            wire: Some((Wire::Fine, Wire::Fine)),
            at: None,
        }
    }

    fn name(&self, owner: Owner) -> (String, String) {
        match owner {
            Owner::Type(_, Some(def)) => {
                (def.parts(self.new.api).0.to_owned(), def.name(self.new.api))
            }
            Owner::Route(_, Some(id)) => {
                let api = self.new.api;
                (api[api[id].namespace].name.clone(), route_name(api, id))
            }
            _ => Default::default(),
        }
    }

    fn span(&self, owner: Owner) -> Option<stone_parser::source::Span> {
        let api = self.new.api;
        match owner {
            Owner::Type(_, Some(Def::Struct(id))) => Some(api[id].span),
            Owner::Type(_, Some(Def::Union(id))) => Some(api[id].span),
            Owner::Type(_, Some(Def::Alias(id))) => Some(api[id].span),
            Owner::Route(_, Some(id)) => Some(api[id].span),
            _ => None,
        }
    }
}

/// Members that were renamed, by their old names.
fn renames(facts: &[Fact], owner: Owner) -> Vec<(String, String)> {
    let of_owner = facts.iter().filter(|fact| fact.subject.owner == owner);
    let members = of_owner.filter_map(|fact| fact.subject.member.clone());
    members.filter(|(was, is)| was != is).collect()
}

fn shift(
    comparison: &Comparison<'_>,
    was: &Item<'_>,
    is: &Item<'_>,
    renames: Vec<(String, String)>,
) -> Shift {
    let own = comparison.moved(&was.own, &is.own);
    let mut members = BTreeMap::new();
    let new_name = |old: &String| {
        let renamed = renames.iter().find(|(was, _)| was == old);
        renamed.map_or_else(|| old.clone(), |(_, is)| is.clone())
    };
    for (old, pieces) in &was.members {
        let new = new_name(old);
        let now = is.members.get(&new).map_or(&[][..], Vec::as_slice);
        members.insert((old.clone(), new), comparison.moved(pieces, now));
    }
    for (new, pieces) in &is.members {
        if !members.keys().any(|(_, is)| is == new) {
            members.insert((new.clone(), new.clone()), comparison.moved(&[], pieces));
        }
    }
    members.retain(|_, moved| !moved.is_empty());
    Shift { own, members }
}

fn is_presence(moved: &Moved) -> bool {
    moved.old.is_none() || moved.new.is_none()
}

fn hazard(moved: &Moved) -> Rule {
    let lost = moved.new.is_none();
    let kept = |word: &str| {
        [&moved.old, &moved.new]
            .into_iter()
            .flatten()
            .any(|text| text.contains(word))
    };
    match (moved.key.as_str(), moved.bump) {
        (NAME, Bump::Major) if !lost => Rule::RustNameChanged,
        (KEPT, Bump::Major) if kept("held") => Rule::Held,
        (KEPT, Bump::Major) if kept("boxed") => Rule::Boxed,
        (DEFAULT, Bump::Major) => Rule::DefaultLost,
        (DEFAULT, _) => Rule::DefaultGained,
        (COPY, Bump::Major) => Rule::CopyLost,
        (NEW, Bump::Major) if lost => Rule::SettersLost,
        (NEW, Bump::Minor) => Rule::SettersGained,
        (_, Bump::Major) => Rule::SurfaceChanged,
        _ => Rule::SurfaceGrew,
    }
}

/// Consequences that are worth a line beside what they follow from.
fn says_more(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::DefaultLost
            | Rule::DefaultGained
            | Rule::CopyLost
            | Rule::SettersGained
            | Rule::SettersLost
    )
}

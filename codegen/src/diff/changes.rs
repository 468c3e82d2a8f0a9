//! Which declarations changed, by name, for whoever writes a spec anew.
//!
//! In: facts and pairs. Out: [`Changes`].

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{Fact, Owner};
use super::pairs::{Def, Pairs};
use super::reach::{self, Reach};
use super::{Side, compare};
use crate::merge::Key;

/// Names of both specs.
#[derive(Debug, Default)]
pub struct Changes {
    /// What our declarations are called in theirs.
    names: BTreeMap<Key, Key>,
    /// Declarations of theirs that are not as ours.
    changed: BTreeSet<Key>,
    /// Members that have another name: by the declaration of theirs and the old name.
    members: BTreeMap<(Key, String), String>,
}

/// Compares two specs for their facts; descriptions and examples do not count.
pub fn changes(old: Side<'_>, new: Side<'_>) -> Changes {
    let pairs = Pairs::new(old.api, new.api);
    let reach = (Reach::new(old.api), Reach::new(new.api));
    let facts = compare::compare((old.api, &reach.0), (new.api, &reach.1), &pairs);
    let mut changes = Changes::default();
    changes.name(old, new, &pairs);
    let of_facts = facts.iter().filter(|fact| !fact.rule.is_text());
    of_facts.for_each(|fact| changes.add(new, fact));
    changes.name_anew(old, new, &pairs);
    changes
}

fn definition(side: Side<'_>, def: Def) -> Key {
    let (namespace, name) = def.parts(side.api);
    Key::definition(namespace, name)
}

fn route(side: Side<'_>, id: stone_parser::ir::RouteId) -> Key {
    let route = &side.api[id];
    Key::route(&side.api[route.namespace].name, &route.name, route.version)
}

impl Changes {
    fn name(&mut self, old: Side<'_>, new: Side<'_>, pairs: &Pairs) {
        let pairs_of_one_kind = pairs.types.iter().map(|(was, is)| (*was, *is));
        for (was, is) in pairs_of_one_kind.chain(pairs.kinds.iter().copied()) {
            self.names.insert(definition(old, was), definition(new, is));
        }
        for (was, is) in &pairs.routes {
            self.names.insert(route(old, *was), route(new, *is));
        }
        for key in annotations(old) {
            if annotations(new).contains(&key) {
                self.names.insert(key.clone(), key);
            }
        }
        if !old.api.route_schema.is_empty() && !new.api.route_schema.is_empty() {
            let key = Key::definition("stone_cfg", "Route");
            self.names.insert(key.clone(), key);
        }
    }

    fn add(&mut self, new: Side<'_>, fact: &Fact) {
        let key = match fact.subject.owner {
            Owner::Type(_, Some(def)) => definition(new, def),
            Owner::Route(_, Some(id)) => route(new, id),
            // Annotations, and `stone_cfg.Route` with an attribute behind it.
            Owner::Other => match fact.subject.name.split('.').collect::<Vec<_>>()[..] {
                [namespace, name, ..] => Key::definition(namespace, name),
                _ => return,
            },
            _ => return,
        };
        if let Some((was, is)) = &fact.subject.member
            && was != is
        {
            self.members.insert((key.clone(), was.clone()), is.clone());
        }
        self.changed.insert(key);
    }

    /// Whoever names something that has another name now has to be written anew, too.
    fn name_anew(&mut self, old: Side<'_>, new: Side<'_>, pairs: &Pairs) {
        let moved = |(was, is): &(&Def, &Def)| definition(old, **was) != definition(new, **is);
        let renamed: BTreeSet<Def> = pairs
            .types
            .iter()
            .filter(moved)
            .map(|(_, is)| *is)
            .collect();
        let names = |def| {
            reach::names(new.api, def)
                .iter()
                .any(|other| renamed.contains(other))
        };
        for is in pairs.types.values().filter(|def| names(**def)) {
            self.changed.insert(definition(new, *is));
        }
        for id in pairs.routes.values() {
            let types = [&new.api[*id].arg, &new.api[*id].result, &new.api[*id].error];
            let mut defs = types.into_iter().filter_map(reach::named);
            if defs.any(|def| renamed.contains(&def)) {
                self.changed.insert(route(new, *id));
            }
        }
    }

    /// What one of our declarations is called in theirs, if it is there.
    pub fn renamed(&self, key: &Key) -> Option<Key> {
        self.names.get(key).cloned()
    }

    /// Whether one of our declarations is not as theirs.
    pub fn has_changed(&self, key: &Key) -> bool {
        self.names
            .get(key)
            .is_none_or(|key| self.changed.contains(key))
    }

    /// What a member of a declaration of theirs is called that had this name.
    pub fn member(&self, key: &Key, name: &str) -> String {
        let renamed = self.members.get(&(key.clone(), name.to_owned()));
        renamed.map_or_else(|| name.to_owned(), Clone::clone)
    }
}

fn annotations(side: Side<'_>) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    for namespace in &side.api.namespaces {
        let defined = namespace.annotations.iter().map(|id| &side.api[*id].name);
        let types = namespace
            .annotation_types
            .iter()
            .map(|id| &side.api[*id].name);
        keys.extend(
            defined
                .chain(types)
                .map(|name| Key::definition(&namespace.name, name)),
        );
    }
    keys
}

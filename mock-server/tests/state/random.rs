//! Any argument that fits its type gets an answer that fits its, in any order of calls.
//!
//! Arguments are made from the types; where a field is called like one of an earlier answer, its value may be taken from
//! there, so that calls find what others made.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use mock_server::state::{Answered, Asked, Caller, World};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stone_parser::ir::{Api, Type};

use crate::bench::{Bench, USER, api};

/// Values that answers held, by the names of their fields.
type Seen = BTreeMap<String, Vec<Value>>;

/// What paths are made of; some are odd.
const PATHS: [&str; 10] = [
    "/a",
    "/A/b",
    "/a/b/C.txt",
    "/c.txt",
    "/",
    "//",
    "/a/../b",
    "/thumbs.db",
    "/ß/É",
    "/a/",
];

/// How many of the values under one name may be taken again: the last ones are of most use.
const RECENT: usize = 12;

/// Fields whose values other routes tell under another name.
const OTHER_NAMES: [(&str, &str); 8] = [
    ("account_ids", "account_id"),
    ("path", "path_lower"),
    ("from_path", "path_display"),
    ("to_path", "path_lower"),
    ("before_rev", "rev"),
    ("parent_rev", "rev"),
    ("session_id", "session_ids"),
    ("update", "rev"),
];

/// Makes arguments.
struct Maker<'a> {
    api: &'a Api,
    seen: &'a Seen,
    family: &'a str,
    rng: Rng,
}

impl Maker<'_> {
    fn value(&mut self, ty: &Type, name: &str) -> Value {
        if self.rng.bool()
            && let Some(seen) = self.seen(name)
        {
            return seen;
        }
        match self.api.strip(ty).0 {
            Type::Boolean => self.rng.bool().into(),
            Type::Int(_) => self.rng.u64(..6).into(),
            Type::Float(_) => 1.5.into(),
            Type::String(_) => self.text(name).into(),
            Type::Bytes => "".into(),
            Type::Timestamp(_) => "2027-01-15T09:30:00Z".into(),
            Type::List(list) => {
                let items = 0..self.rng.usize(..4);
                items
                    .map(|_| self.value(&list.item, name))
                    .collect::<Vec<_>>()
                    .into()
            }
            Type::Map(_) => json!({}),
            Type::Struct(id) => Value::Object(self.fields(*id)),
            Type::Union(id) => self.tagged(*id),
            Type::Void | Type::Nullable(_) | Type::Alias(_) => Value::Null,
        }
    }

    fn fields(&mut self, id: stone_parser::ir::StructId) -> Map<String, Value> {
        let fields: Vec<_> = self.api.all_fields(id).collect();
        let set = fields.into_iter().filter_map(|field| {
            let is_set = field.required || self.rng.u8(..3) == 0;
            is_set.then(|| (field.name.clone(), self.value(&field.ty, &field.name)))
        });
        set.collect()
    }

    fn tagged(&mut self, id: stone_parser::ir::UnionId) -> Value {
        let tags: Vec<_> = self.api.all_tags(id).collect();
        let Some(tag) = tags.get(self.rng.usize(..tags.len().max(1))) else {
            return Value::Null;
        };
        match self.api.strip(&tag.ty).0 {
            Type::Void => tag.name.as_str().into(),
            Type::Struct(id) if self.api[*id].subtypes.is_none() => {
                let mut fields = self.fields(*id);
                fields.insert(".tag".to_owned(), tag.name.as_str().into());
                Value::Object(fields)
            }
            ty => json!({ ".tag": tag.name, &tag.name: self.value(ty, &tag.name) }),
        }
    }

    fn seen(&mut self, name: &str) -> Option<Value> {
        let other = OTHER_NAMES
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, other)| *other);
        let own = of_family(self.family, name);
        let names = match self.seen.contains_key(&own) && self.rng.bool() {
            true => vec![own.as_str()],
            false => [Some(name), other].into_iter().flatten().collect(),
        };
        let values = names.into_iter().filter_map(|name| self.seen.get(name));
        let known: Vec<_> = values
            .flat_map(|values| values.iter().rev().take(RECENT))
            .collect();
        (!known.is_empty()).then(|| known[self.rng.usize(..known.len())].clone())
    }

    fn text(&mut self, name: &str) -> String {
        match name {
            "content_hash" => "0".repeat(64),
            "rev" | "update" => "0123456789".to_owned(),
            "account_id" => "x".repeat(40),
            "role_ids" | "new_roles" => "pid_dbtmr:support".to_owned(),
            _ if name.ends_with("email") => format!("p{}@example.com", self.rng.u8(..9)),
            "query" => "c".to_owned(),
            _ if name.contains("name") => format!("a{}", self.rng.u8(..9)),
            _ => PATHS[self.rng.usize(..PATHS.len())].to_owned(),
        }
    }
}

/// Routes whose names begin alike have to do with each other.
fn family(route: &str) -> &str {
    route.split_once('/').map_or(route, |(family, _)| family)
}

fn of_family(family: &str, field: &str) -> String {
    format!("{family}: {field}")
}

/// Remembers what an answer holds.
fn remember(seen: &mut Seen, family: &str, value: &Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(_) => {
                        for name in [name.clone(), of_family(family, name)] {
                            seen.entry(name).or_default().push(value.clone());
                        }
                    }
                    Value::Array(items) if items.iter().all(Value::is_string) => {
                        seen.entry(name.clone()).or_default().extend(items.clone());
                    }
                    _ => remember(seen, family, value),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| remember(seen, family, item)),
        _ => {}
    }
}

/// A world that is asked at random.
struct Asker {
    bench: Bench,
    members: Vec<String>,
    seen: Seen,
}

impl Asker {
    fn new() -> Self {
        let bench = Bench::new();
        let members = bench
            .world
            .members()
            .map(|(member, _)| member.to_owned())
            .collect();
        Self {
            bench,
            members,
            seen: Seen::new(),
        }
    }

    /// Calls a route and returns the answer, if the argument was one that fits its type.
    fn ask(
        &mut self,
        (namespace, name, version): (&str, &str, u64),
        noise: u64,
    ) -> Option<Answered> {
        let api = api();
        let path = format!("{namespace}/{name}:{version}");
        let mut maker = Maker {
            api: &api,
            seen: &self.seen,
            family: family(name),
            rng: Rng::with_seed(noise),
        };
        let arg = maker.value(&crate::bench::route(&api, &path).arg, "");
        let body = vec![7; maker.rng.usize(..9)];
        let caller = caller(&mut maker.rng, &self.members, namespace);
        if !self.bench.is_valid(&path, &arg) {
            return None;
        }
        let answered = self.bench.ask(caller, &path, arg, &body);
        match &answered {
            Answered::Result(held)
            | Answered::Content { result: held, .. }
            | Answered::Error(held) => {
                remember(&mut self.seen, family(name), held);
            }
            Answered::Refused { .. } | Answered::Pending { .. } => {}
        }
        Some(answered)
    }
}

fn caller<'a>(rng: &mut Rng, members: &'a [String], namespace: &str) -> Caller<'a> {
    match namespace {
        "team" | "team_log" => Caller::Team,
        _ if rng.u8(..20) == 0 => [Caller::Team, Caller::App, Caller::Nobody][rng.usize(..3)],
        _ if rng.u8(..4) == 0 => Caller::User(&members[rng.usize(..members.len())]),
        _ => USER,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn answers_fit_their_types(calls in vec((any::<prop::sample::Index>(), any::<u64>()), 1..150)) {
        let routes: Vec<_> = World::routes().collect();
        let mut asker = Asker::new();
        for (which, noise) in calls {
            asker.ask(routes[which.index(routes.len())], noise);
        }
    }
}

/// Calls at random are not all refused: each route has a result at some time.
#[test]
fn every_route_comes_to_a_result() {
    let routes: Vec<_> = World::routes().collect();
    let mut without: BTreeSet<_> = World::routes().collect();
    let mut rng = Rng::with_seed(11);
    let mut asker = Asker::new();
    for _ in 0..40_000 {
        let Some(missing) = without.iter().nth(rng.usize(..without.len().max(1))) else {
            return;
        };
        let route = if rng.bool() {
            *missing
        } else {
            routes[rng.usize(..routes.len())]
        };
        let answered = asker.ask(route, rng.u64(..));
        if let Some(Answered::Result(_) | Answered::Content { .. }) = answered {
            without.remove(&route);
        }
    }
    panic!("no result: {without:?}");
}

/// Whatever an argument is, it is answered: the core may be told to let it through.
#[test]
fn nothing_makes_it_panic() {
    let mut world = World::new(api(), 1);
    let nonsense = [
        json!(null),
        json!([]),
        json!("x"),
        json!({ "path": 7, "entries": {}, "cursor": [] }),
        json!({ ".tag": 1 }),
    ];
    for (namespace, route, version) in World::routes() {
        for arg in &nonsense {
            for caller in [USER, Caller::Team, Caller::Nobody] {
                let asked = Asked {
                    namespace,
                    route,
                    version,
                    arg,
                    body: &bytes::Bytes::new(),
                    caller,
                    now: std::time::SystemTime::UNIX_EPOCH,
                };
                assert!(world.answer(&asked).is_some());
            }
        }
    }
}

/// Every route that is said to have state is one of the spec.
#[test]
fn routes_are_those_of_the_spec() {
    for (namespace, name, version) in World::routes() {
        crate::bench::route(&api(), &format!("{namespace}/{name}:{version}"));
    }
}

/// A spec without the names that this one has still makes a world.
#[test]
fn any_spec_will_do() {
    let world = World::new(std::sync::Arc::new(Api::default()), 1);
    assert_eq!(world.version(), 0);
}

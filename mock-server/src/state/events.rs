//! The audit log: events as the spec's examples show them, and those that a test adds.

use serde_json::{Value, json};
use stone_parser::ir::Api;

use super::accounts::{Account, Accounts};
use super::cursors::Cursor;
use super::ids::{Ids, stamp_of_seconds};
use super::spec::{example_of, union};
use super::value::{Arg, flat, sparse, tag, under};
use super::{Answered, Call, Outcome, World};

const NAMESPACE: &str = "team_log";
/// How many events there are before the first call, one each hour.
const EVENTS: usize = 250;
const PAGE: usize = 1000;
/// 2026-01-01T00:00:00Z, in seconds since the epoch.
const FIRST: u64 = 1_767_225_600;
const HOUR: u64 = 60 * 60;

/// The audit log.
#[derive(Debug)]
pub(crate) struct Log {
    ids: Ids,
    /// In the order in which they were recorded. The first ones are made when somebody asks, as few do.
    events: Option<Vec<Value>>,
}

impl Log {
    pub fn new(ids: Ids) -> Self {
        Self { ids, events: None }
    }

    /// All events.
    pub fn events(&mut self, api: &Api, accounts: &Accounts) -> &mut Vec<Value> {
        self.events
            .get_or_insert_with(|| first_events(api, accounts, &mut self.ids))
    }
}

/// Events that the seed chooses among the examples of all types.
fn first_events(api: &Api, accounts: &Accounts, ids: &mut Ids) -> Vec<Value> {
    let kinds = kinds(api);
    let actors: Vec<_> = accounts.iter().filter_map(actor).collect();
    let numbers = 0..if kinds.is_empty() { 0 } else { EVENTS };
    let events = numbers.map(|number| {
        let kind = kinds.get(ids.below(kinds.len()));
        let actor = actors.get(ids.below(actors.len()));
        let timestamp = stamp_of_seconds(FIRST + number as u64 * HOUR);
        let common =
            json!({ "timestamp": timestamp, "actor": actor, "involve_non_team_member": false });
        sparse(with(common, kind))
    });
    events.collect()
}

/// Where a reader of the log stands, and what the reader wants of it.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// How many events were looked at.
    at: usize,
    limit: usize,
    filter: Value,
}

impl Reading {
    /// The next page, and where the one after it begins.
    fn turn(&self, events: &[Value]) -> (Vec<Value>, Self, bool) {
        let left = events.iter().enumerate().skip(self.at);
        let mut found = left.filter(|(_, event)| self.wants(event));
        let page: Vec<_> = found.by_ref().take(self.limit).collect();
        let has_more = found.next().is_some();
        let at = match page.last() {
            Some((last, _)) if has_more => last + 1,
            _ => events.len(),
        };
        let page = page.into_iter().map(|(_, event)| event.clone()).collect();
        (page, Self { at, ..self.clone() }, has_more)
    }

    /// From when to read again: the time of the last event that was told.
    fn restart(&self, events: &[Value]) -> String {
        let mut told = events.iter().take(self.at);
        let last = told.rfind(|event| self.wants(event));
        let timestamp = last.map(|event| Arg(event).text("timestamp").to_owned());
        timestamp.unwrap_or_else(|| stamp_of_seconds(FIRST))
    }

    fn wants(&self, event: &Value) -> bool {
        let filter = Arg(&self.filter);
        let timestamp = Arg(event).text("timestamp");
        let time = filter.part("time");
        let is = |name: &str, of: &str| {
            filter
                .get(name)
                .is_none_or(|wanted| wanted.tag() == Arg(event).part(of).tag())
        };
        time.maybe("start_time")
            .is_none_or(|start| timestamp >= start)
            && time.maybe("end_time").is_none_or(|end| timestamp < end)
            && is("category", "event_category")
            && is("event_type", "event_type")
            && filter
                .maybe("account_id")
                .is_none_or(|account| concerns(event, account))
    }
}

fn with(mut common: Value, kind: Option<&Value>) -> Value {
    if let (Value::Object(common), Some(Value::Object(kind))) = (&mut common, kind) {
        common.extend(kind.clone());
    }
    common
}

/// For each type of event that has examples: its category, type and details.
fn kinds(api: &Api) -> Vec<Value> {
    let [types, details, categories] =
        ["EventType", "EventDetails", "EventCategory"].map(|name| union(api, NAMESPACE, name));
    let (Some(types), Some(details), Some(categories)) = (types, details, categories) else {
        return Vec::new();
    };
    let kinds = types.tags.iter().filter_map(|kind| {
        // Only the documentation says to which category a type belongs.
        let doc = &kind.doc.as_ref()?.text;
        let (category, _) = doc.strip_prefix('(')?.split_once(')')?;
        categories
            .tags
            .iter()
            .find(|known| known.name == category)?;
        let details_tag = format!("{}_details", kind.name);
        let details = details
            .tags
            .iter()
            .find(|details| details.name == details_tag)?;
        Some(json!({
            "event_category": tag(category),
            "event_type": flat(&kind.name, example_of(api, &kind.ty)?),
            "details": flat(&details.name, example_of(api, &details.ty)?),
        }))
    });
    kinds.collect()
}

/// An `ActorLogInfo` of a member.
fn actor(account: &Account) -> Option<Value> {
    let member = account.member.as_ref()?;
    let user = json!({
        "account_id": account.id,
        "display_name": account.display_name(),
        "email": account.email,
        "team_member_id": member,
    });
    Some(under("user", flat("team_member", user)))
}

/// Whether an account occurs anywhere in an event.
fn concerns(event: &Value, account: &str) -> bool {
    let mut to_see = vec![event];
    while let Some(value) = to_see.pop() {
        match value {
            Value::Object(fields) if fields.get("account_id").is_some_and(|id| id == account) => {
                return true;
            }
            Value::Object(fields) => to_see.extend(fields.values()),
            Value::Array(items) => to_see.extend(items),
            _ => {}
        }
    }
    false
}

pub(crate) fn get_events(world: &mut World, call: &Call) -> Outcome {
    let arg = call.arg;
    if arg.get("category").is_some() && arg.get("event_type").is_some() {
        return Err(tag("invalid_filters").into());
    }
    if arg
        .maybe("account_id")
        .is_some_and(|id| world.accounts.get(id).is_none())
    {
        return Err(tag("account_id_not_found").into());
    }
    let [start, end] = ["start_time", "end_time"].map(|name| arg.part("time").maybe(name));
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        return Err(tag("invalid_time_range").into());
    }
    let limit = arg.count_or("limit", PAGE).max(1);
    let filter = arg.0.clone();
    Ok(answer(
        world,
        &Reading {
            at: 0,
            limit,
            filter,
        },
    ))
}

pub(crate) fn get_events_continue(world: &mut World, call: &Call) -> Outcome {
    let cursor = call.arg.text("cursor");
    if let Some(Cursor::Events(reading)) = world.cursors.find(cursor) {
        let reading = reading.clone();
        return Ok(answer(world, &reading));
    }
    let Some(Cursor::Events(reading)) = world.cursors.find_expired(cursor) else {
        return Err(tag("bad_cursor").into());
    };
    let events = world.log.events(&world.api, &world.accounts);
    Err(under("reset", reading.restart(events)).into())
}

fn answer(world: &mut World, reading: &Reading) -> Answered {
    let events = world.log.events(&world.api, &world.accounts);
    let (events, next, has_more) = reading.turn(events);
    let cursor = world.cursors.give(Cursor::Events(next));
    Answered::Result(json!({ "events": events, "cursor": cursor, "has_more": has_more }))
}

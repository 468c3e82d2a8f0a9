//! Folders listed, and what changes in them afterwards.
//!
//! First a cursor walks through the entries in the order of their paths, so that parents come before what they hold; then it
//! walks through the journal from where that stood when the listing began. What changes during the first walk is told in
//! the second, if it was not already.

use std::time::Duration;

use serde_json::{Value, json};

use super::metadata::{deleted, gone, metadata};
use super::place::{Place, parent_of};
use super::store::Store;
use crate::state::cursors::Cursor;
use crate::state::value::{Arg, tag, under};
use crate::state::{Answered, Call, Outcome, Stop, World};

/// Entries on a page, when nothing is said.
const PAGE: usize = 2000;
const LONGPOLL: u64 = 30;

/// Where a listing stands, and what it lists.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    account: String,
    place: Place,
    recursive: bool,
    include_deleted: bool,
    limit: usize,
    /// How many changes there were when the listing began, or up to the last one told.
    changes: usize,
    walk: Walk,
}

#[derive(Debug, Clone)]
enum Walk {
    /// Through the entries, after this path.
    Entries(String),
    /// Through the journal.
    Changes,
}

impl Listing {
    fn concerns(&self, lower: &str) -> bool {
        match self.recursive {
            // The folder itself is listed as well; the root is no entry.
            true => self.place.holds(lower) && !lower.is_empty(),
            false => parent_of(lower) == self.place.lower,
        }
    }

    /// The next page, the listing after it, and whether there is more at once.
    fn turn(&self, store: &Store) -> (Vec<Value>, Self, bool) {
        match &self.walk {
            Walk::Entries(after) => self.walk_entries(store, after),
            Walk::Changes => self.walk_changes(store),
        }
    }

    fn walk_entries(&self, store: &Store, after: &str) -> (Vec<Value>, Self, bool) {
        let mut found = self.entries(store, after);
        found.sort_unstable_by_key(|(lower, _)| *lower);
        let is_last = found.len() <= self.limit;
        found.truncate(self.limit);
        let walk = match found.last() {
            Some((last, _)) if !is_last => Walk::Entries((*last).to_owned()),
            _ => Walk::Changes,
        };
        let next = Self {
            walk,
            ..self.clone()
        };
        let has_more = !is_last || next.has_changes(store);
        (
            found
                .into_iter()
                .map(|(_, entry)| entry.metadata())
                .collect(),
            next,
            has_more,
        )
    }

    /// As much as a page needs of what there is after a path, and was if that is asked for, in no order.
    fn entries<'a>(&self, store: &'a Store, after: &str) -> Vec<(&'a str, Listed<'a>)> {
        let lower = &self.place.lower;
        let itself = store.entry(lower).filter(|_| after.is_empty());
        let there = itself.into_iter().chain(store.below_after(lower, after));
        let there = there.map(|entry| (entry.place.lower.as_str(), Listed::There(entry)));
        let gone = store.deleted_below_after(lower, after);
        let gone = gone.filter(|_| self.include_deleted);
        let gone = gone.map(|deleted| (deleted.place.lower.as_str(), Listed::Gone(deleted)));
        let enough = self.limit.saturating_add(1);
        let there = there.filter(|(lower, _)| self.concerns(lower)).take(enough);
        let gone = gone.filter(|(lower, _)| self.concerns(lower)).take(enough);
        there.chain(gone).collect()
    }

    fn walk_changes(&self, store: &Store) -> (Vec<Value>, Self, bool) {
        let changed = store.changed_since(self.changes);
        let mut changed = changed
            .into_iter()
            .filter(|(_, lower)| self.concerns(lower));
        let page: Vec<_> = changed.by_ref().take(self.limit).collect();
        let has_more = changed.next().is_some();
        let changes = match page.last() {
            Some((last, _)) if has_more => *last,
            _ => store.changes(),
        };
        let entries = page
            .into_iter()
            .map(|(_, lower)| now_at(store, lower))
            .collect();
        (
            entries,
            Self {
                changes,
                ..self.clone()
            },
            has_more,
        )
    }

    fn has_changes(&self, store: &Store) -> bool {
        let mut changed = store.journal(self.changes);
        changed.any(|lower| self.concerns(lower))
    }

    fn is_there(&self, store: &Store) -> bool {
        self.place.is_root()
            || store
                .entry(&self.place.lower)
                .is_some_and(|entry| entry.file.is_none())
    }
}

/// What a listing lists.
enum Listed<'a> {
    There(&'a super::store::Entry),
    Gone(&'a super::store::Deleted),
}

impl Listed<'_> {
    fn metadata(&self) -> Value {
        match self {
            Self::There(entry) => metadata(entry),
            Self::Gone(entry) => deleted(entry),
        }
    }
}

fn now_at(store: &Store, lower: &str) -> Value {
    match (store.entry(lower), store.deleted(lower)) {
        (Some(entry), _) => metadata(entry),
        (None, Some(entry)) => deleted(entry),
        // Deleted for good.
        (None, None) => gone(&Place::at(lower.to_owned())),
    }
}

/// The listing that an argument asks for, before its first page.
fn begin(world: &mut World, call: &Call) -> Result<Listing, Stop> {
    let arg = call.arg;
    let path = arg.text("path");
    if path == "/" {
        let text =
            "request body: path: Specify the root folder as an empty string rather than as \"/\".";
        return Err(Stop::Refused(text.to_owned()));
    }
    let (account, path) = match arg.get("shared_link") {
        Some(link) => {
            linked(world, link, call, path).ok_or_else(|| under("path", tag("not_found")))?
        }
        None => (call.account()?.to_owned(), path.to_owned()),
    };
    let store = world.store_of(&account);
    let place = store.place(&path).map_err(|error| under("path", error))?;
    let listing = Listing {
        account,
        recursive: arg.flag("recursive"),
        include_deleted: arg.flag("include_deleted"),
        limit: arg.count_or("limit", PAGE).max(1),
        changes: store.changes(),
        walk: Walk::Entries(String::new()),
        place,
    };
    if !listing.is_there(store) {
        let found = store.entry(&listing.place.lower).is_some();
        return Err(under("path", tag(if found { "not_folder" } else { "not_found" })).into());
    }
    Ok(listing)
}

/// The account and the path behind a shared link to a folder.
fn linked(world: &mut World, link: Arg, call: &Call, path: &str) -> Option<(String, String)> {
    let link = world
        .links
        .open(link.text("url"), link.maybe("password"), call)
        .ok()?;
    let folder = format!("{}{path}", link.id);
    Some((link.account.clone(), folder))
}

fn page(world: &mut World, listing: &Listing) -> Outcome {
    let (entries, next, has_more) = listing.turn(world.store_of(&listing.account));
    let cursor = world.cursors.give(Cursor::Listing(next));
    Ok(Answered::Result(
        json!({ "entries": entries, "cursor": cursor, "has_more": has_more }),
    ))
}

pub(crate) fn list_folder(world: &mut World, call: &Call) -> Outcome {
    let listing = begin(world, call)?;
    page(world, &listing)
}

pub(crate) fn get_latest_cursor(world: &mut World, call: &Call) -> Outcome {
    let listing = Listing {
        walk: Walk::Changes,
        ..begin(world, call)?
    };
    let cursor = world.cursors.give(Cursor::Listing(listing));
    Ok(Answered::Result(json!({ "cursor": cursor })))
}

fn find(world: &World, call: &Call) -> Result<Listing, Stop> {
    match world.cursors.find(call.arg.text("cursor")) {
        Some(Cursor::Listing(listing)) => Ok(listing.clone()),
        _ => Err(tag("reset").into()),
    }
}

pub(crate) fn list_folder_continue(world: &mut World, call: &Call) -> Outcome {
    let listing = find(world, call)?;
    if !listing.is_there(world.store_of(&listing.account)) {
        return Err(under("path", tag("not_found")).into());
    }
    page(world, &listing)
}

pub(crate) fn longpoll(world: &mut World, call: &Call) -> Outcome {
    let listing = find(world, call)?;
    let store = world.store_of(&listing.account);
    let is_listing = matches!(listing.walk, Walk::Entries(_));
    if is_listing || listing.has_changes(store) || !listing.is_there(store) {
        return Ok(Answered::Result(json!({ "changes": true })));
    }
    Ok(Answered::Pending {
        at_most: Duration::from_secs(call.arg.number_or("timeout", LONGPOLL)),
        otherwise: json!({ "changes": false }),
    })
}

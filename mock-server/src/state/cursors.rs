//! Cursors: where a listing stands.
//!
//! A cursor never changes: asking again with the same one gives the page again, as a client needs whose answer was lost.

use std::collections::BTreeMap;

use super::events::Reading;
use super::files::list::Listing;
use super::ids::Ids;

/// What a cursor stands for.
#[derive(Debug, Clone)]
pub(crate) enum Cursor {
    /// A folder's entries, then its changes.
    Listing(Listing),
    /// The rest of a list that was settled when it was first asked for.
    Rest(Rest),
    /// The audit log from some event on.
    Events(Reading),
}

/// The rest of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rest {
    /// Which list.
    pub list: &'static str,
    /// Whose.
    pub owner: String,
    /// Names of what is left; it may be gone by the time that it is asked for.
    pub names: Vec<String>,
    /// How many go on a page.
    pub limit: usize,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// Whose.
    pub owner: String,
    /// Names of what is on it.
    pub names: Vec<String>,
    /// Where the next one begins.
    pub cursor: String,
    /// Whether the next one has anything on it.
    pub has_more: bool,
}

/// All cursors that were given out.
#[derive(Debug)]
pub(crate) struct Cursors {
    ids: Ids,
    good: BTreeMap<String, Cursor>,
    expired: BTreeMap<String, Cursor>,
}

impl Cursors {
    pub fn new(ids: Ids) -> Self {
        Self {
            ids,
            good: BTreeMap::new(),
            expired: BTreeMap::new(),
        }
    }

    /// A new cursor.
    pub fn give(&mut self, cursor: Cursor) -> String {
        let name = self.ids.text("AA", 60);
        self.good.insert(name.clone(), cursor);
        name
    }

    /// What the cursor stands for, unless it is unknown or expired.
    pub fn find(&self, name: &str) -> Option<&Cursor> {
        self.good.get(name)
    }

    /// What the cursor stood for until it expired.
    pub fn find_expired(&self, name: &str) -> Option<&Cursor> {
        self.expired.get(name)
    }

    /// Makes all cursors invalid.
    pub fn expire(&mut self) {
        self.expired.append(&mut self.good);
    }

    /// The first page of a list.
    pub fn page(&mut self, rest: Rest) -> Page {
        let Rest {
            list,
            owner,
            mut names,
            limit,
        } = rest;
        let after = names.split_off(limit.min(names.len()));
        let has_more = !after.is_empty();
        let rest = Rest {
            list,
            owner: owner.clone(),
            names: after,
            limit,
        };
        let cursor = self.give(Cursor::Rest(rest));
        Page {
            owner,
            names,
            cursor,
            has_more,
        }
    }

    /// The next page of a list, if the cursor belongs to such a list.
    pub fn turn(&mut self, list: &'static str, cursor: &str) -> Option<Page> {
        match self.find(cursor) {
            Some(Cursor::Rest(rest)) if rest.list == list => {
                let rest = rest.clone();
                Some(self.page(rest))
            }
            _ => None,
        }
    }
}

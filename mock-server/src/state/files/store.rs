//! The files of one account: the tree, what was deleted, all revisions, and the journal of changes.
//!
//! Entries are kept by their lower-case paths, so that what lies in a folder is a range. The journal names the paths that
//! changed; what is there now is looked up when a cursor is read.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::hash::content_hash;
use super::place::Place;
use super::sessions::Session;
use crate::state::ids::Ids;
use crate::state::value::{tag, under};

/// The files of one account.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    /// Names for new things.
    pub ids: Ids,
    /// The namespace that the account's root is.
    pub namespace: String,
    /// Upload sessions by their ids.
    pub sessions: BTreeMap<String, Session>,
    entries: BTreeMap<String, Entry>,
    deleted: BTreeMap<String, Deleted>,
    revisions: BTreeMap<String, Arc<Revision>>,
    journal: Vec<String>,
}

/// A file or folder.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub id: String,
    pub place: Place,
    /// What a file holds; `None` for folders.
    pub file: Option<Arc<Revision>>,
}

impl Entry {
    /// What it is, as tags name it.
    pub fn kind(&self) -> &'static str {
        match self.file {
            Some(_) => "file",
            None => "folder",
        }
    }
}

/// A file as it was at some time.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    pub id: String,
    pub rev: String,
    pub place: Place,
    pub client_modified: String,
    pub server_modified: String,
    pub content: Arc<Content>,
}

/// What a file holds.
#[derive(Debug)]
pub(crate) struct Content {
    pub bytes: Bytes,
    pub hash: String,
}

impl Content {
    pub fn new(bytes: Bytes) -> Arc<Self> {
        let hash = content_hash(&bytes);
        Arc::new(Self { bytes, hash })
    }
}

/// What was at a place and is no longer.
#[derive(Debug, Clone)]
pub(crate) struct Deleted {
    pub place: Place,
    pub id: String,
    pub at: String,
}

/// When a file was changed, in the eyes of the client and the server.
#[derive(Debug, Clone)]
pub(crate) struct Modified {
    pub client: String,
    pub server: String,
}

impl Store {
    pub fn new(mut ids: Ids) -> Self {
        let namespace = ids.number();
        Self {
            ids,
            namespace,
            sessions: BTreeMap::new(),
            entries: BTreeMap::new(),
            deleted: BTreeMap::new(),
            revisions: BTreeMap::new(),
            journal: Vec::new(),
        }
    }

    /// The place that a path, an id or a namespace names, whether or not something is there; else the `LookupError`.
    /// The names of parents that exist are shown as they are there.
    pub fn place(&self, text: &str) -> Result<Place, Value> {
        let (head, rest) = match text.find('/') {
            Some(slash) => text.split_at(slash),
            None => (text, ""),
        };
        let base = if head.is_empty() {
            String::new()
        } else if let Some(namespace) = head.strip_prefix("ns:") {
            if namespace != self.namespace {
                return Err(tag("not_found"));
            }
            String::new()
        } else {
            let known = self.entries.values().find(|entry| entry.id == head);
            known.ok_or_else(|| tag("not_found"))?.place.display.clone()
        };
        let place = Place::parse(&format!("{base}{rest}")).ok_or_else(|| tag("malformed_path"))?;
        Ok(self.shown(&place))
    }

    /// The place with the case of the innermost parent that exists.
    fn shown(&self, place: &Place) -> Place {
        let known = place
            .parents()
            .into_iter()
            .rev()
            .find_map(|parent| self.entries.get(&parent.lower));
        let Some(known) = known else {
            return place.clone();
        };
        let depth = known.place.display.matches('/').count() + 1;
        let rest: Vec<_> = place.display.split('/').skip(depth).collect();
        Place::at(format!("{}/{}", known.place.display, rest.join("/")))
    }

    /// What is at a lower-case path.
    pub fn entry(&self, lower: &str) -> Option<&Entry> {
        self.entries.get(lower)
    }

    /// What a path, an id or a namespace names, or the `LookupError`; the root is not an entry.
    pub fn lookup(&self, text: &str) -> Result<&Entry, Value> {
        let place = self.place(text)?;
        self.entry(&place.lower).ok_or_else(|| tag("not_found"))
    }

    /// What was deleted from a lower-case path.
    pub fn deleted(&self, lower: &str) -> Option<&Deleted> {
        self.deleted.get(lower)
    }

    /// The deleted entry of an id that is at no place any more.
    pub fn deleted_by_id(&self, id: &str) -> Option<&Deleted> {
        self.deleted.values().find(|deleted| deleted.id == id)
    }

    /// A revision, of a file that may be gone.
    pub fn revision(&self, rev: &str) -> Option<&Arc<Revision>> {
        self.revisions.get(rev)
    }

    /// All revisions, the oldest first.
    pub fn revisions(&self) -> impl DoubleEndedIterator<Item = &Arc<Revision>> {
        self.revisions.values()
    }

    /// All that lies in a folder, at any depth, parents first.
    pub fn below(&self, lower: &str) -> impl Iterator<Item = &Entry> {
        self.below_after(lower, "")
    }

    /// The same from after a path on.
    pub fn below_after(&self, lower: &str, after: &str) -> impl Iterator<Item = &Entry> {
        within(&self.entries, lower, after).map(|(_, entry)| entry)
    }

    /// All that was deleted from a folder, at any depth, and is not there again.
    pub fn deleted_below(&self, lower: &str) -> impl Iterator<Item = &Deleted> {
        self.deleted_below_after(lower, "")
    }

    /// The same from after a path on.
    pub fn deleted_below_after(&self, lower: &str, after: &str) -> impl Iterator<Item = &Deleted> {
        within(&self.deleted, lower, after).map(|(_, deleted)| deleted)
    }

    /// How many changes there were.
    pub fn changes(&self) -> usize {
        self.journal.len()
    }

    /// The paths that changed since then, as often as they did.
    pub fn journal(&self, changes: usize) -> impl Iterator<Item = &str> {
        self.journal.iter().skip(changes).map(String::as_str)
    }

    /// The paths that changed since then, each once, with the number of its last change, in that order.
    pub fn changed_since(&self, changes: usize) -> Vec<(usize, &str)> {
        let mut last = BTreeMap::new();
        for (number, path) in (changes + 1..).zip(self.journal(changes)) {
            last.insert(path, number);
        }
        let mut changed: Vec<_> = last
            .into_iter()
            .map(|(path, number)| (number, path))
            .collect();
        changed.sort_unstable();
        changed
    }

    /// Bytes of all files.
    pub fn used(&self) -> u64 {
        let files = self
            .entries
            .values()
            .filter_map(|entry| entry.file.as_ref());
        files.map(|file| file.content.bytes.len() as u64).sum()
    }

    /// Makes the folders that a place needs, or says that a file is in the way.
    pub fn make_parents(&mut self, place: &Place) -> Result<(), Value> {
        let parents = place.parents();
        let is_file = |parent: &Place| {
            self.entry(&parent.lower)
                .is_some_and(|entry| entry.file.is_some())
        };
        if parents.iter().any(is_file) {
            return Err(under("conflict", tag("file_ancestor")));
        }
        for parent in parents {
            if self.entry(&parent.lower).is_none() {
                self.put_folder(parent);
            }
        }
        Ok(())
    }

    /// Puts a new folder at a free place.
    pub fn put_folder(&mut self, place: Place) -> &Entry {
        let id = self.ids.text("id:", 25);
        self.put(Entry {
            id,
            place,
            file: None,
        })
    }

    /// Puts a file at a place that is free or a file's; without an id it gets a new one.
    pub fn put_file(
        &mut self,
        place: Place,
        id: Option<String>,
        content: Arc<Content>,
        modified: Modified,
    ) -> Arc<Revision> {
        let id = id.unwrap_or_else(|| self.ids.text("id:", 25));
        let revision = Arc::new(Revision {
            id: id.clone(),
            rev: self.ids.rev(),
            place: place.clone(),
            client_modified: modified.client,
            server_modified: modified.server,
            content,
        });
        self.revisions
            .insert(revision.rev.clone(), revision.clone());
        self.put(Entry {
            id,
            place,
            file: Some(revision.clone()),
        });
        revision
    }

    /// Puts an entry at its place.
    pub fn put(&mut self, entry: Entry) -> &Entry {
        let lower = entry.place.lower.clone();
        self.deleted.remove(&lower);
        self.journal.push(lower.clone());
        self.entries.entry(lower).insert_entry(entry).into_mut()
    }

    /// Takes away what is at a place and in it, and gives it back, parents first.
    pub fn remove(&mut self, lower: &str, at: &str) -> Vec<Entry> {
        let paths: Vec<_> = within(&self.entries, lower, "")
            .map(|(path, _)| path.clone())
            .collect();
        let paths = [lower.to_owned()].into_iter().chain(paths);
        let removed: Vec<_> = paths
            .filter_map(|path| self.entries.remove(&path))
            .collect();
        for Entry { id, place, .. } in removed.iter().cloned() {
            self.journal.push(place.lower.clone());
            let deleted = Deleted {
                id,
                at: at.to_owned(),
                place,
            };
            self.deleted.insert(deleted.place.lower.clone(), deleted);
        }
        removed
    }

    /// Forgets what was deleted from a place and its revisions.
    pub fn forget(&mut self, place: &Place) {
        self.deleted.retain(|path, _| !place.holds(path));
        self.revisions
            .retain(|_, revision| !place.holds(&revision.place.lower));
    }
}

/// What lies in a folder, from after a path on.
fn within<'a, T>(
    all: &'a BTreeMap<String, T>,
    folder: &str,
    after: &str,
) -> impl Iterator<Item = (&'a String, &'a T)> + use<'a, T> {
    let prefix = format!("{folder}/");
    let from = prefix.as_str().max(after).to_owned();
    all.range((Bound::Excluded(from), Bound::Unbounded))
        .take_while(move |(path, _)| path.starts_with(&prefix))
}

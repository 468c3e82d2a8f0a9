//! Files written: what a write mode makes of what is there already, and the folders that are made.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::{Value, json};

use super::metadata::{metadata, untagged};
use super::place::{Place, with_suffix};
use super::store::{Content, Modified, Revision, Store};
use crate::state::ids::stamp;
use crate::state::jobs::Launch;
use crate::state::value::{Arg, flat, tag, under};
use crate::state::{Answered, Call, Outcome, World};

/// From how many folders on a batch of them takes a job.
const LARGE_BATCH: usize = 1000;

/// What is to be written, and what stands in the way: a `CommitInfo`.
pub(crate) struct Commit<'a>(pub Arg<'a>);

impl Commit<'_> {
    /// Writes the content and returns its revision, or the `WriteError`.
    pub fn write(
        &self,
        store: &mut Store,
        content: Arc<Content>,
        now: SystemTime,
    ) -> Result<Arc<Revision>, Value> {
        let place = store
            .place(self.0.text("path"))
            .map_err(|_| tag("malformed_path"))?;
        place.writable()?;
        store.make_parents(&place)?;
        let there = store.entry(&place.lower);
        let there = there.map(|entry| (entry.file.clone(), entry.place.clone()));
        let (place, id) = match there {
            None if self.is_strict_update() => self.instead(store, &place, "file")?,
            None => (place, None),
            Some((None, _)) => self.instead(store, &place, "folder")?,
            Some((Some(file), _))
                if file.content.hash == content.hash && !self.0.flag("strict_conflict") =>
            {
                return Ok(file);
            }
            Some((Some(file), shown)) if self.replaces(&file) => (shown, Some(file.id.clone())),
            Some((Some(_), _)) => self.instead(store, &place, "file")?,
        };
        let server = stamp(now);
        let client = self
            .0
            .maybe("client_modified")
            .unwrap_or(&server)
            .to_owned();
        Ok(store.put_file(place, id, content, Modified { client, server }))
    }

    fn mode(&self) -> Option<Arg<'_>> {
        self.0.get("mode")
    }

    fn is_update(&self) -> bool {
        self.mode().is_some_and(|mode| mode.tag() == "update")
    }

    fn is_strict_update(&self) -> bool {
        self.is_update() && self.0.flag("strict_conflict")
    }

    /// Whether the write may replace a file of other content.
    fn replaces(&self, file: &Revision) -> bool {
        self.mode().is_some_and(|mode| match mode.tag() {
            "overwrite" => true,
            "update" => mode.payload().as_text() == Some(&file.rev),
            _ => false,
        })
    }

    /// Where the file goes that may not go where it should, or the conflict.
    fn instead(
        &self,
        store: &Store,
        place: &Place,
        conflict: &str,
    ) -> Result<(Place, Option<String>), Value> {
        if !self.0.flag("autorename") {
            return Err(under("conflict", tag(conflict)));
        }
        let word = if self.is_update() {
            "conflicted copy"
        } else {
            ""
        };
        Ok((free(store, place, word), None))
    }
}

/// A place beside this one where nothing is.
pub(crate) fn free(store: &Store, place: &Place, word: &str) -> Place {
    let suffixes = (1_u64..).map(|number| match (number, word) {
        (_, "") => format!("({})", number + 1),
        (1, _) => format!("({word})"),
        _ => format!("({word} {number})"),
    });
    let mut places = suffixes.map(|suffix| place.renamed(&with_suffix(place.name(), &suffix)));
    places
        .find(|place| store.entry(&place.lower).is_none())
        .unwrap_or_default()
}

fn new_folder(store: &mut Store, path: &str, autorename: bool) -> Result<Value, Value> {
    let mut place = store.place(path).map_err(|_| tag("malformed_path"))?;
    place.writable()?;
    store.make_parents(&place)?;
    if let Some(entry) = store.entry(&place.lower) {
        if !autorename {
            return Err(under("conflict", tag(entry.kind())));
        }
        place = free(store, &place, "");
    }
    Ok(untagged(store.put_folder(place)))
}

/// `create_folder`, of which the second version wraps its result.
pub(crate) fn create_folder(store: &mut Store, call: &Call) -> Outcome {
    let folder = new_folder(store, call.arg.text("path"), call.arg.flag("autorename"));
    let folder = folder.map_err(|error| under("path", error))?;
    Ok(Answered::Result(folder))
}

pub(crate) fn create_folder_v2(store: &mut Store, call: &Call) -> Outcome {
    create_folder(store, call).map(wrapped)
}

/// The result of a route whose second version puts it under a name.
pub(crate) fn wrapped(answered: Answered) -> Answered {
    match answered {
        Answered::Result(metadata) => Answered::Result(json!({ "metadata": metadata })),
        other => other,
    }
}

pub(crate) fn create_folder_batch(world: &mut World, call: &Call) -> Outcome {
    let store = world.store(call)?;
    let mut made: BTreeMap<String, Value> = BTreeMap::new();
    let entries = call.arg.list("paths").filter_map(Arg::as_text).map(|path| {
        let folder = made.entry(path.to_lowercase()).or_insert_with(|| {
            match new_folder(store, path, call.arg.flag("autorename")) {
                Ok(folder) => flat("success", json!({ "metadata": folder })),
                Err(error) => under("failure", under("path", error)),
            }
        });
        folder.clone()
    });
    let entries: Vec<_> = entries.collect();
    let is_large = entries.len() > LARGE_BATCH || call.arg.flag("force_async");
    let launch = if is_large {
        Launch::Later
    } else {
        Launch::AtOnce
    };
    let done = flat("complete", json!({ "entries": entries }));
    world.jobs.launch("create_folder_batch", call, done, launch)
}

fn remove(store: &mut Store, arg: Arg, now: SystemTime) -> Result<Value, Value> {
    let entry = store
        .lookup(arg.text("path"))
        .map_err(|error| under("path_lookup", error))?;
    let rev = entry.file.as_ref().map(|file| file.rev.as_str());
    if arg
        .maybe("parent_rev")
        .is_some_and(|expected| rev != Some(expected))
    {
        let kind = entry.kind();
        return Err(under("path_write", under("conflict", tag(kind))));
    }
    let metadata = metadata(entry);
    let lower = entry.place.lower.clone();
    store.remove(&lower, &stamp(now));
    Ok(metadata)
}

pub(crate) fn delete(store: &mut Store, call: &Call) -> Outcome {
    Ok(Answered::Result(remove(store, call.arg, call.now)?))
}

pub(crate) fn delete_v2(store: &mut Store, call: &Call) -> Outcome {
    delete(store, call).map(wrapped)
}

pub(crate) fn delete_batch(world: &mut World, call: &Call) -> Outcome {
    let store = world.store(call)?;
    let entries = call
        .arg
        .list("entries")
        .map(|arg| match remove(store, arg, call.now) {
            Ok(metadata) => flat("success", json!({ "metadata": metadata })),
            Err(error) => under("failure", error),
        });
    let entries: Vec<_> = entries.collect();
    let done = flat("complete", json!({ "entries": entries }));
    world.jobs.launch("delete_batch", call, done, Launch::Later)
}

/// Deletes so that nothing is left, also what was deleted before.
pub(crate) fn permanently_delete(store: &mut Store, call: &Call) -> Outcome {
    let path = call.arg.text("path");
    let place = match (store.place(path), store.deleted_by_id(path)) {
        (Ok(place), _) => place,
        (Err(_), Some(deleted)) => deleted.place.clone(),
        (Err(error), None) => return Err(under("path_lookup", error).into()),
    };
    if store.deleted(&place.lower).is_none() {
        remove(store, call.arg, call.now)?;
    }
    store.forget(&place);
    Ok(Answered::Result(Value::Null))
}

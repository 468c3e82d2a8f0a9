//! Copies and moves, one by one and in batches.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::metadata::metadata;
use super::place::Place;
use super::store::{Entry, Modified, Store};
use super::write::{free, wrapped};
use crate::state::ids::stamp;
use crate::state::jobs::Launch;
use crate::state::value::{Arg, flat, tag, under};
use crate::state::{Answered, Call, Outcome, World};

/// How many files and folders one operation may concern.
const MOST: usize = 10_000;

/// What becomes of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Original {
    Stays,
    Goes,
}

/// Copies or moves, and returns the metadata, or the `RelocationError`.
fn relocate(
    store: &mut Store,
    paths: Arg,
    autorename: bool,
    original: Original,
    now: SystemTime,
) -> Result<Value, Value> {
    let from = store
        .lookup(paths.text("from_path"))
        .map_err(|error| under("from_lookup", error))?;
    let from = from.place.clone();
    let to = destination(store, paths.text("to_path"), &from, autorename, original)?;
    if store.below(&from.lower).count() >= MOST {
        return Err(tag("too_many_files"));
    }
    store
        .make_parents(&to)
        .map_err(|error| under("to", error))?;
    let moving = match original {
        Original::Stays => {
            let root = store.entry(&from.lower).cloned();
            root.into_iter()
                .chain(store.below(&from.lower).cloned())
                .collect()
        }
        Original::Goes => store.remove(&from.lower, &stamp(now)),
    };
    for entry in moving {
        settle(store, entry, &from, &to, original);
    }
    store
        .entry(&to.lower)
        .map(metadata)
        .ok_or_else(|| tag("internal_error"))
}

/// Where the copy or the moved thing goes, if it may.
fn destination(
    store: &Store,
    path: &str,
    from: &Place,
    autorename: bool,
    original: Original,
) -> Result<Place, Value> {
    let to = |error| under("to", error);
    let place = store.place(path).map_err(|_| to(tag("malformed_path")))?;
    place.writable().map_err(to)?;
    let into_itself = from.holds(&place.lower) && from.lower != place.lower;
    if into_itself && original == Original::Goes {
        return Err(tag("cant_move_folder_into_itself"));
    }
    if into_itself || from.lower == place.lower && original == Original::Goes {
        return Err(tag("duplicated_or_nested_paths"));
    }
    match store.entry(&place.lower) {
        None => Ok(place),
        Some(_) if autorename => Ok(free(store, &place, "")),
        Some(entry) => Err(to(under("conflict", tag(entry.kind())))),
    }
}

/// Puts one of the entries where it belongs now. What was moved keeps its id; each file has a new revision.
fn settle(store: &mut Store, entry: Entry, from: &Place, to: &Place, original: Original) {
    let depth = from.display.matches('/').count() + 1;
    let rest = entry.place.display.split('/').skip(depth);
    let place = Place::at(rest.fold(to.display.clone(), |path, name| format!("{path}/{name}")));
    let id = (original == Original::Goes).then_some(entry.id);
    match (entry.file, id) {
        (Some(file), id) => {
            let modified = Modified {
                client: file.client_modified.clone(),
                server: file.server_modified.clone(),
            };
            store.put_file(place, id, file.content.clone(), modified);
        }
        (None, Some(id)) => {
            store.put(Entry {
                id,
                place,
                file: None,
            });
        }
        (None, None) => {
            store.put_folder(place);
        }
    }
}

fn single(store: &mut Store, call: &Call, original: Original) -> Outcome {
    let metadata = relocate(
        store,
        call.arg,
        call.arg.flag("autorename"),
        original,
        call.now,
    )?;
    Ok(Answered::Result(metadata))
}

pub(crate) fn copy(store: &mut Store, call: &Call) -> Outcome {
    single(store, call, Original::Stays)
}

pub(crate) fn copy_v2(store: &mut Store, call: &Call) -> Outcome {
    copy(store, call).map(wrapped)
}

pub(crate) fn move_(store: &mut Store, call: &Call) -> Outcome {
    single(store, call, Original::Goes)
}

pub(crate) fn move_v2(store: &mut Store, call: &Call) -> Outcome {
    move_(store, call).map(wrapped)
}

fn each<'a>(
    store: &'a mut Store,
    call: &'a Call,
    original: Original,
) -> impl Iterator<Item = Result<Value, Value>> + 'a {
    let autorename = call.arg.flag("autorename");
    let entries = call.arg.list("entries");
    entries.map(move |paths| relocate(store, paths, autorename, original, call.now))
}

/// Each entry succeeds or fails for itself.
fn batch_v2(world: &mut World, call: &Call, original: Original, kind: &'static str) -> Outcome {
    let entries = each(world.store(call)?, call, original).map(|entry| match entry {
        Ok(metadata) => under("success", metadata),
        Err(error) => under("failure", under("relocation_error", error)),
    });
    let entries: Vec<_> = entries.collect();
    let done = flat("complete", json!({ "entries": entries }));
    world.jobs.launch(kind, call, done, Launch::Sooner)
}

/// All entries succeed, or nothing changes.
fn batch(world: &mut World, call: &Call, original: Original, kind: &'static str) -> Outcome {
    let store = world.store(call)?;
    let mut after = store.clone();
    let relocated: Result<Vec<_>, _> = each(&mut after, call, original).collect();
    let (done, launch) = match relocated {
        Ok(entries) => {
            *store = after;
            let entries = entries
                .into_iter()
                .map(|metadata| json!({ "metadata": metadata }));
            let done = json!({ "entries": entries.collect::<Vec<_>>() });
            (flat("complete", done), Launch::Sooner)
        }
        Err(error) => (under("failed", error), Launch::Later),
    };
    world.jobs.launch(kind, call, done, launch)
}

pub(crate) fn copy_batch(world: &mut World, call: &Call) -> Outcome {
    batch(world, call, Original::Stays, "copy_batch")
}

pub(crate) fn copy_batch_v2(world: &mut World, call: &Call) -> Outcome {
    batch_v2(world, call, Original::Stays, "copy_batch_v2")
}

pub(crate) fn move_batch(world: &mut World, call: &Call) -> Outcome {
    batch(world, call, Original::Goes, "move_batch")
}

pub(crate) fn move_batch_v2(world: &mut World, call: &Call) -> Outcome {
    batch_v2(world, call, Original::Goes, "move_batch_v2")
}

//! What is looked at one by one: metadata, content, revisions.

use std::io::{Cursor, Write};
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::metadata::{self, untagged};
use super::place::Place;
use super::store::{Entry, Revision, Store};
use crate::state::value::{sparse, tag, under};
use crate::state::{Answered, Call, Outcome, Stop};

/// Most files and folders that a zip may have.
const MOST_IN_ZIP: usize = 10_000;

/// A file as it is named: by path, id, revision or namespace; or the `LookupError`.
pub(crate) fn file(store: &Store, path: &str) -> Result<(Arc<Revision>, Value), Value> {
    if let Some(rev) = path.strip_prefix("rev:") {
        let revision = store.revision(rev).ok_or_else(|| tag("not_found"))?;
        return Ok((revision.clone(), metadata::revision(revision)));
    }
    let place = store.place(path)?;
    match store.entry(&place.lower) {
        Some(entry) => match &entry.file {
            Some(revision) => Ok((revision.clone(), untagged(entry))),
            None => Err(tag("not_file")),
        },
        None if place.is_root() => Err(tag("not_file")),
        None => Err(tag("not_found")),
    }
}

pub(crate) fn get_metadata(store: &mut Store, call: &Call) -> Outcome {
    let path = call.arg.text("path");
    if path.starts_with("rev:") {
        let (_, fields) = file(store, path).map_err(|error| under("path", error))?;
        return Ok(Answered::Result(crate::state::value::flat("file", fields)));
    }
    if store.place(path).is_ok_and(|place| place.is_root()) {
        return Err(Stop::Refused("The root folder is unsupported.".to_owned()));
    }
    let error = match store.lookup(path) {
        Ok(entry) => return Ok(Answered::Result(metadata::metadata(entry))),
        Err(error) => error,
    };
    let deleted = deleted(store, path).filter(|_| call.arg.flag("include_deleted"));
    match deleted {
        Some(deleted) => Ok(Answered::Result(deleted)),
        None => Err(under("path", error).into()),
    }
}

/// What was at a path, or had an id, and is nowhere any more.
fn deleted(store: &Store, path: &str) -> Option<Value> {
    let deleted = match store.place(path) {
        Ok(place) => store.deleted(&place.lower),
        Err(_) => store.deleted_by_id(path),
    };
    deleted.map(metadata::deleted)
}

pub(crate) fn download(store: &mut Store, call: &Call) -> Outcome {
    let by_rev = call.arg.maybe("rev").map(|rev| format!("rev:{rev}"));
    let path = by_rev.as_deref().unwrap_or(call.arg.text("path"));
    let (revision, result) = file(store, path).map_err(|error| under("path", error))?;
    Ok(Answered::Content {
        result,
        body: revision.content.bytes.clone(),
    })
}

pub(crate) fn download_zip(store: &mut Store, call: &Call) -> Outcome {
    let entry = store
        .lookup(call.arg.text("path"))
        .map_err(|error| under("path", error))?;
    if entry.file.is_some() {
        return Err(under("path", tag("not_folder")).into());
    }
    if store.below(&entry.place.lower).count() >= MOST_IN_ZIP {
        return Err(tag("too_many_files").into());
    }
    let body = zip(&entry.place, store.below(&entry.place.lower)).map_err(|_| tag("too_large"))?;
    Ok(Answered::Content {
        result: json!({ "metadata": untagged(entry) }),
        body,
    })
}

/// A folder as a zip whose files are stored as they are.
fn zip<'a>(folder: &Place, entries: impl Iterator<Item = &'a Entry>) -> ZipResult<Bytes> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_directory(folder.name(), options)?;
    let depth = folder.display.matches('/').count();
    for entry in entries {
        let name: Vec<_> = entry.place.display.split('/').skip(depth).collect();
        match &entry.file {
            Some(revision) => {
                zip.start_file(name.join("/"), options)?;
                zip.write_all(&revision.content.bytes)?;
            }
            None => zip.add_directory(name.join("/"), options)?,
        }
    }
    Ok(zip.finish()?.into_inner().into())
}

pub(crate) fn list_revisions(store: &mut Store, call: &Call) -> Outcome {
    let by_id = call.arg.part("mode").tag() == "id";
    let before = call.arg.maybe("before_rev");
    if by_id && before.is_some() {
        return Err(tag("before_rev_not_supported").into());
    }
    if before.is_some_and(|rev| store.revision(rev).is_none()) {
        return Err(tag("invalid_before_rev").into());
    }
    let path = call.arg.text("path");
    let Newest { place, id } = newest(store, path).map_err(|error| under("path", error))?;
    let belongs = |revision: &&Arc<Revision>| match by_id {
        true => revision.id == id,
        false => revision.place.lower == place.lower,
    };
    let older = |revision: &&Arc<Revision>| before.is_none_or(|rev| revision.rev.as_str() < rev);
    let mut found = store
        .revisions()
        .rev()
        .filter(belongs)
        .filter(older)
        .peekable();
    let entries: Vec<_> = found
        .by_ref()
        .take(call.arg.count_or("limit", 10))
        .map(|revision| metadata::revision(revision))
        .collect();
    let has_more = found.peek().is_some();
    let is_there = store
        .entry(&place.lower)
        .is_some_and(|entry| entry.file.is_some());
    let deleted = store.deleted(&place.lower);
    Ok(Answered::Result(sparse(json!({
        "is_deleted": !is_there,
        "server_deleted": deleted.map(|deleted| &deleted.at),
        "entries": entries,
        "has_more": has_more,
    }))))
}

/// The newest file entry of a path or an id, which may be deleted.
struct Newest {
    place: Place,
    id: String,
}

fn newest(store: &Store, path: &str) -> Result<Newest, Value> {
    if path.starts_with("id:") && store.place(path).is_err() {
        let revision = store.revisions().rev().find(|revision| revision.id == path);
        let revision = revision.ok_or_else(|| tag("not_found"))?;
        return Ok(Newest {
            place: revision.place.clone(),
            id: revision.id.clone(),
        });
    }
    let place = store.place(path)?;
    match store.entry(&place.lower) {
        Some(entry) if entry.file.is_none() => Err(tag("not_file")),
        Some(entry) => Ok(Newest {
            id: entry.id.clone(),
            place,
        }),
        None => {
            let revision = store
                .revisions()
                .rev()
                .find(|revision| revision.place.lower == place.lower);
            let revision = revision.ok_or_else(|| tag("not_found"))?;
            Ok(Newest {
                id: revision.id.clone(),
                place,
            })
        }
    }
}

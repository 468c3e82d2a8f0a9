//! What is looked at one by one: metadata and content.

use std::sync::Arc;

use serde_json::{Value, json};

use super::metadata::{self, untagged};
use super::store::{Revision, Store};
use super::zip::zip;
use crate::state::value::{flat, tag, under};
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
        return Ok(Answered::Result(flat("file", fields)));
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

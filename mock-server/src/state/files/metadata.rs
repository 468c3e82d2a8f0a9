//! Metadata of files, folders and what was deleted.

use serde_json::{Value, json};

use super::place::Place;
use super::store::{Deleted, Entry, Revision};
use crate::state::value::flat;

/// A `Metadata`, which tells of which kind it is.
pub(crate) fn metadata(entry: &Entry) -> Value {
    flat(entry.kind(), untagged(entry))
}

/// A `FileMetadata` or `FolderMetadata` where just that is expected.
pub(crate) fn untagged(entry: &Entry) -> Value {
    match &entry.file {
        // A moved parent may have another case than when the revision was made.
        Some(revision) => file(revision, &entry.place),
        None => folder(entry),
    }
}

/// A `FileMetadata` of any revision.
pub(crate) fn revision(revision: &Revision) -> Value {
    file(revision, &revision.place)
}

fn file(revision: &Revision, place: &Place) -> Value {
    json!({
        "name": place.name(),
        "id": revision.id,
        "client_modified": revision.client_modified,
        "server_modified": revision.server_modified,
        "rev": revision.rev,
        "size": revision.content.bytes.len(),
        "path_lower": place.lower,
        "path_display": place.display,
        "is_downloadable": true,
        "content_hash": revision.content.hash,
    })
}

fn folder(entry: &Entry) -> Value {
    json!({
        "name": entry.place.name(),
        "id": entry.id,
        "path_lower": entry.place.lower,
        "path_display": entry.place.display,
    })
}

/// A `Metadata` of what is gone.
pub(crate) fn deleted(deleted: &Deleted) -> Value {
    gone(&deleted.place)
}

/// A `Metadata` that says that nothing is there.
pub(crate) fn gone(place: &Place) -> Value {
    let fields = json!({
        "name": place.name(),
        "path_lower": place.lower,
        "path_display": place.display,
    });
    flat("deleted", fields)
}

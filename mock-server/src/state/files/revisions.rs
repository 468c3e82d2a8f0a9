//! Files as they were.

use serde_json::{Value, json};

use super::metadata;
use super::place::Place;
use super::store::{Modified, Revision, Store};
use crate::state::ids::stamp;
use crate::state::value::{sparse, tag, under};
use crate::state::{Answered, Call, Outcome};

const PAGE: usize = 10;

pub(crate) fn list_revisions(store: &mut Store, call: &Call) -> Outcome {
    let wanted = Wanted::read(store, call)?;
    let mut found = store
        .revisions()
        .rev()
        .filter(|revision| wanted.has(revision))
        .peekable();
    let page = found.by_ref().take(call.arg.count_or("limit", PAGE));
    let entries: Vec<_> = page.map(|revision| metadata::revision(revision)).collect();
    let has_more = found.peek().is_some();
    let lower = &wanted.place.lower;
    let is_there = store.entry(lower).is_some_and(|entry| entry.file.is_some());
    Ok(Answered::Result(sparse(json!({
        "is_deleted": !is_there,
        "server_deleted": store.deleted(lower).map(|deleted| &deleted.at),
        "entries": entries,
        "has_more": has_more,
    }))))
}

/// Which revisions are listed.
struct Wanted<'a> {
    /// Where the newest file entry is or was.
    place: Place,
    /// The id that the revisions share, if not the place.
    id: Option<String>,
    before: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn read(store: &Store, call: &Call<'a>) -> Result<Self, Value> {
        let by_id = call.arg.part("mode").tag() == "id";
        let before = call.arg.maybe("before_rev");
        if by_id && before.is_some() {
            return Err(tag("before_rev_not_supported"));
        }
        if before.is_some_and(|rev| store.revision(rev).is_none()) {
            return Err(tag("invalid_before_rev"));
        }
        let newest = newest(store, call.arg.text("path"));
        let (place, id) = newest.map_err(|error| under("path", error))?;
        let id = by_id.then_some(id);
        Ok(Self { place, id, before })
    }

    fn has(&self, revision: &Revision) -> bool {
        let belongs = match &self.id {
            Some(id) => revision.id == *id,
            None => revision.place.lower == self.place.lower,
        };
        belongs
            && self
                .before
                .is_none_or(|before| revision.rev.as_str() < before)
    }
}

/// Place and id of the newest file entry of a path or an id, which may be deleted; or the `LookupError`.
fn newest(store: &Store, path: &str) -> Result<(Place, String), Value> {
    let last = |fits: &dyn Fn(&Revision) -> bool| {
        let revision = store.revisions().rev().find(|revision| fits(revision));
        revision.ok_or_else(|| tag("not_found"))
    };
    let place = match store.place(path) {
        Ok(place) => place,
        Err(_) if path.starts_with("id:") => last(&|revision| revision.id == path)?.place.clone(),
        Err(error) => return Err(error),
    };
    match store.entry(&place.lower) {
        Some(entry) if entry.file.is_none() => Err(tag("not_file")),
        Some(entry) => Ok((place, entry.id.clone())),
        None => {
            let id = last(&|revision| revision.place.lower == place.lower)?
                .id
                .clone();
            Ok((place, id))
        }
    }
}

/// Puts a file back as it was in some revision.
pub(crate) fn restore(store: &mut Store, call: &Call) -> Outcome {
    let write_error = |error| under("path_write", error);
    let place = store
        .place(call.arg.text("path"))
        .map_err(|error| under("path_lookup", error))?;
    place.writable().map_err(write_error)?;
    let revision = store.revision(call.arg.text("rev")).cloned();
    let revision = revision.ok_or_else(|| tag("invalid_revision"))?;
    store.make_parents(&place).map_err(write_error)?;
    let there = store.entry(&place.lower);
    if there.is_some_and(|entry| entry.file.is_none()) {
        return Err(write_error(under("conflict", tag("folder"))).into());
    }
    // The file itself comes back, unless it went elsewhere or another is in its place.
    let own = Some(revision.id.clone()).filter(|id| store.place(id).is_err());
    let id = there.map(|entry| entry.id.clone()).or(own);
    let modified = Modified {
        client: revision.client_modified.clone(),
        server: stamp(call.now),
    };
    let restored = store.put_file(place, id, revision.content.clone(), modified);
    Ok(Answered::Result(metadata::revision(&restored)))
}

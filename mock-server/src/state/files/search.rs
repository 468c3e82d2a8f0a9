//! A search by name.

use serde_json::{Value, json};

use super::metadata::{deleted, metadata};
use super::place::{Place, name_of};
use super::store::Store;
use crate::state::cursors::{Page, Rest};
use crate::state::value::{Arg, sparse, tag, under};
use crate::state::{Answered, Call, Outcome, World};

const LIST: &str = "search";
const PAGE: usize = 100;

pub(crate) fn search(world: &mut World, call: &Call) -> Outcome {
    let options = call.arg.part("options");
    let owner = call.account()?.to_owned();
    let names = matches(world.store(call)?, call.arg.text("query"), options)
        .map_err(|error| under("path", error))?;
    let limit = options.count_or("max_results", PAGE).max(1);
    let page = world.cursors.page(Rest {
        list: LIST,
        owner,
        names,
        limit,
    });
    Ok(answer(world, page))
}

pub(crate) fn search_continue(world: &mut World, call: &Call) -> Outcome {
    let page = world.cursors.turn(LIST, call.arg.text("cursor"));
    match page.filter(|page| Ok(page.owner.as_str()) == call.account()) {
        Some(page) => Ok(answer(world, page)),
        None => Err(tag("invalid_argument").into()),
    }
}

/// Lower-case paths of what has all words of the query in its name.
fn matches(store: &Store, query: &str, options: Arg) -> Result<Vec<String>, Value> {
    let place = match options.maybe("path") {
        Some(path) => store.place(path)?,
        None => Place::default(),
    };
    if !place.is_root() && store.entry(&place.lower).is_none() {
        return Err(tag("not_found"));
    }
    let query = query.to_lowercase();
    let extensions: Vec<_> = options
        .list("file_extensions")
        .filter_map(Arg::as_text)
        .map(str::to_lowercase)
        .collect();
    let fits = |path: &&str| {
        let name = name_of(path);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        query.split_whitespace().all(|word| name.contains(word))
            && (extensions.is_empty()
                || extensions
                    .iter()
                    .any(|wanted| wanted.trim_start_matches('.') == extension))
    };
    let is_deleted = options.part("file_status").tag() == "deleted";
    let paths: Vec<_> = match is_deleted {
        true => store
            .deleted_below(&place.lower)
            .map(|deleted| deleted.place.lower.as_str())
            .collect(),
        false => store
            .below(&place.lower)
            .map(|entry| entry.place.lower.as_str())
            .collect(),
    };
    Ok(paths.into_iter().filter(fits).map(str::to_owned).collect())
}

fn answer(world: &mut World, page: Page) -> Answered {
    let store = world.store_of(&page.owner);
    let found = page.names.iter().filter_map(|path| {
        store
            .entry(path)
            .map(metadata)
            .or_else(|| store.deleted(path).map(deleted))
    });
    let matches = found.map(|metadata| {
        json!({ "metadata": under("metadata", metadata), "match_type": tag("filename") })
    });
    let matches: Vec<_> = matches.collect();
    let cursor = page.has_more.then_some(page.cursor);
    Answered::Result(sparse(
        json!({ "matches": matches, "has_more": page.has_more, "cursor": cursor }),
    ))
}

//! Shared links made, changed, revoked, listed and opened.

use serde_json::{Value, json};

use super::Link;
use super::settings::Settings;
use crate::state::accounts::Accounts;
use crate::state::cursors::{Page, Rest};
use crate::state::files::place::Place;
use crate::state::files::store::{Entry, Revision};
use crate::state::value::{flat, sparse, tag, under};
use crate::state::{Answered, Call, Outcome, Stop, World};

const LIST: &str = "shared_links";
/// Links on a page; the route takes no limit.
const PAGE: usize = 100;

/// A `SharedLinkMetadata` of what a link leads to, or of something in it.
fn metadata(link: &Link, entry: &Entry, call: &Call) -> Value {
    let is_owner = call.is(&link.account);
    let fields = sparse(json!({
        "url": link.url,
        "id": entry.id,
        "name": entry.place.name(),
        "expires": link.settings.expires,
        "path_lower": is_owner.then_some(&entry.place.lower),
        "link_permissions": link.settings.permissions(is_owner),
    }));
    let Some(file) = &entry.file else {
        return flat("folder", fields);
    };
    let mut whole = flat("file", fields);
    if let (Value::Object(whole), Value::Object(of_file)) = (&mut whole, of_file(file)) {
        whole.extend(of_file);
    }
    whole
}

fn of_file(file: &Revision) -> Value {
    json!({
        "client_modified": file.client_modified,
        "server_modified": file.server_modified,
        "rev": file.rev,
        "size": file.content.bytes.len(),
    })
}

/// What a link leads to, if it is still there.
fn target<'w>(accounts: &'w Accounts, link: &Link) -> Option<&'w Entry> {
    accounts.get(&link.account)?.store.lookup(&link.id).ok()
}

pub(crate) fn create(world: &mut World, call: &Call) -> Outcome {
    let entry = world.store(call)?.lookup(call.arg.text("path"));
    let entry = entry.map_err(|error| under("path", error))?.clone();
    let asked = call.arg.get("settings");
    if let Some(link) = world.links.to(call.account()?, &entry.id) {
        return Err(match asked {
            // The link might not be what was asked for.
            Some(_) => tag("shared_link_already_exists"),
            None => under(
                "shared_link_already_exists",
                under("metadata", metadata(link, &entry, call)),
            ),
        }
        .into());
    }
    let mut settings = Settings::new();
    if let Some(asked) = asked {
        settings
            .change(asked, call)
            .map_err(|error| under("settings_error", error))?;
    }
    let link = world.links.add(&entry, call.account()?, settings);
    Ok(Answered::Result(metadata(&link, &entry, call)))
}

pub(crate) fn modify(world: &mut World, call: &Call) -> Outcome {
    let link = world.links.owned(call)?;
    let mut settings = link.settings.clone();
    settings
        .change(call.arg.part("settings"), call)
        .map_err(|error| under("settings_error", error))?;
    if call.arg.flag("remove_expiration") {
        settings.expires = None;
    }
    link.settings = settings;
    let link = link.clone();
    let entry = target(&world.accounts, &link).ok_or_else(|| tag("shared_link_not_found"))?;
    Ok(Answered::Result(metadata(&link, entry, call)))
}

pub(crate) fn revoke(world: &mut World, call: &Call) -> Outcome {
    if !call.arg.text("url").starts_with("http") {
        return Err(tag("shared_link_malformed").into());
    }
    let url = world.links.owned(call)?.url.clone();
    world.links.by_url.remove(&url);
    Ok(Answered::Result(Value::Null))
}

/// The link that the argument names and the entry that it means, which may lie in the linked folder.
fn opened(world: &World, call: &Call) -> Result<(Link, Entry), Stop> {
    let link = world
        .links
        .open(call.arg.text("url"), call.arg.maybe("link_password"), call)?;
    let path = format!("{}{}", link.id, call.arg.maybe("path").unwrap_or_default());
    let store = world
        .accounts
        .get(&link.account)
        .map(|account| &account.store);
    let entry = store.and_then(|store| store.lookup(&path).ok());
    let entry = entry.ok_or_else(|| tag("shared_link_not_found"))?;
    Ok((link.clone(), entry.clone()))
}

pub(crate) fn get_metadata(world: &mut World, call: &Call) -> Outcome {
    let (link, entry) = opened(world, call)?;
    Ok(Answered::Result(metadata(&link, &entry, call)))
}

pub(crate) fn get_file(world: &mut World, call: &Call) -> Outcome {
    let (link, entry) = opened(world, call)?;
    let Some(file) = &entry.file else {
        return Err(tag("shared_link_is_directory").into());
    };
    if !link.settings.allow_download && !call.is(&link.account) {
        return Err(tag("shared_link_access_denied").into());
    }
    let body = file.content.bytes.clone();
    Ok(Answered::Content {
        result: metadata(&link, &entry, call),
        body,
    })
}

pub(crate) fn list(world: &mut World, call: &Call) -> Outcome {
    let account = call.account()?.to_owned();
    if let Some(cursor) = call.arg.maybe("cursor") {
        let page = world
            .cursors
            .turn(LIST, cursor)
            .filter(|page| page.owner == account);
        let page = page.ok_or_else(|| tag("reset"))?;
        return Ok(answer(world, page, call));
    }
    if let Some(path) = call.arg.maybe("path").filter(|path| !path.is_empty()) {
        let place = world
            .store(call)?
            .lookup(path)
            .map(|entry| entry.place.clone());
        let place = place.map_err(|error| under("path", error))?;
        return Ok(giving_access(world, call, &account, &place));
    }
    let links = world
        .links
        .by_url
        .values()
        .filter(|link| link.account == account);
    let names = links.map(|link| link.url.clone()).collect();
    let page = world.cursors.page(Rest {
        list: LIST,
        owner: account,
        names,
        limit: PAGE,
    });
    Ok(answer(world, page, call))
}

/// Links to a place and, unless only direct ones are wanted, to what it lies in.
fn giving_access(world: &World, call: &Call, account: &str, place: &Place) -> Answered {
    let direct_only = call.arg.flag("direct_only");
    let links = world
        .links
        .by_url
        .values()
        .filter(|link| link.account == account);
    let links = links.filter_map(|link| Some((link, target(&world.accounts, link)?)));
    let links = links.filter(|(_, entry)| match direct_only {
        true => entry.place.lower == place.lower,
        false => entry.place.holds(&place.lower),
    });
    let links: Vec<_> = links
        .map(|(link, entry)| metadata(link, entry, call))
        .collect();
    Answered::Result(json!({ "links": links, "has_more": false }))
}

fn answer(world: &World, page: Page, call: &Call) -> Answered {
    let links = page.names.iter().filter_map(|url| {
        let link = world.links.by_url.get(url)?;
        Some(metadata(link, target(&world.accounts, link)?, call))
    });
    let links: Vec<_> = links.collect();
    let cursor = page.has_more.then_some(page.cursor);
    Answered::Result(sparse(
        json!({ "links": links, "has_more": page.has_more, "cursor": cursor }),
    ))
}

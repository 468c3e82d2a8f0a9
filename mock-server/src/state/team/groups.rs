//! Groups made, listed, looked up, changed.

use std::time::UNIX_EPOCH;

use serde_json::{Value, json};

use super::group::{Group, Membership};
use super::member::Member;
use crate::state::cursors::{Page, Rest};
use crate::state::jobs::Launch;
use crate::state::value::{Arg, flat, tag, under};
use crate::state::{Answered, Call, Outcome, World};

const LIST: &str = "groups";
const PAGE: usize = 1000;

/// What a new group, or a changed one, must not be like the others in.
fn check(
    world: &World,
    own_id: Option<&str>,
    name: Option<&str>,
    external_id: Option<&str>,
    management: &str,
) -> Result<(), Value> {
    if name.is_some_and(|name| name.trim().is_empty()) {
        return Err(tag("group_name_invalid"));
    }
    if management == "system_managed" {
        return Err(tag("system_managed_group_disallowed"));
    }
    let mut others = world
        .team
        .groups
        .values()
        .filter(|group| Some(group.id.as_str()) != own_id);
    let taken = others.find_map(|other| {
        if name == Some(&other.name) {
            Some("group_name_already_used")
        } else if external_id.is_some() && other.external_id.as_deref() == external_id {
            Some("external_id_already_in_use")
        } else {
            None
        }
    });
    taken.map_or(Ok(()), |error| Err(tag(error)))
}

pub(crate) fn create(world: &mut World, call: &Call) -> Outcome {
    let [name, external_id] = ["group_name", "group_external_id"].map(|name| call.arg.maybe(name));
    let management = call.arg.part("group_management_type").tag();
    check(world, None, name, external_id, management)?;
    let owner = world
        .team
        .members()
        .find(|member| member.is_admin())
        .filter(|_| call.arg.flag("add_creator_as_owner"));
    let owner = owner.map(|admin: &Member| Membership {
        member: admin.id.clone(),
        is_owner: true,
    });
    let created = call
        .now
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    let group = Group {
        id: world.team.ids.hex("g:"),
        name: name.unwrap_or_default().to_owned(),
        external_id: external_id.map(str::to_owned),
        management: if management.is_empty() {
            "company_managed"
        } else {
            management
        }
        .to_owned(),
        created: u64::try_from(created).unwrap_or_default(),
        members: owner.into_iter().collect(),
    };
    let full = group.full(&world.team, &world.accounts, true);
    world.team.groups.insert(group.id.clone(), group);
    Ok(Answered::Result(full))
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Outcome {
    let id = world.team.group(call.arg)?.id.clone();
    world.team.groups.remove(&id);
    world
        .jobs
        .launch("groups", call, tag("complete"), Launch::Sooner)
}

pub(crate) fn get_info(world: &mut World, call: &Call) -> Outcome {
    let kind = if call.arg.tag() == "group_ids" {
        "group_id"
    } else {
        "group_external_id"
    };
    let infos = call
        .arg
        .payload()
        .items()
        .map(|name| match world.team.find_group(kind, name) {
            Some(group) => flat("group_info", group.full(&world.team, &world.accounts, true)),
            None => under("id_not_found", name.as_text().unwrap_or_default()),
        });
    Ok(Answered::Result(infos.collect::<Vec<_>>().into()))
}

pub(crate) fn update(world: &mut World, call: &Call) -> Outcome {
    let id = world.team.group(call.arg.part("group"))?.id.clone();
    let [name, external_id] =
        ["new_group_name", "new_group_external_id"].map(|name| call.arg.maybe(name));
    let management = call.arg.get("new_group_management_type").map(Arg::tag);
    let wanted_external_id = external_id.filter(|id| !id.is_empty());
    check(
        world,
        Some(&id),
        name,
        wanted_external_id,
        management.unwrap_or_default(),
    )?;
    if let Some(group) = world.team.groups.get_mut(&id) {
        group.name = name.unwrap_or(&group.name).to_owned();
        if external_id.is_some() {
            group.external_id = wanted_external_id.map(str::to_owned);
        }
        group.management = management.unwrap_or(&group.management).to_owned();
    }
    let group = world
        .team
        .groups
        .get(&id)
        .ok_or_else(|| tag("group_not_found"))?;
    let return_members = call.arg.flag_or("return_members", true);
    Ok(Answered::Result(group.full(
        &world.team,
        &world.accounts,
        return_members,
    )))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Outcome {
    let names = world.team.groups.keys().cloned().collect();
    let limit = call.arg.count_or("limit", PAGE).max(1);
    let page = world.cursors.page(Rest {
        list: LIST,
        owner: String::new(),
        names,
        limit,
    });
    Ok(answer(world, page))
}

pub(crate) fn list_continue(world: &mut World, call: &Call) -> Outcome {
    let page = world.cursors.turn(LIST, call.arg.text("cursor"));
    let page = page.ok_or_else(|| tag("invalid_cursor"))?;
    Ok(answer(world, page))
}

fn answer(world: &World, page: Page) -> Answered {
    let groups = page.names.iter().filter_map(|id| world.team.groups.get(id));
    let groups: Vec<_> = groups.map(Group::summary).collect();
    Answered::Result(json!({ "groups": groups, "cursor": page.cursor, "has_more": page.has_more }))
}

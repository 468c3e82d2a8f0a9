//! Who is in a group.

use serde_json::{Value, json};

use super::group::{Group, Membership};
use super::member::Status;
use crate::state::cursors::{Page, Rest};
use crate::state::value::{Arg, flat, tag, under};
use crate::state::{Answered, Call, Outcome, World};

const LIST: &str = "group_members";
const PAGE: usize = 1000;

/// The ids of the members that are named, or the error that lists those who are not there.
fn members<'a>(
    world: &World,
    selectors: impl Iterator<Item = Arg<'a>>,
) -> Result<Vec<String>, Value> {
    let [mut found, mut unknown, mut gone] = [const { Vec::new() }; 3];
    for selector in selectors {
        let name = || selector.payload().as_text().unwrap_or_default().to_owned();
        match world.team.select(&world.accounts, selector) {
            None => unknown.push(name()),
            Some(member) if member.is_removed() => gone.push(name()),
            Some(member) => found.push(member.id.clone()),
        }
    }
    if !unknown.is_empty() {
        return Err(under("users_not_found", unknown));
    }
    if !gone.is_empty() {
        return Err(under("members_not_in_team", gone));
    }
    Ok(found)
}

/// Changes a group and tells what became of it.
fn change(
    world: &mut World,
    call: &Call,
    id: &str,
    change: impl FnOnce(&mut Group),
) -> Result<Value, Value> {
    world.team.groups.get_mut(id).map(change);
    let group = world
        .team
        .groups
        .get(id)
        .ok_or_else(|| tag("group_not_found"))?;
    let return_members = call.arg.flag_or("return_members", true);
    Ok(group.full(&world.team, &world.accounts, return_members))
}

/// The job of changing members is a thing of the past; its id is a space.
fn changed(group: Value) -> Outcome {
    Ok(Answered::Result(
        json!({ "group_info": group, "async_job_id": " " }),
    ))
}

pub(crate) fn add(world: &mut World, call: &Call) -> Outcome {
    let group = world.team.group(call.arg.part("group"))?.clone();
    let wanted = || call.arg.list("members");
    let ids = members(world, wanted().map(|access| access.part("user")))?;
    let owners = wanted().map(|access| access.part("access_type").tag() == "owner");
    let new: Vec<_> = ids
        .into_iter()
        .zip(owners)
        .map(|(member, is_owner)| Membership { member, is_owner })
        .collect();
    check_new(world, &group, &new)?;
    let group = change(world, call, &group.id, |group| group.members.extend(new))?;
    changed(group)
}

fn check_new(world: &World, group: &Group, new: &[Membership]) -> Result<(), Value> {
    let twice = |at: usize, id: &str| new.iter().skip(at + 1).any(|other| other.member == id);
    if new
        .iter()
        .enumerate()
        .any(|(at, new)| group.has(&new.member) || twice(at, &new.member))
    {
        return Err(tag("duplicate_user"));
    }
    let owners: Vec<_> = new
        .iter()
        .filter(|new| new.is_owner)
        .map(|new| new.member.as_str())
        .collect();
    if group.management == "company_managed" && !owners.is_empty() {
        return Err(under(
            "user_cannot_be_manager_of_company_managed_group",
            owners,
        ));
    }
    let status = |id: &&str| world.team.member(id).map(|member| member.status);
    match owners
        .iter()
        .any(|id| status(id) == Some(Status::Suspended))
    {
        true => Err(tag("user_must_be_active_to_be_owner")),
        false => Ok(()),
    }
}

pub(crate) fn remove(world: &mut World, call: &Call) -> Outcome {
    let group = world.team.group(call.arg.part("group"))?.clone();
    let ids = members(world, call.arg.list("users"))?;
    if !ids.iter().all(|id| group.has(id)) {
        return Err(tag("member_not_in_group").into());
    }
    let group = change(world, call, &group.id, |group| {
        group.members.retain(|old| !ids.contains(&old.member))
    })?;
    changed(group)
}

pub(crate) fn set_access_type(world: &mut World, call: &Call) -> Outcome {
    let group = world.team.group(call.arg.part("group"))?.clone();
    let member = world.team.select(&world.accounts, call.arg.part("user"));
    let member = member
        .filter(|member| group.has(&member.id))
        .ok_or_else(|| tag("member_not_in_group"))?;
    let (id, is_owner) = (
        member.id.clone(),
        call.arg.part("access_type").tag() == "owner",
    );
    if is_owner && group.management == "company_managed" {
        return Err(tag("user_cannot_be_manager_of_company_managed_group").into());
    }
    let group = change(world, call, &group.id, |group| {
        for membership in group
            .members
            .iter_mut()
            .filter(|membership| membership.member == id)
        {
            membership.is_owner = is_owner;
        }
    })?;
    Ok(Answered::Result(vec![flat("group_info", group)].into()))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Outcome {
    let group = world.team.group(call.arg.part("group"))?;
    let names = group
        .members
        .iter()
        .map(|membership| membership.member.clone())
        .collect();
    let rest = Rest {
        list: LIST,
        owner: group.id.clone(),
        names,
        limit: call.arg.count_or("limit", PAGE).max(1),
    };
    let page = world.cursors.page(rest);
    Ok(answer(world, page))
}

pub(crate) fn list_continue(world: &mut World, call: &Call) -> Outcome {
    let page = world.cursors.turn(LIST, call.arg.text("cursor"));
    let page = page.ok_or_else(|| tag("invalid_cursor"))?;
    Ok(answer(world, page))
}

fn answer(world: &World, page: Page) -> Answered {
    let memberships = world
        .team
        .groups
        .get(&page.owner)
        .map(|group| group.members.as_slice())
        .unwrap_or_default();
    let on_page = memberships
        .iter()
        .filter(|membership| page.names.contains(&membership.member));
    let members: Vec<_> = on_page
        .filter_map(|membership| membership.info(&world.team, &world.accounts))
        .collect();
    Answered::Result(
        json!({ "members": members, "cursor": page.cursor, "has_more": page.has_more }),
    )
}

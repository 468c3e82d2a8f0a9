//! Members listed, looked up, suspended, given roles.

use serde_json::{Value, json};

use super::member::{Edition, Member, Role, Status};
use crate::state::cursors::{Page, Rest};
use crate::state::value::{Arg, flat, tag, under};
use crate::state::{Answered, Call, Outcome, World};

const LIST: &str = "members";
const PAGE: usize = 1000;

fn list_as(world: &mut World, call: &Call, edition: Edition) -> Outcome {
    let include_removed = call.arg.flag("include_removed");
    let listed = world
        .team
        .members()
        .filter(|member| include_removed || !member.is_removed());
    let names = listed.map(|member| member.id.clone()).collect();
    let limit = call.arg.count_or("limit", PAGE).max(1);
    let page = world.cursors.page(Rest {
        list: LIST,
        owner: String::new(),
        names,
        limit,
    });
    Ok(answer(world, page, edition))
}

fn continue_as(world: &mut World, call: &Call, edition: Edition) -> Outcome {
    let page = world.cursors.turn(LIST, call.arg.text("cursor"));
    let page = page.ok_or_else(|| tag("invalid_cursor"))?;
    Ok(answer(world, page, edition))
}

fn answer(world: &World, page: Page, edition: Edition) -> Answered {
    let members = page.names.iter().filter_map(|id| world.team.member(id));
    let members: Vec<_> = members
        .map(|member| member.info(&world.team, &world.accounts, edition))
        .collect();
    Answered::Result(
        json!({ "members": members, "cursor": page.cursor, "has_more": page.has_more }),
    )
}

pub(crate) fn list(world: &mut World, call: &Call) -> Outcome {
    list_as(world, call, Edition::First)
}

pub(crate) fn list_v2(world: &mut World, call: &Call) -> Outcome {
    list_as(world, call, Edition::Second)
}

pub(crate) fn list_continue(world: &mut World, call: &Call) -> Outcome {
    continue_as(world, call, Edition::First)
}

pub(crate) fn list_continue_v2(world: &mut World, call: &Call) -> Outcome {
    continue_as(world, call, Edition::Second)
}

fn infos(world: &World, call: &Call, edition: Edition) -> Vec<Value> {
    let wanted = call.arg.list("members");
    let infos = wanted.map(
        |selector| match world.team.select(&world.accounts, selector) {
            Some(member) => flat(
                "member_info",
                member.info(&world.team, &world.accounts, edition),
            ),
            None => under(
                "id_not_found",
                selector.payload().as_text().unwrap_or_default(),
            ),
        },
    );
    infos.collect()
}

pub(crate) fn get_info(world: &mut World, call: &Call) -> Outcome {
    Ok(Answered::Result(infos(world, call, Edition::First).into()))
}

pub(crate) fn get_info_v2(world: &mut World, call: &Call) -> Outcome {
    Ok(Answered::Result(
        json!({ "members_info": infos(world, call, Edition::Second) }),
    ))
}

/// The id of a member who is on the team; else the error of deactivating one.
pub(crate) fn present(world: &World, selector: Arg) -> Result<String, Value> {
    let member = world
        .team
        .select(&world.accounts, selector)
        .ok_or_else(|| tag("user_not_found"))?;
    match member.is_removed() {
        true => Err(tag("user_not_in_team")),
        false => Ok(member.id.clone()),
    }
}

pub(crate) fn change(world: &mut World, id: &str, change: impl FnOnce(&mut Member)) -> Outcome {
    world.team.member_mut(id).map(change);
    Ok(Answered::Result(Value::Null))
}

pub(crate) fn suspend(world: &mut World, call: &Call) -> Outcome {
    let id = present(world, call.arg.part("user"))?;
    if world.team.is_last_admin(&id) {
        return Err(tag("suspend_last_admin").into());
    }
    if world
        .team
        .member(&id)
        .is_none_or(|member| member.status != Status::Active)
    {
        return Err(tag("suspend_inactive_user").into());
    }
    change(world, &id, |member| {
        member.status = Status::Suspended;
        member.suspended_on = Some(call.now);
    })
}

pub(crate) fn unsuspend(world: &mut World, call: &Call) -> Outcome {
    let id = present(world, call.arg.part("user"))?;
    if world
        .team
        .member(&id)
        .is_none_or(|member| member.status != Status::Suspended)
    {
        return Err(tag("unsuspend_non_suspended_member").into());
    }
    change(world, &id, |member| member.status = Status::Active)
}

pub(crate) fn get_available_roles(_: &mut World, _: &Call) -> Outcome {
    let roles: Vec<_> = Role::all().map(|(_, role)| role).collect();
    Ok(Answered::Result(json!({ "roles": roles })))
}

/// Gives a member the role, unless that leaves the team without an admin.
fn give_role(world: &mut World, id: &str, role: Role) -> Result<(), Value> {
    if role != Role::TeamAdmin && world.team.is_last_admin(id) {
        return Err(tag("last_admin"));
    }
    match world.team.member_mut(id) {
        Some(member) if member.status == Status::Active => {
            member.role = role;
            Ok(())
        }
        _ => Err(tag("cannot_set_permissions")),
    }
}

pub(crate) fn set_permissions(world: &mut World, call: &Call) -> Outcome {
    let id = present(world, call.arg.part("user"))?;
    let role = Role::of_tier(call.arg.part("new_role").tag());
    give_role(world, &id, role)?;
    Ok(Answered::Result(
        json!({ "team_member_id": id, "role": role.tier() }),
    ))
}

pub(crate) fn set_permissions_v2(world: &mut World, call: &Call) -> Outcome {
    let id = present(world, call.arg.part("user"))?;
    let role = match call.arg.list("new_roles").next() {
        Some(wanted) => Role::of_id(wanted.as_text().unwrap_or_default())
            .ok_or_else(|| tag("role_not_found"))?,
        None => Role::Member,
    };
    give_role(world, &id, role)?;
    Ok(Answered::Result(
        json!({ "team_member_id": id, "roles": role.roles() }),
    ))
}

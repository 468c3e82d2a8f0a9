//! Groups made, listed, looked up, changed.

use serde_json::{Value, json};

use super::group::{Group, Membership};
use crate::state::cursors::{Page, Rest};
use crate::state::ids::seconds;
use crate::state::jobs::Launch;
use crate::state::value::{Arg, flat, refuse, tag, under};
use crate::state::{Answered, Call, Outcome, World};

const LIST: &str = "groups";
const PAGE: usize = 1000;

/// What a group is to be called, and by whom managed.
struct Wish<'a> {
    name: Option<&'a str>,
    external_id: Option<&'a str>,
    management: Option<&'a str>,
}

impl Wish<'_> {
    /// Whether a group may become so; `own_id` is the group that already may be.
    fn check(&self, world: &World, own_id: &str) -> Result<(), Value> {
        let groups = world.team.groups.values();
        let others = || groups.clone().filter(|group| group.id != own_id);
        let has_name = |other: &Group| Some(other.name.as_str()) == self.name;
        let has_id = |other: &Group| other.external_id.as_deref() == self.external_id;
        refuse(&[
            (
                self.name.is_some_and(|name| name.trim().is_empty()),
                "group_name_invalid",
            ),
            (
                self.management == Some("system_managed"),
                "system_managed_group_disallowed",
            ),
            (others().any(has_name), "group_name_already_used"),
            (
                self.external_id.is_some() && others().any(has_id),
                "external_id_already_in_use",
            ),
        ])
    }
}

pub(crate) fn create(world: &mut World, call: &Call) -> Outcome {
    let wish = Wish {
        name: call.arg.maybe("group_name"),
        external_id: call.arg.maybe("group_external_id"),
        management: call.arg.get("group_management_type").map(Arg::tag),
    };
    wish.check(world, "")?;
    let with_owner = call.arg.flag("add_creator_as_owner");
    // A team has no face: its first admin stands for it.
    let admin = world
        .team
        .members()
        .find(|member| with_owner && member.is_admin());
    let owner = admin.map(|admin| Membership {
        member: admin.id.clone(),
        is_owner: true,
    });
    let group = Group {
        name: wish.name.unwrap_or_default().to_owned(),
        external_id: wish.external_id.map(str::to_owned),
        management: wish.management.unwrap_or("company_managed").to_owned(),
        created: seconds(call.now).saturating_mul(1000),
        members: owner.into_iter().collect(),
        id: world.team.ids.hex("g:"),
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
    let external_id = call.arg.maybe("new_group_external_id");
    let wish = Wish {
        name: call.arg.maybe("new_group_name"),
        // An empty one takes the old one away.
        external_id: external_id.filter(|id| !id.is_empty()),
        management: call.arg.get("new_group_management_type").map(Arg::tag),
    };
    wish.check(world, &id)?;
    let group = world.team.groups.get_mut(&id);
    let group = group.ok_or_else(|| tag("group_not_found"))?;
    if let Some(name) = wish.name {
        group.name = name.to_owned();
    }
    if external_id.is_some() {
        group.external_id = wish.external_id.map(str::to_owned);
    }
    if let Some(management) = wish.management {
        group.management = management.to_owned();
    }
    let group = group.clone();
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

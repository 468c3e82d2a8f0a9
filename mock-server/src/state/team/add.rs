//! Members who are added.

use serde_json::Value;

use super::member::{Edition, Member, Role};
use crate::state::jobs::Launch;
use crate::state::value::{Arg, flat, under};
use crate::state::{Call, Outcome, World};

pub(crate) fn add(world: &mut World, call: &Call) -> Outcome {
    add_as(world, call, Edition::First, "members/add")
}

pub(crate) fn add_v2(world: &mut World, call: &Call) -> Outcome {
    add_as(world, call, Edition::Second, "members/add_v2")
}

fn add_as(world: &mut World, call: &Call, edition: Edition, kind: &'static str) -> Outcome {
    let new = call.arg.list("new_members");
    let added: Vec<_> = new
        .map(|member| invite(world, call, member, edition))
        .collect();
    let launch = if call.arg.flag("force_async") {
        Launch::Later
    } else {
        Launch::AtOnce
    };
    world
        .jobs
        .launch(kind, call, under("complete", added), launch)
}

/// Invites one, and returns the `MemberAddResult` or `MemberAddV2Result`.
fn invite(world: &mut World, call: &Call, new: Arg, edition: Edition) -> Value {
    let email = new.text("member_email");
    if let Some(obstacle) = check(world, new, email) {
        return under(obstacle, email);
    }
    let name = |field| new.maybe(field).unwrap_or_default();
    let account = world
        .accounts
        .add(name("member_given_name"), name("member_surname"), email)
        .id
        .clone();
    let member = world.team.join(&mut world.accounts, account);
    member.external_id = new.maybe("member_external_id").map(str::to_owned);
    member.persistent_id = new.maybe("member_persistent_id").map(str::to_owned);
    member.is_directory_restricted = new
        .get("is_directory_restricted")
        .and_then(|truth| truth.0.as_bool());
    member.invited_on = Some(call.now);
    member.role = match edition {
        Edition::First => Role::of_tier(new.part("role").tag()),
        Edition::Second => {
            let id = new.list("role_ids").next().and_then(Arg::as_text);
            id.and_then(Role::of_id).unwrap_or(Role::Member)
        }
    };
    let id = member.id.clone();
    let info = world
        .team
        .member(&id)
        .map(|member| member.info(&world.team, &world.accounts, edition));
    flat("success", info.unwrap_or_default())
}

/// Why somebody cannot be invited, if anything.
fn check(world: &World, new: Arg, email: &str) -> Option<&'static str> {
    let [external, persistent] =
        ["member_external_id", "member_persistent_id"].map(|name| new.maybe(name));
    let is_there = |has: &dyn Fn(&Member) -> bool| world.team.members().any(has);
    let has_email = |member: &Member| {
        world
            .accounts
            .email(&member.account)
            .eq_ignore_ascii_case(email)
    };
    let has_external = |member: &Member| member.external_id.as_deref() == external;
    let has_persistent = |member: &Member| member.persistent_id.as_deref() == persistent;
    let obstacles = [
        (is_there(&has_email), "user_already_on_team"),
        (
            external.is_some() && is_there(&has_external),
            "duplicate_external_member_id",
        ),
        (
            persistent.is_some() && is_there(&has_persistent),
            "duplicate_member_persistent_id",
        ),
    ];
    obstacles
        .iter()
        .find(|(is_so, _)| *is_so)
        .map(|(_, obstacle)| *obstacle)
}

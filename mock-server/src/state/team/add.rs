//! Members who are added.

use serde_json::Value;

use super::member::{Edition, Role};
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
    if let Some(obstacle) = obstacle(world, new, email) {
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

fn obstacle(world: &World, new: Arg, email: &str) -> Option<&'static str> {
    let on_team = |member: &super::Member| {
        let account = world.accounts.get(&member.account);
        account.is_some_and(|account| account.email.eq_ignore_ascii_case(email))
    };
    let external = new.maybe("member_external_id");
    let persistent = new.maybe("member_persistent_id");
    let mut members = world.team.members();
    members.find_map(|member| {
        if on_team(member) {
            Some("user_already_on_team")
        } else if external.is_some() && member.external_id.as_deref() == external {
            Some("duplicate_external_member_id")
        } else if persistent.is_some() && member.persistent_id.as_deref() == persistent {
            Some("duplicate_member_persistent_id")
        } else {
            None
        }
    })
}

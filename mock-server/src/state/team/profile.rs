//! Profiles changed.

use serde_json::{Value, json};

use super::member::{Edition, Member};
use super::members::present;
use crate::state::value::{refuse, tag};
use crate::state::{Answered, Call, Outcome, World};

const CHANGES: [&str; 6] = [
    "new_email",
    "new_external_id",
    "new_given_name",
    "new_surname",
    "new_persistent_id",
    "new_is_directory_restricted",
];

pub(crate) fn set_profile(world: &mut World, call: &Call) -> Outcome {
    Ok(Answered::Result(set(world, call, Edition::First)?))
}

pub(crate) fn set_profile_v2(world: &mut World, call: &Call) -> Outcome {
    Ok(Answered::Result(
        json!({ "member_info": set(world, call, Edition::Second)? }),
    ))
}

fn set(world: &mut World, call: &Call, edition: Edition) -> Result<Value, Value> {
    let id = present(world, call.arg.part("user"))?;
    check(world, call, &id)?;
    apply(world, call, &id);
    let member = world
        .team
        .member(&id)
        .ok_or_else(|| tag("user_not_found"))?;
    Ok(member.info(&world.team, &world.accounts, edition))
}

fn check(world: &World, call: &Call, id: &str) -> Result<(), Value> {
    let [email, external, persistent] =
        ["new_email", "new_external_id", "new_persistent_id"].map(|name| call.arg.maybe(name));
    let by_external = call.arg.part("user").tag() == "external_id";
    let others = || world.team.members().filter(|member| member.id != id);
    let has_email = |other: &Member| Some(world.accounts.email(&other.account)) == email;
    let has_external = |other: &Member| other.external_id.as_deref() == external;
    let has_persistent = |other: &Member| other.persistent_id.as_deref() == persistent;
    refuse(&[
        (
            CHANGES.iter().all(|name| call.arg.get(name).is_none()),
            "no_new_data_specified",
        ),
        (
            by_external && external.is_some(),
            "external_id_and_new_external_id_unsafe",
        ),
        (email == Some(""), "param_cannot_be_empty"),
        (others().any(has_email), "email_reserved_for_other_user"),
        (
            external.is_some() && others().any(has_external),
            "external_id_used_by_other_user",
        ),
        (
            persistent.is_some() && others().any(has_persistent),
            "persistent_id_used_by_other_user",
        ),
    ])
}

fn apply(world: &mut World, call: &Call, id: &str) {
    let Some(member) = world.team.member_mut(id) else {
        return;
    };
    if let Some(new) = call.arg.maybe("new_external_id") {
        member.external_id = Some(new.to_owned()).filter(|new| !new.is_empty());
    }
    if let Some(new) = call.arg.maybe("new_persistent_id") {
        member.persistent_id = Some(new.to_owned());
    }
    if let Some(new) = call.arg.get("new_is_directory_restricted") {
        member.is_directory_restricted = new.0.as_bool();
    }
    let Some(account) = world.accounts.get_mut(&member.account) else {
        return;
    };
    for (name, part) in [
        ("new_given_name", &mut account.given_name),
        ("new_surname", &mut account.surname),
        ("new_email", &mut account.email),
    ] {
        if let Some(new) = call.arg.maybe(name) {
            new.clone_into(part);
        }
    }
}

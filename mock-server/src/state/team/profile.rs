//! Profiles changed.

use serde_json::{Value, json};

use super::member::Edition;
use super::members::present;
use crate::state::value::tag;
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
    if CHANGES.iter().all(|name| call.arg.get(name).is_none()) {
        return Err(tag("no_new_data_specified"));
    }
    let [email, external, persistent] =
        ["new_email", "new_external_id", "new_persistent_id"].map(|name| call.arg.maybe(name));
    let is_external = call.arg.part("user").tag() == "external_id";
    if is_external && external.is_some() {
        return Err(tag("external_id_and_new_external_id_unsafe"));
    }
    if email.is_some_and(str::is_empty) {
        return Err(tag("param_cannot_be_empty"));
    }
    let mut others = world.team.members().filter(|member| member.id != id);
    let taken = others.find_map(|other| {
        let account = world.accounts.get(&other.account);
        if email.is_some() && account.map(|account| account.email.as_str()) == email {
            Some("email_reserved_for_other_user")
        } else if external.is_some() && other.external_id.as_deref() == external {
            Some("external_id_used_by_other_user")
        } else if persistent.is_some() && other.persistent_id.as_deref() == persistent {
            Some("persistent_id_used_by_other_user")
        } else {
            None
        }
    });
    taken.map_or(Ok(()), |error| Err(tag(error)))
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

//! Accounts, as they see themselves and each other.

use serde_json::{Value, json};

use super::accounts::Account;
use super::value::{Arg, flat, sparse, tag, under};
use super::{Answered, Call, Outcome, World};

/// Bytes that an account may have.
const ALLOCATED: u64 = 2 << 40;

/// An `Account`, whose descendants add to it.
fn basics(account: &Account) -> Value {
    json!({
        "account_id": account.id,
        "name": account.name(),
        "email": account.email,
        "email_verified": true,
        "disabled": false,
    })
}

fn extended(account: &Account, fields: Value) -> Value {
    let mut basics = basics(account);
    if let (Value::Object(basics), Value::Object(fields)) = (&mut basics, fields) {
        basics.extend(fields);
    }
    sparse(basics)
}

pub(crate) fn get_current_account(world: &mut World, call: &Call) -> Outcome {
    let team = world.team.as_users_see_it(&world.api);
    let account = world.accounts.of(call.account()?);
    let namespace = &account.store.namespace;
    let is_member = account.member.is_some();
    Ok(Answered::Result(extended(
        account,
        json!({
            "locale": "en",
            "referral_link": format!("https://www.dropbox.com/referrals/{}", account.id),
            "is_paired": false,
            "account_type": tag(if is_member { "business" } else { "basic" }),
            "root_info": flat("user", json!({ "root_namespace_id": namespace, "home_namespace_id": namespace })),
            "team": team.filter(|_| is_member),
            "team_member_id": account.member,
        }),
    )))
}

fn seen_by(account: &Account, viewer: &Account) -> Value {
    let is_teammate =
        account.id == viewer.id || account.member.is_some() && viewer.member.is_some();
    let member = account.member.as_ref().filter(|_| is_teammate);
    extended(
        account,
        json!({ "is_teammate": is_teammate, "team_member_id": member }),
    )
}

fn look(world: &mut World, call: &Call, id: &str) -> Result<Option<Value>, super::Stop> {
    world.accounts.of(call.account()?);
    let viewer = world.accounts.get(call.account()?);
    let account = world.accounts.get(id);
    Ok(account
        .zip(viewer)
        .map(|(account, viewer)| seen_by(account, viewer)))
}

pub(crate) fn get_account(world: &mut World, call: &Call) -> Outcome {
    let seen = look(world, call, call.arg.text("account_id"))?;
    Ok(Answered::Result(seen.ok_or_else(|| tag("no_account"))?))
}

pub(crate) fn get_account_batch(world: &mut World, call: &Call) -> Outcome {
    let mut all = Vec::new();
    for id in call.arg.list("account_ids").filter_map(Arg::as_text) {
        let seen = look(world, call, id)?;
        all.push(seen.ok_or_else(|| under("no_account", id))?);
    }
    Ok(Answered::Result(all.into()))
}

pub(crate) fn get_space_usage(world: &mut World, call: &Call) -> Outcome {
    let of_members = world
        .accounts
        .iter()
        .filter(|account| account.member.is_some());
    let team_used: u64 = of_members.map(|account| account.store.used()).sum();
    let account = world.accounts.of(call.account()?);
    let used = account.store.used();
    let allocation = match account.member {
        None => flat("individual", json!({ "allocated": ALLOCATED })),
        Some(_) => flat(
            "team",
            json!({
                "used": team_used,
                "allocated": ALLOCATED,
                "user_within_team_space_allocated": 0,
                "user_within_team_space_limit_type": tag("off"),
                "user_within_team_space_used_cached": used,
            }),
        ),
    };
    Ok(Answered::Result(
        json!({ "used": used, "allocation": allocation }),
    ))
}

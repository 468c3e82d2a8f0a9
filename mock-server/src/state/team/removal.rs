//! Members removed, and had back.

use serde_json::Value;

use super::member::{Member, Status};
use super::members::{change, present};
use crate::state::jobs::Launch;
use crate::state::value::{Arg, refuse, tag};
use crate::state::{Call, Outcome, World};

pub(crate) fn remove(world: &mut World, call: &Call) -> Outcome {
    let id = present(world, call.arg.part("user"))?;
    check_removal(world, call, &id)?;
    let status = Status::Removed {
        is_recoverable: !call.arg.flag("permanently_delete_files"),
        is_disconnected: call.arg.flag("keep_account"),
    };
    world.team.leave_groups(&id);
    change(world, &id, |member| member.status = status)?;
    world
        .jobs
        .launch("members/remove", call, tag("complete"), Launch::Sooner)
}

/// What a removal wishes, and whether that makes sense.
fn check_removal(world: &World, call: &Call, id: &str) -> Result<(), Value> {
    if world.team.is_last_admin(id) {
        return Err(tag("remove_last_admin"));
    }
    let transfer = call.arg.get("transfer_dest_id");
    check_wishes(world, call, id, transfer.is_some())?;
    let Some(to) = transfer else { return Ok(()) };
    let admin = call.arg.get("transfer_admin_id");
    let admin = admin.ok_or_else(|| tag("unspecified_transfer_admin_id"))?;
    let select = |selector: Arg| world.team.select(&world.accounts, selector);
    check_transfer(id, select(to), select(admin))
}

/// The wishes that exclude each other.
fn check_wishes(world: &World, call: &Call, id: &str, transfer: bool) -> Result<(), Value> {
    let [keep, permanently, retain] = [
        "keep_account",
        "permanently_delete_files",
        "retain_team_shares",
    ]
    .map(|name| call.arg.flag(name));
    let wipe = call.arg.flag_or("wipe_data", true);
    let member = world.team.member(id);
    let is_invited = member.is_some_and(|member| member.status == Status::Invited);
    refuse(&[
        (keep && transfer, "cannot_keep_account_and_transfer"),
        (keep && wipe, "cannot_keep_account_and_delete_data"),
        (
            keep && permanently,
            "cannot_keep_account_and_permanently_delete",
        ),
        (keep && is_invited, "cannot_keep_invited_user_account"),
        (retain && wipe, "cannot_retain_shares_when_data_wiped"),
        (retain && !keep, "cannot_retain_shares_when_no_account_kept"),
        (
            permanently && transfer,
            "cannot_permanently_delete_and_transfer",
        ),
    ])
}

fn check_transfer(id: &str, to: Option<&Member>, admin: Option<&Member>) -> Result<(), Value> {
    let to = to.ok_or_else(|| tag("transfer_dest_user_not_found"))?;
    let admin = admin.ok_or_else(|| tag("transfer_admin_user_not_found"))?;
    refuse(&[
        (to.id == id, "removed_and_transfer_dest_should_differ"),
        (admin.id == id, "removed_and_transfer_admin_should_differ"),
        (to.is_removed(), "transfer_dest_user_not_in_team"),
        (admin.is_removed(), "transfer_admin_user_not_in_team"),
        (!admin.is_admin(), "transfer_admin_is_not_admin"),
    ])
}

pub(crate) fn recover(world: &mut World, call: &Call) -> Outcome {
    let member = world.team.select(&world.accounts, call.arg.part("user"));
    let member = member.ok_or_else(|| tag("user_not_found"))?;
    if !matches!(
        member.status,
        Status::Removed {
            is_recoverable: true,
            ..
        }
    ) {
        return Err(tag("user_unrecoverable").into());
    }
    let id = member.id.clone();
    change(world, &id, |member| member.status = Status::Active)
}

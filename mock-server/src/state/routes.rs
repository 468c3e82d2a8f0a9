//! Which routes have state behind them: one line each.

use super::files::{list, read, relocate, revisions, search, store::Store, upload, write};
use super::links::routes as links;
use super::team::{add, group_members, groups, members, profile, removal};
use super::{Call, Outcome, World, events, users};

/// What answers a route.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    /// The Dropbox of the caller.
    Store(fn(&mut Store, &Call) -> Outcome),
    /// All that is remembered.
    World(fn(&mut World, &Call) -> Outcome),
    /// The state of a job of this kind.
    Job(&'static str),
}

/// Whether an answer that is no error may have changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Reads,
    Writes,
}

use Answer::{Job, Store as OfStore, World as OfWorld};
use Effect::{Reads, Writes};

/// Namespace, route, version, effect, answer.
pub(crate) type Line = (&'static str, &'static str, u64, Effect, Answer);

#[rustfmt::skip]
pub(crate) const ROUTES: &[Line] = &[
    ("files", "alpha/get_metadata", 1, Reads, OfStore(read::get_metadata)),
    ("files", "alpha/upload", 1, Writes, OfStore(upload::upload)),
    ("files", "copy", 1, Writes, OfStore(relocate::copy)),
    ("files", "copy", 2, Writes, OfStore(relocate::copy_v2)),
    ("files", "copy_batch", 1, Writes, OfWorld(relocate::copy_batch)),
    ("files", "copy_batch", 2, Writes, OfWorld(relocate::copy_batch_v2)),
    ("files", "copy_batch/check", 1, Reads, Job("copy_batch")),
    ("files", "copy_batch/check", 2, Reads, Job("copy_batch_v2")),
    ("files", "create_folder", 1, Writes, OfStore(write::create_folder)),
    ("files", "create_folder", 2, Writes, OfStore(write::create_folder_v2)),
    ("files", "create_folder_batch", 1, Writes, OfWorld(write::create_folder_batch)),
    ("files", "create_folder_batch/check", 1, Reads, Job("create_folder_batch")),
    ("files", "delete", 1, Writes, OfStore(write::delete)),
    ("files", "delete", 2, Writes, OfStore(write::delete_v2)),
    ("files", "delete_batch", 1, Writes, OfWorld(write::delete_batch)),
    ("files", "delete_batch/check", 1, Reads, Job("delete_batch")),
    ("files", "download", 1, Reads, OfStore(read::download)),
    ("files", "download_zip", 1, Reads, OfStore(read::download_zip)),
    ("files", "get_metadata", 1, Reads, OfStore(read::get_metadata)),
    ("files", "list_folder", 1, Reads, OfWorld(list::list_folder)),
    ("files", "list_folder/continue", 1, Reads, OfWorld(list::list_folder_continue)),
    ("files", "list_folder/get_latest_cursor", 1, Reads, OfWorld(list::get_latest_cursor)),
    ("files", "list_folder/longpoll", 1, Reads, OfWorld(list::longpoll)),
    ("files", "list_revisions", 1, Reads, OfStore(revisions::list_revisions)),
    ("files", "move", 1, Writes, OfStore(relocate::move_)),
    ("files", "move", 2, Writes, OfStore(relocate::move_v2)),
    ("files", "move_batch", 1, Writes, OfWorld(relocate::move_batch)),
    ("files", "move_batch", 2, Writes, OfWorld(relocate::move_batch_v2)),
    ("files", "move_batch/check", 1, Reads, Job("move_batch")),
    ("files", "move_batch/check", 2, Reads, Job("move_batch_v2")),
    ("files", "permanently_delete", 1, Writes, OfStore(write::permanently_delete)),
    ("files", "restore", 1, Writes, OfStore(revisions::restore)),
    ("files", "search", 2, Reads, OfWorld(search::search)),
    ("files", "search/continue", 2, Reads, OfWorld(search::search_continue)),
    ("files", "upload", 1, Writes, OfStore(upload::upload)),
    ("files", "upload_session/append", 1, Writes, OfStore(upload::append)),
    ("files", "upload_session/append", 2, Writes, OfStore(upload::append_v2)),
    ("files", "upload_session/append_batch", 1, Writes, OfStore(upload::append_batch)),
    ("files", "upload_session/finish", 1, Writes, OfStore(upload::finish)),
    ("files", "upload_session/finish_batch", 1, Writes, OfWorld(upload::finish_batch)),
    ("files", "upload_session/finish_batch", 2, Writes, OfStore(upload::finish_batch_v2)),
    ("files", "upload_session/finish_batch/check", 1, Reads, Job("finish_batch")),
    ("files", "upload_session/start", 1, Writes, OfStore(upload::start)),
    ("files", "upload_session/start_batch", 1, Writes, OfStore(upload::start_batch)),
    ("sharing", "create_shared_link_with_settings", 1, Writes, OfWorld(links::create)),
    ("sharing", "get_shared_link_file", 1, Reads, OfWorld(links::get_file)),
    ("sharing", "get_shared_link_metadata", 1, Reads, OfWorld(links::get_metadata)),
    ("sharing", "list_shared_links", 1, Reads, OfWorld(links::list)),
    ("sharing", "modify_shared_link_settings", 1, Writes, OfWorld(links::modify)),
    ("sharing", "revoke_shared_link", 1, Writes, OfWorld(links::revoke)),
    ("team", "groups/create", 1, Writes, OfWorld(groups::create)),
    ("team", "groups/delete", 1, Writes, OfWorld(groups::delete)),
    ("team", "groups/get_info", 1, Reads, OfWorld(groups::get_info)),
    ("team", "groups/job_status/get", 1, Reads, Job("groups")),
    ("team", "groups/list", 1, Reads, OfWorld(groups::list)),
    ("team", "groups/list/continue", 1, Reads, OfWorld(groups::list_continue)),
    ("team", "groups/members/add", 1, Writes, OfWorld(group_members::add)),
    ("team", "groups/members/list", 1, Reads, OfWorld(group_members::list)),
    ("team", "groups/members/list/continue", 1, Reads, OfWorld(group_members::list_continue)),
    ("team", "groups/members/remove", 1, Writes, OfWorld(group_members::remove)),
    ("team", "groups/members/set_access_type", 1, Writes, OfWorld(group_members::set_access_type)),
    ("team", "groups/update", 1, Writes, OfWorld(groups::update)),
    ("team", "members/add", 1, Writes, OfWorld(add::add)),
    ("team", "members/add", 2, Writes, OfWorld(add::add_v2)),
    ("team", "members/add/job_status/get", 1, Reads, Job("members/add")),
    ("team", "members/add/job_status/get", 2, Reads, Job("members/add_v2")),
    ("team", "members/get_available_team_member_roles", 1, Reads, OfWorld(members::get_available_roles)),
    ("team", "members/get_info", 1, Reads, OfWorld(members::get_info)),
    ("team", "members/get_info", 2, Reads, OfWorld(members::get_info_v2)),
    ("team", "members/list", 1, Reads, OfWorld(members::list)),
    ("team", "members/list", 2, Reads, OfWorld(members::list_v2)),
    ("team", "members/list/continue", 1, Reads, OfWorld(members::list_continue)),
    ("team", "members/list/continue", 2, Reads, OfWorld(members::list_continue_v2)),
    ("team", "members/recover", 1, Writes, OfWorld(removal::recover)),
    ("team", "members/remove", 1, Writes, OfWorld(removal::remove)),
    ("team", "members/remove/job_status/get", 1, Reads, Job("members/remove")),
    ("team", "members/set_admin_permissions", 1, Writes, OfWorld(members::set_permissions)),
    ("team", "members/set_admin_permissions", 2, Writes, OfWorld(members::set_permissions_v2)),
    ("team", "members/set_profile", 1, Writes, OfWorld(profile::set_profile)),
    ("team", "members/set_profile", 2, Writes, OfWorld(profile::set_profile_v2)),
    ("team", "members/suspend", 1, Writes, OfWorld(members::suspend)),
    ("team", "members/unsuspend", 1, Writes, OfWorld(members::unsuspend)),
    ("team_log", "get_events", 1, Reads, OfWorld(events::get_events)),
    ("team_log", "get_events/continue", 1, Reads, OfWorld(events::get_events_continue)),
    ("users", "get_account", 1, Reads, OfWorld(users::get_account)),
    ("users", "get_account_batch", 1, Reads, OfWorld(users::get_account_batch)),
    ("users", "get_current_account", 1, Reads, OfWorld(users::get_current_account)),
    ("users", "get_space_usage", 1, Reads, OfWorld(users::get_space_usage)),
];

//! The team and its groups.

use mock_server::state::Caller;
use serde_json::{Value, json};

use crate::bench::{Bench, each, tags};

const TEAM: Caller<'static> = Caller::Team;

fn ids(bench: &Bench) -> Vec<String> {
    bench
        .world
        .members()
        .map(|(member, _)| member.to_owned())
        .collect()
}

fn user(id: &str) -> Value {
    json!({ ".tag": "team_member_id", "team_member_id": id })
}

#[test]
fn members_come_page_by_page() {
    let mut bench = Bench::new();
    let first = bench.call(TEAM, "team/members/list:2", json!({ "limit": 2 }));
    assert_eq!(first["has_more"], true);
    let second = bench.call(
        TEAM,
        "team/members/list/continue:2",
        json!({ "cursor": first["cursor"] }),
    );
    assert_eq!(second["has_more"], false);
    let listed: Vec<_> = [&first, &second]
        .into_iter()
        .flat_map(|page| page["members"].as_array().expect("is a list"))
        .map(|member| {
            member["profile"]["team_member_id"]
                .as_str()
                .expect("is a text")
                .to_owned()
        })
        .collect();
    assert_eq!(listed, ids(&bench));
    assert_eq!(first["members"][0]["roles"][0]["name"], "Team");
    let plain = bench.call(TEAM, "team/members/list", json!({}));
    assert_eq!(plain["members"][1]["role"][".tag"], "member_only");
    let error = bench.error(
        TEAM,
        "team/members/list/continue:2",
        json!({ "cursor": "unknown" }),
    );
    assert_eq!(error, "invalid_cursor");
}

#[test]
fn members_are_found_by_any_of_their_names() {
    let mut bench = Bench::new();
    let ids = ids(&bench);
    let selectors = [
        user(&ids[0]),
        json!({ ".tag": "email", "email": "GRACE@example.com" }),
        user("nobody"),
    ];
    let found = bench.call(
        TEAM,
        "team/members/get_info:2",
        json!({ "members": selectors }),
    );
    let infos = &found["members_info"];
    assert_eq!(
        each(infos, ".tag"),
        ["member_info", "member_info", "id_not_found"]
    );
    assert_eq!(infos[1]["profile"]["team_member_id"], ids[1]);
    assert_eq!(infos[2]["id_not_found"], "nobody");
}

#[test]
fn members_each_have_a_dropbox() {
    let mut bench = Bench::new();
    let ids = ids(&bench);
    let account = bench.world.members().next().expect("is there").1.to_owned();
    let arg = json!({ "path": "/a" });
    bench.send(Caller::User(&ids[0]), "files/upload", arg.clone(), b"x");
    bench.call(Caller::User(&account), "files/get_metadata", arg.clone());
    assert_eq!(
        bench.error(Caller::User(&ids[1]), "files/get_metadata", arg),
        "path/not_found"
    );
    let seen = bench.call(
        Caller::User(&ids[1]),
        "users/get_account",
        json!({ "account_id": account }),
    );
    assert_eq!(seen["team_member_id"], ids[0]);
    let me = bench.call(
        Caller::User(&ids[0]),
        "users/get_current_account",
        Value::Null,
    );
    assert_eq!(
        (&me["account_id"], &me["account_type"][".tag"]),
        (&account.into(), &"business".into())
    );
    assert!(me["team"]["id"].is_string());
    let usage = bench.call(Caller::User(&ids[1]), "users/get_space_usage", Value::Null);
    assert_eq!(
        (&usage["used"], &usage["allocation"]["used"]),
        (&0.into(), &1.into())
    );
}

#[test]
fn people_are_invited_once() {
    let mut bench = Bench::new();
    let new = json!({
        "member_email": "new@example.com",
        "member_given_name": "New",
        "member_external_id": "e1",
        "role_ids": ["pid_dbtmr:support"],
    });
    let again = json!({ "member_email": "ADA@example.com" });
    let same_id = json!({ "member_email": "other@example.com", "member_external_id": "e1" });
    let arg = json!({ "new_members": [new, again, same_id], "force_async": true });
    let done = bench.job(
        TEAM,
        "team/members/add:2",
        "team/members/add/job_status/get:2",
        arg,
    );
    let results = &done["complete"];
    let expected = [
        "success",
        "user_already_on_team",
        "duplicate_external_member_id",
    ];
    assert_eq!(each(results, ".tag"), expected);
    assert_eq!(results[0]["profile"]["status"][".tag"], "invited");
    assert_eq!(results[0]["roles"][0]["name"], "Support");
    let arg = json!({ "new_members": [{ "member_email": "more@example.com" }] });
    assert_eq!(
        bench.call(TEAM, "team/members/add", arg)["complete"][0][".tag"],
        "success"
    );
    assert_eq!(ids(&bench).len(), 5);
}

#[test]
fn members_are_suspended_and_removed() {
    let mut bench = Bench::new();
    let ids = ids(&bench);
    let target = |id: &str| json!({ "user": user(id) });
    assert_eq!(
        bench.error(TEAM, "team/members/suspend", target(&ids[0])),
        "suspend_last_admin"
    );
    bench.call(TEAM, "team/members/suspend", target(&ids[1]));
    assert_eq!(
        bench.error(TEAM, "team/members/suspend", target(&ids[1])),
        "suspend_inactive_user"
    );
    bench.call(TEAM, "team/members/unsuspend", target(&ids[1]));
    let error = bench.error(TEAM, "team/members/unsuspend", target(&ids[1]));
    assert_eq!(error, "unsuspend_non_suspended_member");
    let done = bench.job(
        TEAM,
        "team/members/remove",
        "team/members/remove/job_status/get",
        target(&ids[1]),
    );
    assert_eq!(done, json!({ ".tag": "complete" }));
    assert!(!bench.world.is_member(&ids[1]));
    assert_eq!(
        bench.error(TEAM, "team/members/remove", target(&ids[1])),
        "user_not_in_team"
    );
    let all = bench.call(
        TEAM,
        "team/members/list:2",
        json!({ "include_removed": true }),
    );
    assert_eq!(all["members"][1]["profile"]["status"][".tag"], "removed");
    bench.call(TEAM, "team/members/recover", target(&ids[1]));
    assert!(bench.world.is_member(&ids[1]));
    assert_eq!(
        bench.error(TEAM, "team/members/recover", target(&ids[1])),
        "user_unrecoverable"
    );
}

#[test]
fn removals_that_contradict_themselves_are_refused() {
    let mut bench = Bench::new();
    let ids = ids(&bench);
    let mut error = |fields: Value| {
        let mut arg = json!({ "user": user(&ids[1]) });
        arg.as_object_mut()
            .expect("is one")
            .extend(fields.as_object().expect("is one").clone());
        bench.error(TEAM, "team/members/remove", arg)
    };
    assert_eq!(error(json!({ "user": user(&ids[0]) })), "remove_last_admin");
    assert_eq!(
        error(json!({ "keep_account": true })),
        "cannot_keep_account_and_delete_data"
    );
    assert_eq!(
        error(json!({ "transfer_dest_id": user(&ids[2]) })),
        "unspecified_transfer_admin_id"
    );
    let both = |to: &str, admin: &str| json!({ "transfer_dest_id": user(to), "transfer_admin_id": user(admin) });
    assert_eq!(
        error(both(&ids[1], &ids[0])),
        "removed_and_transfer_dest_should_differ"
    );
    assert_eq!(error(both(&ids[0], &ids[2])), "transfer_admin_is_not_admin");
    assert_eq!(
        error(both("nobody", &ids[0])),
        "transfer_dest_user_not_found"
    );
}

#[test]
fn roles_are_given_and_the_last_admin_stays() {
    let mut bench = Bench::new();
    let ids = ids(&bench);
    let roles = bench.call(
        TEAM,
        "team/members/get_available_team_member_roles",
        Value::Null,
    );
    let admin = roles["roles"][0]["role_id"].clone();
    let route = "team/members/set_admin_permissions:2";
    let none = json!({ "user": user(&ids[0]), "new_roles": [] });
    assert_eq!(bench.error(TEAM, route, none.clone()), "last_admin");
    bench.call(
        TEAM,
        route,
        json!({ "user": user(&ids[1]), "new_roles": [admin] }),
    );
    assert!(bench.world.is_admin(&ids[1]));
    bench.call(TEAM, route, none);
    assert!(!bench.world.is_admin(&ids[0]));
    let unknown = json!({ "user": user(&ids[1]), "new_roles": ["pid_dbtmr:none"] });
    assert_eq!(bench.error(TEAM, route, unknown), "role_not_found");
    let arg = json!({ "user": user(&ids[2]), "new_role": "support_admin" });
    let set = bench.call(TEAM, "team/members/set_admin_permissions", arg);
    assert_eq!(set["role"][".tag"], "support_admin");
}

#[test]
fn profiles_change_where_accounts_see_it() {
    let mut bench = Bench::new();
    let ids = ids(&bench);
    let route = "team/members/set_profile:2";
    let mut arg = json!({ "user": user(&ids[1]) });
    assert_eq!(
        bench.error(TEAM, route, arg.clone()),
        "no_new_data_specified"
    );
    arg["new_email"] = "ada@example.com".into();
    assert_eq!(
        bench.error(TEAM, route, arg.clone()),
        "email_reserved_for_other_user"
    );
    arg["new_email"] = "g@example.com".into();
    arg["new_external_id"] = "e2".into();
    let changed = bench.call(TEAM, route, arg);
    assert_eq!(changed["member_info"]["profile"]["external_id"], "e2");
    let me = bench.call(
        Caller::User(&ids[1]),
        "users/get_current_account",
        Value::Null,
    );
    assert_eq!(me["email"], "g@example.com");
    let by_external = json!({ ".tag": "external_id", "external_id": "e2" });
    let arg = json!({ "user": by_external, "new_external_id": "e3" });
    assert_eq!(
        bench.error(TEAM, route, arg),
        "external_id_and_new_external_id_unsafe"
    );
}

fn group(bench: &mut Bench, name: &str) -> Value {
    let arg = json!({ "group_name": name, "group_management_type": "user_managed" });
    let id = bench.call(TEAM, "team/groups/create", arg)["group_id"].clone();
    json!({ ".tag": "group_id", "group_id": id })
}

#[test]
fn groups_are_made_changed_and_deleted() {
    let mut bench = Bench::new();
    let one = group(&mut bench, "One");
    group(&mut bench, "Two");
    let arg = json!({ "group_name": "One" });
    assert_eq!(
        bench.error(TEAM, "team/groups/create", arg),
        "group_name_already_used"
    );
    let arg = json!({ "group_name": "  " });
    assert_eq!(
        bench.error(TEAM, "team/groups/create", arg),
        "group_name_invalid"
    );
    let arg = json!({ "group": one, "new_group_name": "Two" });
    assert_eq!(
        bench.error(TEAM, "team/groups/update", arg),
        "group_name_already_used"
    );
    let arg = json!({ "group": one, "new_group_external_id": "x", "return_members": false });
    let updated = bench.call(TEAM, "team/groups/update", arg);
    assert_eq!(
        (&updated["group_external_id"], &updated["members"]),
        (&"x".into(), &Value::Null)
    );
    let by_external = json!({ ".tag": "group_external_ids", "group_external_ids": ["x", "y"] });
    let found = bench.call(TEAM, "team/groups/get_info", by_external);
    assert_eq!(each(&found, ".tag"), ["group_info", "id_not_found"]);
    let page = bench.call(TEAM, "team/groups/list", json!({ "limit": 1 }));
    assert_eq!(page["has_more"], true);
    let page = bench.call(
        TEAM,
        "team/groups/list/continue",
        json!({ "cursor": page["cursor"] }),
    );
    assert_eq!(page["has_more"], false);
    let done = bench.job(
        TEAM,
        "team/groups/delete",
        "team/groups/job_status/get",
        one.clone(),
    );
    assert_eq!(tags(&done), "complete");
    assert_eq!(
        bench.error(TEAM, "team/groups/delete", one),
        "group_not_found"
    );
}

#[test]
fn members_join_groups_and_leave_them() {
    let mut bench = Bench::new();
    let ids = ids(&bench);
    let one = group(&mut bench, "One");
    let access = |id: &str, access: &str| json!({ "user": user(id), "access_type": access });
    let add = |members: &[Value]| json!({ "group": one, "members": members });
    let route = "team/groups/members/add";
    let arg = add(&[access(&ids[0], "owner"), access(&ids[1], "member")]);
    let added = bench.call(TEAM, route, arg);
    assert_eq!(added["group_info"]["member_count"], 2);
    assert_eq!(added["async_job_id"], " ");
    assert_eq!(
        bench.error(TEAM, route, add(&[access(&ids[1], "member")])),
        "duplicate_user"
    );
    let twice = [access(&ids[2], "member"), access(&ids[2], "member")];
    assert_eq!(bench.error(TEAM, route, add(&twice)), "duplicate_user");
    assert_eq!(
        bench.error(TEAM, route, add(&[access("x", "member")])),
        "users_not_found"
    );
    let arg = json!({ "group": one, "user": user(&ids[1]), "access_type": "owner" });
    let set = bench.call(TEAM, "team/groups/members/set_access_type", arg);
    assert_eq!(set[0]["members"][1]["access_type"][".tag"], "owner");
    let page = bench.call(
        TEAM,
        "team/groups/members/list",
        json!({ "group": one, "limit": 1 }),
    );
    let arg = json!({ "cursor": page["cursor"] });
    let rest = bench.call(TEAM, "team/groups/members/list/continue", arg);
    assert_eq!(rest["members"][0]["profile"]["team_member_id"], ids[1]);
    let arg = json!({ "group": one, "users": [user(&ids[2])] });
    assert_eq!(
        bench.error(TEAM, "team/groups/members/remove", arg),
        "member_not_in_group"
    );
    let arg = json!({ "group": one, "users": [user(&ids[0])] });
    bench.call(TEAM, "team/groups/members/remove", arg);
    bench.call(
        TEAM,
        "team/members/remove",
        json!({ "user": user(&ids[1]) }),
    );
    let page = bench.call(TEAM, "team/groups/members/list", json!({ "group": one }));
    assert_eq!(page["members"], json!([]));
}

//! The team: its members and their groups.

pub(crate) mod add;
pub(crate) mod group;
pub(crate) mod group_members;
pub(crate) mod groups;
pub(crate) mod member;
pub(crate) mod members;
pub(crate) mod profile;
pub(crate) mod removal;

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde_json::Value;
use stone_parser::ir::Api;

use super::accounts::Accounts;
use super::ids::Ids;
use super::spec::example;
use super::value::Arg;
use group::Group;
use member::{Member, Role, Status};

/// Who is on the team before the first call; the first is its admin.
const FOUNDERS: [(&str, &str, &str); 3] = [
    ("Ada", "Lovelace", "ada@example.com"),
    ("Grace", "Hopper", "grace@example.com"),
    ("Alan", "Turing", "alan@example.com"),
];

/// The team.
#[derive(Debug)]
pub(crate) struct Team {
    ids: Ids,
    id: String,
    /// In the order in which they came.
    members: Vec<Member>,
    groups: BTreeMap<String, Group>,
}

impl Team {
    pub fn new(mut ids: Ids, accounts: &mut Accounts) -> Self {
        let id = ids.text("dbtid:", 40);
        let mut team = Self {
            ids,
            id,
            members: Vec::new(),
            groups: BTreeMap::new(),
        };
        for (given_name, surname, email) in FOUNDERS {
            let account = accounts.add(given_name, surname, email).id.clone();
            let member = team.join(accounts, account);
            member.status = Status::Active;
            member.joined_on = Some(SystemTime::UNIX_EPOCH);
        }
        if let Some(first) = team.members.first_mut() {
            first.role = Role::TeamAdmin;
        }
        team
    }

    /// Makes an account a member's, who is invited.
    fn join(&mut self, accounts: &mut Accounts, account: String) -> &mut Member {
        let id = self.ids.text("dbmid:", 40);
        accounts.join(&account, &id);
        let [member_folder, root_folder] = [self.ids.number(), self.ids.number()];
        self.members
            .push(Member::new(id, account, member_folder, root_folder));
        let last = self.members.len() - 1;
        &mut self.members[last]
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// A `FullTeam`, as a member sees it; none if the spec shows no policies.
    pub fn as_users_see_it(&self, api: &Api) -> Option<Value> {
        let mut team = example(api, "users", "FullTeam")?;
        team["id"] = self.id.as_str().into();
        team["name"] = "Example Team".into();
        Some(team)
    }

    /// All members that ever were, in the order in which they came.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter()
    }

    /// The member with this id, who may have been removed.
    pub fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    fn member_mut(&mut self, id: &str) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.id == id)
    }

    /// The member that a selector means, who may have been removed.
    fn select(&self, accounts: &Accounts, selector: Arg) -> Option<&Member> {
        let wanted = selector.payload().as_text()?;
        self.members.iter().find(|member| match selector.tag() {
            "team_member_id" => member.id == wanted,
            "external_id" => member.external_id.as_deref() == Some(wanted),
            _ => accounts.email(&member.account).eq_ignore_ascii_case(wanted),
        })
    }

    /// Whether this member is the only one left who administers the team.
    fn is_last_admin(&self, id: &str) -> bool {
        let mut admins = self.members.iter().filter(|member| member.is_admin());
        admins.next().is_some_and(|admin| admin.id == id) && admins.next().is_none()
    }
}

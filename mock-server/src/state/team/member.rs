//! A member, and what is told of one.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::Team;
use crate::state::accounts::Accounts;
use crate::state::ids::stamp;
use crate::state::value::{flat, sparse, tag};

/// A member of the team, who may have been removed.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub id: String,
    pub account: String,
    pub role: Role,
    pub status: Status,
    pub external_id: Option<String>,
    pub persistent_id: Option<String>,
    pub is_directory_restricted: Option<bool>,
    pub invited_on: Option<SystemTime>,
    pub joined_on: Option<SystemTime>,
    pub suspended_on: Option<SystemTime>,
    member_folder: String,
    root_folder: String,
}

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Active,
    Invited,
    Suspended,
    /// Gone, and whether with the account, and whether to be had back.
    Removed {
        is_recoverable: bool,
        is_disconnected: bool,
    },
}

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    TeamAdmin,
    UserManagement,
    Support,
    Member,
}

/// Each role as a tier, and what the second versions of routes say of it: id, name, description.
const ROLES: [(Role, &str, [&str; 3]); 4] = [
    (
        Role::TeamAdmin,
        "team_admin",
        [
            "pid_dbtmr:team_admin",
            "Team",
            "Manages everything about the team.",
        ],
    ),
    (
        Role::UserManagement,
        "user_management_admin",
        [
            "pid_dbtmr:user_management",
            "User management",
            "Manages most members.",
        ],
    ),
    (
        Role::Support,
        "support_admin",
        [
            "pid_dbtmr:support",
            "Support",
            "Helps members with their accounts.",
        ],
    ),
    (Role::Member, "member_only", ["", "", ""]),
];

impl Role {
    /// The role of this tier.
    pub fn of_tier(tier: &str) -> Self {
        ROLES
            .iter()
            .find(|(_, name, _)| *name == tier)
            .map_or(Self::Member, |(role, ..)| *role)
    }

    /// The role of this id.
    pub fn of_id(id: &str) -> Option<Self> {
        ROLES
            .iter()
            .find(|(_, _, [known, ..])| *known == id && !id.is_empty())
            .map(|(role, ..)| *role)
    }

    /// An `AdminTier`.
    pub fn tier(self) -> Value {
        let found = ROLES.iter().find(|(role, ..)| *role == self);
        tag(found.map_or("member_only", |(_, tier, _)| tier))
    }

    /// The `TeamMemberRole`s that stand for it; plain members have none.
    pub fn roles(self) -> Vec<Value> {
        Self::all()
            .filter(|(role, _)| *role == self)
            .map(|(_, value)| value)
            .collect()
    }

    /// All that can be given, each as a `TeamMemberRole`.
    pub fn all() -> impl Iterator<Item = (Self, Value)> {
        let given = ROLES.iter().filter(|(role, ..)| *role != Self::Member);
        given.map(|(role, _, [id, name, description])| {
            (
                *role,
                json!({ "role_id": id, "name": name, "description": description }),
            )
        })
    }
}

/// Which version of a route asks: the second tells roles where the first tells a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    First,
    Second,
}

impl Member {
    pub fn new(id: String, account: String, member_folder: String, root_folder: String) -> Self {
        Self {
            id,
            account,
            role: Role::Member,
            status: Status::Invited,
            external_id: None,
            persistent_id: None,
            is_directory_restricted: None,
            invited_on: None,
            joined_on: None,
            suspended_on: None,
            member_folder,
            root_folder,
        }
    }

    pub fn is_admin(&self) -> bool {
        self.role == Role::TeamAdmin && self.status == Status::Active
    }

    pub fn is_removed(&self) -> bool {
        matches!(self.status, Status::Removed { .. })
    }

    fn status(&self) -> Value {
        match self.status {
            Status::Active => tag("active"),
            Status::Invited => tag("invited"),
            Status::Suspended => tag("suspended"),
            Status::Removed {
                is_recoverable,
                is_disconnected,
            } => {
                let how =
                    json!({ "is_recoverable": is_recoverable, "is_disconnected": is_disconnected });
                flat("removed", how)
            }
        }
    }

    /// A `MemberProfile`.
    pub fn profile(&self, accounts: &Accounts) -> Value {
        let account = accounts.get(&self.account);
        let is = |status| self.status == status;
        sparse(json!({
            "team_member_id": self.id,
            "external_id": self.external_id,
            "account_id": self.account,
            "email": account.map(|account| account.email.as_str()).unwrap_or_default(),
            "email_verified": !is(Status::Invited),
            "status": self.status(),
            "name": account.map(|account| account.name()),
            "membership_type": tag("full"),
            "invited_on": self.invited_on.filter(|_| is(Status::Invited)).map(stamp),
            "joined_on": self.joined_on.map(stamp),
            "suspended_on": self.suspended_on.filter(|_| is(Status::Suspended)).map(stamp),
            "persistent_id": self.persistent_id,
            "is_directory_restricted": self.is_directory_restricted,
        }))
    }

    /// A `TeamMemberInfo` or `TeamMemberInfoV2`.
    pub fn info(&self, team: &Team, accounts: &Accounts, edition: Edition) -> Value {
        let mut profile = self.profile(accounts);
        profile["groups"] = team.groups_of(&self.id).into();
        profile["member_folder_id"] = self.member_folder.as_str().into();
        profile["root_folder_id"] = self.root_folder.as_str().into();
        match edition {
            Edition::First => json!({ "profile": profile, "role": self.role.tier() }),
            Edition::Second => json!({ "profile": profile, "roles": self.role.roles() }),
        }
    }
}

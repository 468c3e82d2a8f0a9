//! A group, and what is told of one.

use serde_json::{Value, json};

use super::Team;
use crate::state::accounts::Accounts;
use crate::state::value::{Arg, sparse, tag};

/// A group of members.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub id: String,
    pub name: String,
    pub external_id: Option<String>,
    /// The tag of its `GroupManagementType`.
    pub management: String,
    /// Milliseconds since the epoch.
    pub created: u64,
    /// Members by their ids, in the order in which they joined.
    pub members: Vec<Membership>,
}

/// A member in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Membership {
    pub member: String,
    pub is_owner: bool,
}

impl Group {
    /// A `GroupSummary`.
    pub fn summary(&self) -> Value {
        sparse(json!({
            "group_name": self.name,
            "group_id": self.id,
            "group_external_id": self.external_id,
            "member_count": self.members.len(),
            "group_management_type": tag(&self.management),
        }))
    }

    /// A `GroupFullInfo`.
    pub fn full(&self, team: &Team, accounts: &Accounts, return_members: bool) -> Value {
        let mut full = self.summary();
        full["created"] = self.created.into();
        if return_members {
            let members = self
                .members
                .iter()
                .filter_map(|membership| membership.info(team, accounts));
            full["members"] = members.collect::<Vec<_>>().into();
        }
        full
    }

    pub fn has(&self, member: &str) -> bool {
        self.members
            .iter()
            .any(|membership| membership.member == member)
    }
}

impl Membership {
    /// A `GroupMemberInfo`.
    pub fn info(&self, team: &Team, accounts: &Accounts) -> Option<Value> {
        let profile = team.member(&self.member)?.profile(accounts);
        let access = tag(if self.is_owner { "owner" } else { "member" });
        Some(json!({ "profile": profile, "access_type": access }))
    }
}

impl Team {
    /// The group that a selector means, or the `GroupSelectorError`.
    pub fn group(&self, selector: Arg) -> Result<&Group, Value> {
        self.find_group(selector.tag(), selector.payload())
            .ok_or_else(|| tag("group_not_found"))
    }

    pub(crate) fn find_group(&self, kind: &str, name: Arg) -> Option<&Group> {
        let name = name.as_text()?;
        match kind {
            "group_id" => self.groups.get(name),
            _ => self
                .groups
                .values()
                .find(|group| group.external_id.as_deref() == Some(name)),
        }
    }

    /// The ids of the groups that have this member.
    pub(crate) fn groups_of(&self, member: &str) -> Vec<String> {
        let groups = self.groups.values().filter(|group| group.has(member));
        groups.map(|group| group.id.clone()).collect()
    }

    pub(crate) fn leave_groups(&mut self, member: &str) {
        for group in self.groups.values_mut() {
            group
                .members
                .retain(|membership| membership.member != member);
        }
    }
}

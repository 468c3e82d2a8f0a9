//! Accounts: who there is, each with a Dropbox.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::files::store::Store;
use super::ids::Ids;

/// How long the id of an account is.
const ID_LENGTH: usize = 40;

/// Somebody with a Dropbox.
#[derive(Debug)]
pub(crate) struct Account {
    pub id: String,
    pub given_name: String,
    pub surname: String,
    pub email: String,
    /// The id as a member, for those who are on the team.
    pub member: Option<String>,
    pub store: Store,
}

impl Account {
    /// A `Name`.
    pub fn name(&self) -> Value {
        let initials: String = [&self.given_name, &self.surname]
            .iter()
            .filter_map(|name| name.chars().next())
            .collect();
        json!({
            "given_name": self.given_name,
            "surname": self.surname,
            "familiar_name": self.given_name,
            "display_name": self.display_name(),
            "abbreviated_name": initials,
        })
    }

    pub fn rename(&mut self, given_name: &str, surname: &str, email: &str) {
        let parts = [given_name, surname, email].map(str::to_owned);
        [self.given_name, self.surname, self.email] = parts;
    }

    pub fn display_name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
            .trim()
            .to_owned()
    }
}

/// All accounts.
#[derive(Debug)]
pub(crate) struct Accounts {
    ids: Ids,
    known: BTreeMap<String, Account>,
    /// Other names of accounts: the ids of members, and what tokens call those who are not known otherwise.
    aliases: BTreeMap<String, String>,
}

impl Accounts {
    pub fn new(ids: Ids) -> Self {
        Self {
            ids,
            known: BTreeMap::new(),
            aliases: BTreeMap::new(),
        }
    }

    /// A new account.
    pub fn add(&mut self, given_name: &str, surname: &str, email: &str) -> &mut Account {
        let id = self.ids.text("dbid:", ID_LENGTH);
        let account = self.of(&id);
        account.rename(given_name, surname, email);
        account
    }

    /// Makes an account a member's.
    pub fn join(&mut self, account: &str, member: &str) {
        self.aliases.insert(member.to_owned(), account.to_owned());
        if let Some(account) = self.known.get_mut(account) {
            account.member = Some(member.to_owned());
        }
    }

    /// The account that a token or a select header names. Who is not known gets a Dropbox, so that any token of a user
    /// works.
    pub fn of(&mut self, name: &str) -> &mut Account {
        let id = self.id_of(name);
        let number = self.known.len() + 1;
        let ids = &mut self.ids;
        self.known.entry(id).or_insert_with_key(|id| Account {
            id: id.clone(),
            given_name: "Person".to_owned(),
            surname: number.to_string(),
            email: format!("person{number}@example.com"),
            member: None,
            store: Store::new(ids.fork()),
        })
    }

    fn id_of(&mut self, name: &str) -> String {
        if let Some(id) = self.aliases.get(name) {
            return id.clone();
        }
        if name.chars().count() == ID_LENGTH {
            return name.to_owned();
        }
        let id = self.ids.text("dbid:", ID_LENGTH);
        self.aliases.insert(name.to_owned(), id.clone());
        id
    }

    /// The account with this id.
    pub fn get(&self, id: &str) -> Option<&Account> {
        self.known.get(id)
    }

    /// The account with this id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Account> {
        self.known.get_mut(id)
    }

    /// The email address of an account; empty if it is not known.
    pub fn email(&self, id: &str) -> &str {
        self.get(id).map_or("", |account| &account.email)
    }

    /// All accounts, by their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Account> {
        self.known.values()
    }
}

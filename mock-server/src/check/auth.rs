//! Who calls: the token or the app, the kind of authentication that the route takes, scopes and select headers.

use serde_json::{Value, json};

use super::Checker;
use crate::errors::{Refusal, error_reply, tag};
use crate::request::{Received, basic};
use crate::routes::{Auth, Facts};
use crate::state::Caller;
use crate::tokens::{Grant, Holder};

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// A user by account id, or by the member id that a select header names.
    User(String),
    Team,
    App,
    Nobody,
}

impl Who {
    pub fn as_caller(&self) -> Caller<'_> {
        match self {
            Self::User(id) => Caller::User(id),
            Self::Team => Caller::Team,
            Self::App => Caller::App,
            Self::Nobody => Caller::Nobody,
        }
    }
}

const SELECT_USER: &str = "dropbox-api-select-user";
const SELECT_ADMIN: &str = "dropbox-api-select-admin";

/// What a team's token needs to act for members.
const MEMBER_SCOPE: &str = "team_data.member";

impl Checker<'_> {
    /// Who makes the request, if he may.
    pub(super) fn caller(&self, facts: &Facts, request: &Received) -> Result<Who, Refusal> {
        let refused = |problem: &str| Err(Refusal::of_route(&facts.path, problem));
        let shown = match (
            request.header("authorization"),
            request.parameter("authorization"),
        ) {
            (Some(_), Some(_)) => return refused("there are two authorizations"),
            (header, parameter) => header.or(parameter),
        };
        match shown {
            None if facts.is_noauth() => Ok(Who::Nobody),
            Some(_) if facts.is_noauth() => {
                refused("the function takes no authorization, but the request has one")
            }
            None => refused("HTTP header \"Authorization\" is missing"),
            Some(value) if value.starts_with("Basic ") => self.app(facts, request, value),
            Some(value) => match value.strip_prefix("Bearer ") {
                Some(token) => self.bearer(facts, request, token),
                None => {
                    refused("HTTP header \"Authorization\" is neither \"Bearer …\" nor \"Basic …\"")
                }
            },
        }
    }

    fn app(&self, facts: &Facts, request: &Received, value: &str) -> Result<Who, Refusal> {
        if !facts.auth.contains(&Auth::App) {
            let problem = "the function takes an access token, not the key of an app";
            return Err(Refusal::of_route(&facts.path, problem));
        }
        if selected(request).is_some() {
            let problem = "an app cannot act for the members of a team";
            return Err(Refusal::of_route(&facts.path, problem));
        }
        let is_right = |(key, secret): (String, String)| {
            self.tokens
                .app(&key)
                .is_some_and(|app| app.secret == secret)
        };
        match basic(value).is_some_and(is_right) {
            true => Ok(Who::App),
            false => Err(unknown("the key or the secret of the app is wrong")),
        }
    }

    fn bearer(&self, facts: &Facts, request: &Received, token: &str) -> Result<Who, Refusal> {
        let is_any = |kinds: &[Auth]| facts.auth.iter().any(|kind| kinds.contains(kind));
        if !is_any(&[Auth::User, Auth::Team]) {
            let problem =
                "the function takes the key and the secret of an app, not an access token";
            return Err(Refusal::of_route(&facts.path, problem));
        }
        let Some(grant) = self.tokens.grants.get(token) else {
            return Err(unknown("there is no such access token"));
        };
        if grant.is_over(self.now) {
            let error = tag("expired_access_token");
            return Err(Refusal::innocent(error_reply(401, &error, None)));
        }
        let who = match &grant.holder {
            Holder::User(id) => user(facts, request, id)?,
            Holder::Team(_) if facts.auth.contains(&Auth::Team) => team(facts, request)?,
            Holder::Team(_) => self.member(facts, request, grant)?,
        };
        if let Some(scope) = facts.scope.as_ref().filter(|scope| !grant.has(scope)) {
            return Err(missing(scope));
        }
        Ok(who)
    }

    /// A team acting for one of its members.
    fn member(&self, facts: &Facts, request: &Received, grant: &Grant) -> Result<Who, Refusal> {
        let Some((name, id)) = selected(request) else {
            let problem = "the function is about one account, but the token is that of a team: \
                           name a member in HTTP header \"Dropbox-API-Select-User\"";
            return Err(Refusal::of_route(&facts.path, problem));
        };
        if request.header(SELECT_USER).is_some() && request.header(SELECT_ADMIN).is_some() {
            let problem = "there are two select headers";
            return Err(Refusal::of_route(&facts.path, problem));
        }
        let fits = match name {
            SELECT_ADMIN => facts.takes_admin && self.world.is_admin(id),
            _ => self.world.is_member(id),
        };
        match (fits, name) {
            (true, _) if grant.has(MEMBER_SCOPE) => Ok(Who::User(id.to_owned())),
            (true, _) => Err(missing(MEMBER_SCOPE)),
            (false, SELECT_ADMIN) => {
                let problem = format!("the route does not take {id:?} as an admin");
                Err(Refusal::auth(&tag("invalid_select_admin"), problem))
            }
            (false, _) => {
                let problem = format!("{id:?} is not a member of the team");
                Err(Refusal::auth(&tag("invalid_select_user"), problem))
            }
        }
    }
}

fn user(facts: &Facts, request: &Received, id: &str) -> Result<Who, Refusal> {
    if !facts.auth.contains(&Auth::User) {
        let problem = "the function is about a team, but the token is that of a user";
        return Err(Refusal::of_route(&facts.path, problem));
    }
    match selected(request) {
        None => Ok(Who::User(id.to_owned())),
        Some(_) => {
            let problem = "a select header needs the token of a team, but this is that of a user";
            Err(Refusal::of_route(&facts.path, problem))
        }
    }
}

fn team(facts: &Facts, request: &Received) -> Result<Who, Refusal> {
    match selected(request) {
        None => Ok(Who::Team),
        Some(_) => {
            let problem = "the function is about the whole team and takes no select header";
            Err(Refusal::of_route(&facts.path, problem))
        }
    }
}

/// The first select header, with its value.
fn selected(request: &Received) -> Option<(&'static str, &str)> {
    let find = |name| request.header(name).map(|id| (name, id));
    find(SELECT_USER).or_else(|| find(SELECT_ADMIN))
}

fn unknown(problem: &str) -> Refusal {
    Refusal::auth(&tag("invalid_access_token"), problem)
}

fn missing(scope: &str) -> Refusal {
    let error: Value = json!({ ".tag": "missing_scope", "required_scope": scope });
    Refusal::auth(&error, format!("the token lacks the scope {scope}"))
}

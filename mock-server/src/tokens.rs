//! Who may call: access tokens, apps, and what is kept for refreshing tokens and for exchanging codes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

/// What an access token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Whose it is.
    pub holder: Holder,
    /// What it may be used for; everything if nothing is said.
    pub scopes: Option<BTreeSet<String>>,
    /// When it ends, if it does.
    pub expires_at: Option<SystemTime>,
}

/// Whose an access token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A user's, by account id.
    User(String),
    /// A team's, by team id.
    Team(String),
}

impl Grant {
    /// Everything, for ever, for a user.
    pub fn user(account_id: impl Into<String>) -> Self {
        Self::new(Holder::User(account_id.into()))
    }

    /// Everything, for ever, for a team.
    pub fn team(team_id: impl Into<String>) -> Self {
        Self::new(Holder::Team(team_id.into()))
    }

    fn new(holder: Holder) -> Self {
        Self {
            holder,
            scopes: None,
            expires_at: None,
        }
    }

    /// These scopes only.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Until this time of the server's clock.
    pub fn until(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes
            .as_ref()
            .is_none_or(|scopes| scopes.contains(scope))
    }

    pub(crate) fn is_over(&self, now: SystemTime) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// An app that may ask for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Its key.
    pub key: String,
    /// Its secret.
    pub secret: String,
    /// Whether its tokens are those of teams.
    pub team: bool,
}

/// What a person agreed to, waiting to be exchanged for tokens.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub app: String,
    pub redirect_uri: Option<String>,
    /// The challenge and how it is made, for apps that prove themselves without their secret.
    pub challenge: Option<(String, ChallengeMethod)>,
    pub access: Access,
    pub scopes: Option<BTreeSet<String>>,
}

/// How a challenge is made of a verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChallengeMethod {
    S256,
    Plain,
}

/// How long access lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// As long as the access token.
    Online,
    /// As long as it is refreshed.
    Offline,
    /// For ever, by an access token that does not end.
    Legacy,
}

/// What a refresh token stands for.
#[derive(Debug, Clone)]
pub(crate) struct Refreshable {
    pub app: String,
    /// Whether it was granted without the secret of the app, which is not asked for then.
    pub without_secret: bool,
    pub holder: Holder,
    pub scopes: Option<BTreeSet<String>>,
}

/// All that was granted.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub apps: Vec<App>,
    pub grants: BTreeMap<String, Grant>,
    pub codes: BTreeMap<String, Code>,
    pub refreshable: BTreeMap<String, Refreshable>,
    /// How long an access token lasts.
    pub life: Duration,
    issued: u64,
}

/// The account that the server's own token of a user belongs to.
pub(crate) const ACCOUNT: &str = "dbid:AAMockUser0000000000000000000000001";
/// The team that the server's own token of a team belongs to.
pub(crate) const TEAM: &str = "dbtid:AAMockTeam0000000000000000000000001";
/// The user id of that account in old style.
const UID: &str = "1001";

pub(crate) const USER_TOKEN: &str = "mock-user-token";
pub(crate) const TEAM_TOKEN: &str = "mock-team-token";
pub(crate) const USER_REFRESH: &str = "mock-user-refresh-token";
pub(crate) const TEAM_REFRESH: &str = "mock-team-refresh-token";

impl Tokens {
    /// One app of users and one of teams, each with a token and a refresh token that are ready to use.
    pub fn new() -> Self {
        let app = |name: &str, team| App {
            key: format!("mock-{name}-key"),
            secret: format!("mock-{name}-secret"),
            team,
        };
        let (user, team) = (app("app", false), app("team-app", true));
        let refresh = |app: &App, holder| Refreshable {
            app: app.key.clone(),
            without_secret: false,
            holder,
            scopes: None,
        };
        let user_refresh = refresh(&user, Holder::User(ACCOUNT.to_owned()));
        let team_refresh = refresh(&team, Holder::Team(TEAM.to_owned()));
        Self {
            grants: BTreeMap::from([
                (USER_TOKEN.to_owned(), Grant::user(ACCOUNT)),
                (TEAM_TOKEN.to_owned(), Grant::team(TEAM)),
            ]),
            refreshable: BTreeMap::from([
                (USER_REFRESH.to_owned(), user_refresh),
                (TEAM_REFRESH.to_owned(), team_refresh),
            ]),
            apps: vec![user, team],
            codes: BTreeMap::new(),
            life: Duration::from_secs(14_400),
            issued: 0,
        }
    }

    pub fn app(&self, key: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.key == key)
    }

    /// The holder of what an app is granted.
    pub fn holder(&self, key: &str) -> Holder {
        if self.app(key).is_some_and(|app| app.team) {
            Holder::Team(TEAM.to_owned())
        } else {
            Holder::User(ACCOUNT.to_owned())
        }
    }

    /// A name that nothing else has.
    pub fn name(&mut self, kind: &str) -> String {
        self.issued += 1;
        format!("mock-{kind}-{}", self.issued)
    }
}

impl Holder {
    /// Who it is, in the answer of the token endpoint.
    pub(crate) fn named(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::User(id) => vec![("uid", UID), ("account_id", id)],
            Self::Team(id) => vec![("team_id", id)],
        }
    }
}

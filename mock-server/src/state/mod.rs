//! What the server remembers.
//!
//! In: a request that was found to be right. Out: its answer, or that there is no state behind the route. `routes` says what
//! answers which route; files, the team, links and the audit log each keep what they need, and share the sources of ids,
//! cursors and jobs.

mod accounts;
mod cursors;
mod events;
mod files;
mod ids;
mod jobs;
mod links;
mod routes;
mod spec;
mod team;
mod users;
mod value;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::Value;
use stone_parser::ir::Api;

use accounts::Accounts;
use cursors::Cursors;
use events::Log;
use files::store::Store;
use ids::Ids;
use jobs::Jobs;
use links::Links;
use routes::{Answer, Effect, ROUTES};
use team::Team;
use value::Arg;

/// Everything that the server remembers.
#[derive(Debug)]
pub struct World {
    api: Arc<Api>,
    version: u64,
    accounts: Accounts,
    team: Team,
    links: Links,
    log: Log,
    cursors: Cursors,
    jobs: Jobs,
}

impl World {
    /// A world as it is before the first call: a team of a few members with empty Dropboxes, and events in its audit log.
    /// The same seed makes the same ids.
    pub fn new(api: Arc<Api>, seed: u64) -> Self {
        let mut ids = Ids::new(seed);
        let mut accounts = Accounts::new(ids.fork());
        let team = Team::new(ids.fork(), &mut accounts);
        Self {
            version: 0,
            team,
            links: Links::new(ids.fork()),
            cursors: Cursors::new(ids.fork()),
            jobs: Jobs::new(ids.fork()),
            log: Log::new(ids.fork()),
            accounts,
            api,
        }
    }

    /// The routes that have state behind them: namespace, name, version.
    pub fn routes() -> impl Iterator<Item = (&'static str, &'static str, u64)> {
        let names = ROUTES.iter();
        names.map(|(namespace, name, version, ..)| (*namespace, *name, *version))
    }

    /// Answers a call; `None`: the route has no state here, the answer comes from examples.
    pub fn answer(&mut self, asked: &Asked<'_>) -> Option<Answered> {
        let route = (asked.namespace, asked.route, asked.version);
        let line = ROUTES
            .iter()
            .find(|(namespace, name, version, ..)| (*namespace, *name, *version) == route);
        let (_, _, _, effect, answer) = line?;
        let call = Call::new(self, asked);
        let outcome = self.carry_out(&call, *answer);
        if *effect == Effect::Writes && outcome.is_ok() {
            self.version += 1;
        }
        Some(outcome.unwrap_or_else(Answered::from))
    }

    fn carry_out(&mut self, call: &Call, answer: Answer) -> Outcome {
        match answer {
            Answer::Store(answer) => answer(self.store(call)?, call),
            Answer::World(answer) => answer(self, call),
            Answer::Job(kind) => self.jobs.poll(kind, call),
        }
    }

    /// Grows with each change; a pending answer is asked for again when it has grown.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Makes every cursor that was given out invalid.
    pub fn expire_cursors(&mut self) {
        self.cursors.expire();
        // Who waits for changes behind a cursor has to be told.
        self.version += 1;
    }

    /// How often a job that is launched from now on is found in progress before it is complete. With 0, launches tell the
    /// result themselves where their types allow it. It is 1 at first.
    pub fn set_job_polls(&mut self, polls: u64) {
        self.jobs.polls = polls;
    }

    /// Adds an event to the audit log, as a value of the log's event type.
    pub fn add_event(&mut self, event: Value) {
        self.log.events(&self.api, &self.accounts).push(event);
        self.version += 1;
    }

    /// Whether a select header may name this member, as one whose files are asked for.
    pub fn is_member(&self, id: &str) -> bool {
        self.team
            .member(id)
            .is_some_and(|member| !member.is_removed())
    }

    /// Whether a select header may name this member as an admin.
    pub fn is_admin(&self, id: &str) -> bool {
        self.team
            .member(id)
            .is_some_and(team::member::Member::is_admin)
    }

    /// The id of the team.
    pub fn team_id(&self) -> &str {
        self.team.id()
    }

    /// The members who are on the team, each with the id as a member and that of the account; the first is an admin, until
    /// a call changes that.
    pub fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        let present = self.team.members().filter(|member| !member.is_removed());
        present.map(|member| (member.id.as_str(), member.account.as_str()))
    }

    /// The namespace that a user's paths are relative to, by account or member id.
    pub fn root_of(&mut self, name: &str) -> &str {
        &self.accounts.of(name).store.namespace
    }

    /// The Dropbox of the caller.
    fn store(&mut self, call: &Call) -> Result<&mut Store, Stop> {
        Ok(self.store_of(call.account()?))
    }

    fn store_of(&mut self, account: &str) -> &mut Store {
        &mut self.accounts.of(account).store
    }
}

/// A call that was found to be right.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The route's namespace.
    pub namespace: &'a str,
    /// The route's name with its path.
    pub route: &'a str,
    /// The route's version.
    pub version: u64,
    /// Checked against its type and constraints; defaults are not filled in.
    pub arg: &'a Value,
    /// The content that upload routes are sent.
    pub body: &'a Bytes,
    /// Who asks.
    pub caller: Caller<'a>,
    /// When.
    pub now: SystemTime,
}

/// Who makes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller<'a> {
    /// A user: the account id that the token belongs to, or the team member id that a select header names.
    User(&'a str),
    /// A team.
    Team,
    /// An app.
    App,
    /// Nobody in particular.
    Nobody,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answered {
    /// The result.
    Result(Value),
    /// The result of a download route, and its content. Ranges and conditions are the core's business.
    Content {
        /// The result.
        result: Value,
        /// The content.
        body: Bytes,
    },
    /// The value of the route's error type; its summary is the core's business.
    Error(Value),
    /// An answer that is not the route's, such as the text of a 400.
    Refused {
        /// The status.
        status: u16,
        /// The body.
        message: String,
    },
    /// Not yet: asked for again when the version has grown.
    Pending {
        /// How long to wait.
        at_most: Duration,
        /// The result after that.
        otherwise: Value,
    },
}

/// A call, with its caller made out.
struct Call<'a> {
    arg: Arg<'a>,
    body: &'a Bytes,
    now: SystemTime,
    account: Option<String>,
}

impl<'a> Call<'a> {
    fn new(world: &mut World, asked: &Asked<'a>) -> Self {
        let account = match asked.caller {
            Caller::User(name) => Some(world.accounts.of(name).id.clone()),
            Caller::Team | Caller::App | Caller::Nobody => None,
        };
        Self {
            arg: Arg(asked.arg),
            body: asked.body,
            now: asked.now,
            account,
        }
    }

    /// The id of the account that makes the call.
    fn account(&self) -> Result<&str, Stop> {
        let account = self.account.as_deref();
        account.ok_or_else(|| {
            Stop::Refused("This API function operates on a single Dropbox account.".to_owned())
        })
    }

    /// Whether this account makes the call.
    fn is(&self, account: &str) -> bool {
        self.account.as_deref() == Some(account)
    }

    /// To whom what the call makes belongs; the team has no account.
    fn owner(&self) -> &str {
        self.account.as_deref().unwrap_or_default()
    }
}

/// What comes of a call.
type Outcome = Result<Answered, Stop>;

/// Why a call is not carried out.
#[derive(Debug, PartialEq)]
enum Stop {
    /// For a reason that the route's error type has a value for.
    Error(Value),
    /// For one that it has none for.
    Refused(String),
}

impl From<Value> for Stop {
    fn from(error: Value) -> Self {
        Self::Error(error)
    }
}

impl From<Stop> for Answered {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Error(error) => Self::Error(error),
            Stop::Refused(message) => Self::Refused {
                status: 400,
                message,
            },
        }
    }
}

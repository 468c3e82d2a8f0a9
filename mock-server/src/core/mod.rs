//! What becomes of a request: rules first, then checks, then the answer.
//!
//! In: requests, one at a time. Out: replies. Nothing here waits or knows of connections.

mod admit;
mod reply;
mod trouble;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::Value;
use stone_parser::ir::Api;

use crate::answer::{Maker, TagError};
use crate::check::value::Values;
use crate::check::{Checked, Checker, Who, wrong_root};
use crate::errors::{Refusal, error_reply};
use crate::fault::Fault;
use crate::oauth;
use crate::record::Records;
use crate::reply::Reply;
use crate::request::Received;
use crate::routes::{API, Facts, Routes, WEB};
use crate::rules::{Rules, Say, Verdict};
use crate::state::{Answered, Asked, World};
use crate::tokens::Tokens;

/// Everything that a server knows.
pub(crate) struct Core {
    pub api: Arc<Api>,
    pub routes: Arc<Routes>,
    pub values: Arc<Values>,
    pub world: World,
    pub tokens: Tokens,
    pub rules: Rules,
    pub records: Records,
    /// How far the server's clock is ahead of the machine's.
    pub ahead: Duration,
    /// The content of downloads that have no other.
    pub content: Bytes,
    maker: Maker,
    calls: HashMap<String, u64>,
    requests: u64,
}

/// A request about which the rules have spoken.
pub(crate) struct Begun {
    pub request: Received,
    /// What the rules call its route.
    pub path: Option<String>,
    pub call: u64,
    pub verdict: Verdict,
    /// A header of ours that cannot be read.
    pub confused: Option<String>,
}

/// What becomes of it.
#[derive(Debug)]
pub(crate) enum Outcome {
    Reply {
        reply: Reply,
        /// Whether the route did its work.
        done: bool,
        violation: Option<String>,
    },
    /// To be asked for again when the world has changed, at most until then.
    Pending { at_most: Duration, otherwise: Reply },
}

impl Outcome {
    pub fn done(reply: Reply) -> Self {
        Self::Reply {
            reply,
            done: true,
            violation: None,
        }
    }
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        Self::Reply {
            reply: refusal.reply,
            done: false,
            violation: refusal.violation,
        }
    }
}

impl Core {
    pub fn new(api: Arc<Api>, seed: u64) -> Self {
        let values = Arc::new(Values::new(api.clone()));
        Self {
            routes: Arc::new(Routes::new(&api)),
            maker: Maker::new(api.clone(), values.clone(), seed),
            world: World::new(api.clone(), seed),
            values,
            tokens: Tokens::new(),
            rules: Rules::new(seed),
            records: Records::new(usize::MAX),
            ahead: Duration::ZERO,
            content: Bytes::new(),
            calls: HashMap::new(),
            requests: 0,
            api,
        }
    }

    pub fn now(&self) -> SystemTime {
        let now = SystemTime::now();
        now.checked_add(self.ahead).unwrap_or(now)
    }

    /// Counts the request and asks the rules. Headers of ours in it have the last word.
    pub fn begin(&mut self, mut request: Received) -> Begun {
        self.requests += 1;
        request.number = self.requests;
        request.at = self.now();
        let path = self.path(&request);
        let call = path.as_ref().map_or(0, |path| {
            let count = self.calls.entry(path.clone()).or_default();
            *count += 1;
            *count
        });
        let asked = path.as_deref().unwrap_or(&request.path);
        let mut verdict = self.rules.judge(asked, call);
        let confused = asked_for(&request, &mut verdict).err();
        Begun {
            request,
            path,
            call,
            verdict,
            confused,
        }
    }

    fn path(&self, request: &Received) -> Option<String> {
        let path = request.path.trim_start_matches('/');
        let is_oauth = [oauth::TOKEN, oauth::AUTHORIZE].contains(&path);
        let route = request.route().and_then(|path| self.routes.find(path));
        route
            .map(|facts| facts.path.clone())
            .or(is_oauth.then(|| path.to_owned()))
    }

    /// Answers a request.
    pub fn handle(&mut self, begun: &Begun) -> Outcome {
        if let Some(problem) = &begun.confused {
            return Refusal::bad(problem.clone()).into();
        }
        match &begun.verdict.fault {
            Some(fault) if !fault.is_done() => {
                return Outcome::Reply {
                    reply: trouble::instead(fault),
                    done: false,
                    violation: None,
                };
            }
            Some(Fault::CursorReset) => self.world.expire_cursors(),
            _ => {}
        }
        self.answer(begun).unwrap_or_else(Outcome::from)
    }

    fn answer(&mut self, begun: &Begun) -> Result<Outcome, Refusal> {
        let request = &begun.request;
        match begun.path.as_deref() {
            Some(oauth::TOKEN) => {
                on_host(request, API)?;
                match &begun.verdict.say {
                    Some(Say::Status { status, text }) => {
                        Ok(Outcome::done(reply::as_it_is(*status, text)))
                    }
                    _ => oauth::token(&mut self.tokens, request, request.at).map(Outcome::done),
                }
            }
            Some(oauth::AUTHORIZE) => {
                on_host(request, WEB)?;
                oauth::authorize(&mut self.tokens, request).map(Outcome::done)
            }
            Some(path) => {
                let routes = self.routes.clone();
                let facts = routes.find(path).ok_or_else(|| no_route(request))?;
                self.call(facts, begun)
            }
            None => Err(no_route(request)),
        }
    }

    /// Answers a request that names a route.
    fn call(&mut self, facts: &Facts, begun: &Begun) -> Result<Outcome, Refusal> {
        let request = &begun.request;
        let checker = Checker {
            api: &self.api,
            values: &self.values,
            tokens: &self.tokens,
            world: &self.world,
            now: request.at,
        };
        let Checked { who, root, arg } = checker.check(facts, request)?;
        if let (Who::User(name), Some(root)) = (&who, root)
            && let Some(error) = wrong_root(&root, self.world.root_of(name))
        {
            return Err(Refusal::innocent(error_reply(422, &error, None)));
        }
        if let Some(say) = &begun.verdict.say {
            let reply = self.said(facts, begun, say);
            return reply
                .map(Outcome::done)
                .map_err(|error| broken(facts, error));
        }
        match self.remembered(facts, request, &who, &arg) {
            Some(answered) => Ok(self.told(facts, begun, answered)),
            None => {
                let reply = self.said(facts, begun, &Say::Examples);
                reply
                    .map(Outcome::done)
                    .map_err(|error| broken(facts, error))
            }
        }
    }

    fn remembered(
        &mut self,
        facts: &Facts,
        request: &Received,
        who: &Who,
        arg: &Value,
    ) -> Option<Answered> {
        self.world.answer(&Asked {
            namespace: &facts.namespace,
            route: &facts.name,
            version: facts.version,
            arg,
            body: &request.body,
            caller: who.as_caller(),
            now: request.at,
        })
    }
}

/// Faults and delays that the request itself asks for.
fn asked_for(request: &Received, verdict: &mut Verdict) -> Result<(), String> {
    if let Some(text) = request.header("x-mock-fault") {
        let fault: Fault = text
            .parse()
            .map_err(|error| format!("HTTP header \"X-Mock-Fault\": {error}"))?;
        verdict.fault = Some(fault);
    }
    if let Some(text) = request.header("x-mock-delay") {
        let milliseconds = text.parse();
        let milliseconds = milliseconds.map_err(|_| {
            format!("HTTP header \"X-Mock-Delay\": {text:?} is no number of milliseconds")
        })?;
        verdict.delay = Some(Duration::from_millis(milliseconds));
    }
    Ok(())
}

fn on_host(request: &Received, own: &str) -> Result<(), Refusal> {
    match request.host.as_deref() {
        Some(host) if host != own => {
            let path = &request.path;
            Err(Refusal::bad(format!(
                "{path} is on the host {own:?}, not on {host:?}"
            )))
        }
        _ => Ok(()),
    }
}

fn no_route(request: &Received) -> Refusal {
    match request.route() {
        Some(path) => Refusal::bad(format!("Unknown API function: {path:?}")),
        None => Refusal {
            reply: Reply::text(404, "there is nothing here; routes begin with /2/"),
            violation: Some(format!("there is nothing at {:?}", request.path)),
        },
    }
}

/// Rules are checked when they are added, so that this is for none of them.
fn broken(facts: &Facts, error: TagError) -> Refusal {
    Refusal {
        reply: Reply::text(
            500,
            format!("the rule for {:?} cannot be followed: {error}", facts.path),
        ),
        violation: None,
    }
}

//! What becomes of a request: rules first, then checks, then the answer.
//!
//! In: requests, one at a time. Out: replies. Nothing here waits or knows of connections.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::Value;
use stone_parser::ir::{Api, Type};

use crate::answer::{Maker, TagError};
use crate::check::value::Values;
use crate::check::{Checker, Who};
use crate::content;
use crate::errors::{Refusal, error_reply, tag};
use crate::fault::{Fault, RateBody};
use crate::oauth;
use crate::record::Records;
use crate::reply::Reply;
use crate::request::Received;
use crate::routes::{API, Facts, Routes, Style, WEB};
use crate::rules::{Rule, RuleError, Rules, Say, Verdict};
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
        SystemTime::now() + self.ahead
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
                    reply: instead(fault),
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
                        Ok(Outcome::done(as_it_is(*status, text)))
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
        let (who, arg) = checker.check(facts, request)?;
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

    /// What the world answered.
    fn told(&self, facts: &Facts, begun: &Begun, answered: Answered) -> Outcome {
        let reply = match answered {
            Answered::Result(result) => self.success(facts, begun, &result, None),
            Answered::Content { result, body } => self.success(facts, begun, &result, Some(&body)),
            Answered::Error(error) => {
                error_reply(409, &error, begun.verdict.user_message.as_deref())
            }
            Answered::Refused { status, message } => Reply::text(status, message),
            Answered::Pending { at_most, otherwise } => {
                let otherwise = self.success(facts, begun, &otherwise, None);
                return Outcome::Pending { at_most, otherwise };
            }
        };
        Outcome::done(reply)
    }

    /// A result as its route sends it.
    fn success(
        &self,
        facts: &Facts,
        begun: &Begun,
        result: &Value,
        content: Option<&Bytes>,
    ) -> Reply {
        match facts.style {
            Style::Rpc | Style::Upload => Reply::json(200, result),
            Style::Download => {
                let ruled = begun.verdict.content.as_ref();
                let content = ruled.or(content).unwrap_or(&self.content);
                content::reply(&begun.request, result, content)
            }
        }
    }

    /// What a rule answers.
    fn said(&mut self, facts: &Facts, begun: &Begun, say: &Say) -> Result<Reply, TagError> {
        let message = begun.verdict.user_message.as_deref();
        Ok(match say {
            Say::Result(result) => self.success(facts, begun, result, None),
            Say::Examples => {
                let result = self.maker.value(&self.api[facts.id].result);
                self.success(facts, begun, &result, None)
            }
            Say::Example(label) => {
                let result = self.maker.labelled(&self.api[facts.id].result, label);
                self.success(facts, begun, &result.unwrap_or_default(), None)
            }
            Say::Error { status, tags } => {
                let ty = self.error_type(facts, *status);
                let error = self.maker.error(&ty, tags)?;
                error_reply(*status, &error, message)
            }
            Say::ErrorValue { status, error } => error_reply(*status, error, message),
            Say::Status { status, text } => as_it_is(*status, text),
        })
    }

    /// The type of the errors that come with a status.
    fn error_type(&self, facts: &Facts, status: u16) -> Type {
        let shared = match status {
            401 => self.named("auth", "AuthError"),
            403 => self.named("auth", "AccessError"),
            422 => self.named("common", "PathRootError"),
            429 => self.named("auth", "RateLimitError"),
            _ => None,
        };
        shared.unwrap_or_else(|| self.api[facts.id].error.clone())
    }

    fn named(&self, namespace: &str, name: &str) -> Option<Type> {
        let mut namespaces = self.api.namespaces.iter();
        let namespace = namespaces.find(|other| other.name == namespace)?;
        let mut unions = namespace.unions.iter().copied();
        let union = unions
            .find(|id| self.api[*id].name == name)
            .map(Type::Union);
        let mut structs = namespace.structs.iter().copied();
        union.or_else(|| {
            structs
                .find(|id| self.api[*id].name == name)
                .map(Type::Struct)
        })
    }

    /// Adds a rule that can be followed.
    pub fn add_rule(&mut self, rule: Rule) -> Result<(), RuleError> {
        let routes = self.routes.clone();
        let meant: Vec<_> = routes
            .iter()
            .filter(|facts| rule.fits(&facts.path))
            .collect();
        let is_oauth = [oauth::TOKEN, oauth::AUTHORIZE]
            .iter()
            .any(|path| rule.fits(path));
        if meant.is_empty() && !is_oauth {
            return Err(rule.wrong("there is no such route"));
        }
        let is_status = matches!(rule.say, None | Some(Say::Status { .. }));
        if meant.is_empty() && !is_status {
            return Err(rule.wrong("only a status with a text can be the answer there"));
        }
        if !(0.0..=1.0).contains(&rule.probability) {
            return Err(rule.wrong("a probability is a number from 0 to 1"));
        }
        for facts in &meant {
            self.check_say(&rule, facts)
                .map_err(|problem| rule.wrong(problem))?;
        }
        self.rules.add(rule);
        Ok(())
    }

    fn check_say(&mut self, rule: &Rule, facts: &Facts) -> Result<(), String> {
        let route = &self.api[facts.id];
        let fits = |ty: &Type, value: &Value| {
            let outcome = self.values.check(ty, value);
            outcome.map_err(|misfit| format!("its value does not fit the type: {misfit}"))
        };
        match &rule.say {
            Some(Say::Result(result)) => fits(&route.result, result),
            Some(Say::Example(label)) => match self.maker.labelled(&route.result, label) {
                Some(_) => Ok(()),
                None => Err(format!("the result has no example {label:?}")),
            },
            Some(Say::Error { status, tags }) => {
                let ty = self.error_type(facts, *status);
                let made = self.maker.error(&ty, tags);
                made.map(|_| ()).map_err(|error| error.to_string())
            }
            Some(Say::ErrorValue { status, error }) => {
                fits(&self.error_type(facts, *status), error)
            }
            Some(Say::Status { status, .. }) if !(200..600).contains(status) => {
                Err(format!("{status} is no status of an answer"))
            }
            _ if !rule.is_exact() || rule.content.is_none() || facts.style == Style::Download => {
                Ok(())
            }
            _ => Err("only downloads have content".to_owned()),
        }
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

/// A status with a text, which may be JSON.
fn as_it_is(status: u16, text: &str) -> Reply {
    let kind = match text.trim_start().as_bytes().first() {
        Some(b'{') => "application/json",
        _ => "text/plain; charset=utf-8",
    };
    Reply::new(status, kind, text.to_owned())
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

/// What is answered when the route does not do its work.
fn instead(fault: &Fault) -> Reply {
    match fault {
        Fault::ExpiredToken => error_reply(401, &tag("expired_access_token"), None),
        Fault::RateLimited { header, body, wait } => {
            let reply = rate_limited(*body, *wait);
            match header {
                Some(seconds) => reply.header("Retry-After", seconds.to_string()),
                None => reply,
            }
        }
        Fault::Status { code, retry_after } => {
            let reply = Reply::text(*code, "the mock server was told to fail");
            match retry_after {
                Some(seconds) => reply.header("Retry-After", seconds.to_string()),
                None => reply,
            }
        }
        _ => Reply::text(500, "the mock server was told to fail"),
    }
}

fn rate_limited(body: RateBody, wait: u64) -> Reply {
    let reason = serde_json::json!({ "reason": tag("too_many_requests") });
    match body {
        RateBody::Json => {
            let mut error = reason;
            error["retry_after"] = wait.into();
            error_reply(429, &error, None)
        }
        RateBody::Bare => error_reply(429, &reason, None),
        RateBody::Text => Reply::text(429, "too many requests"),
        RateBody::Html => Reply::new(
            429,
            "text/html",
            "<html><body><h1>Too many requests</h1></body></html>",
        ),
        RateBody::None => Reply {
            status: 429,
            headers: Vec::new(),
            body: Bytes::new(),
        },
    }
}

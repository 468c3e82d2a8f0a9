//! The way of a call through the network: prepare, send, sort the answer. No types of routes are known here. Attempts are
//! repeated and tokens replaced around [`attempt`].

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode};

use super::Pending;
use super::answer::{Answer, Content};
use super::request::Argument;
use crate::runtime::body::Progress;
use crate::runtime::client::Core;
use crate::runtime::download::{Announced, DownloadBody};
use crate::runtime::error::{Failure, Reply};
use crate::runtime::hooks::Watch;
use crate::runtime::retry::{Retries, Trouble};
use crate::runtime::route::{Route, Style};
use crate::runtime::timing::{Elapsed, while_moving, within};
use crate::runtime::transport::{Body, BoxFuture, Request, Response};

/// How a call ended.
pub(crate) enum Outcome {
    /// With a result, not decoded yet.
    Answered(Box<Answer>),
    /// With an error that the route declares, not decoded yet.
    Refused(Box<Reply>),
    /// Otherwise.
    Failed(Box<Failure>),
}

impl Outcome {
    /// What went wrong, if anything did.
    fn trouble(&self) -> Option<Trouble<'_>> {
        match self {
            Self::Answered(_) => None,
            Self::Refused(reply) => Some(Trouble::Refused(reply)),
            Self::Failed(failure) => Some(Trouble::Failed(failure)),
        }
    }
}

impl From<Result<Outcome, Box<Failure>>> for Outcome {
    fn from(result: Result<Outcome, Box<Failure>>) -> Self {
        result.unwrap_or_else(Outcome::Failed)
    }
}

/// Makes the call. A future whose type is not named here would be compiled again by everyone who makes a call.
#[inline(never)]
pub(super) fn start(call: Box<Pending>) -> BoxFuture<'static, Outcome> {
    Box::pin(exchange(call))
}

/// Makes the call within the limit of its time.
async fn exchange(mut call: Box<Pending>) -> Outcome {
    let route = call.route;
    let core = call.client.core.clone();
    let limit = call.settings.timeout.or(core.config.total_timeout);
    let mut watch = Watch::new(&core, route);
    let span = watch.span();
    let outcome = {
        let work = pin!(async {
            let argument = call.prepare().await?;
            Ok(repeat(&mut call, &argument, &mut watch).await)
        });
        match span.cover(within(&*core.clock, limit, work)).await {
            Ok(result) => result.into(),
            Err(Elapsed) => Outcome::Failed(Failure::timeout(route, limit.unwrap_or_default())),
        }
    };
    watch.end_call(&outcome);
    outcome
}

/// Makes attempts until one of them settles the call. A token that the server calls expired is replaced once, and so is
/// a path root; that is not one of the attempts that the policy counts.
async fn repeat(call: &mut Pending, argument: &Argument, watch: &mut Watch) -> Outcome {
    let core = call.client.core.clone();
    let own = call.settings.retry.take();
    let policy = own.as_ref().unwrap_or(&core.config.retry);
    let mut retries = Retries::new(&core, call.route, policy);
    let mut expired = None;
    loop {
        let authorization = match authorize(&core, call.route, expired.as_ref()).await {
            Ok(authorization) => authorization,
            Err(failure) => return Outcome::Failed(failure),
        };
        let span = watch.begin_attempt();
        let work = attempt_in_time(call, argument, authorization.clone(), watch);
        let outcome = span.cover(work).await;
        watch.end_attempt(Some(&outcome));
        let Some(trouble) = outcome.trouble() else {
            retries.succeeded();
            return outcome;
        };
        if !call.is_replayable() {
            return outcome;
        }
        if expired.is_none() && trouble.is_expired_token() && core.credential.is_renewable() {
            expired = authorization;
            watch.retry(&outcome, Duration::ZERO);
            continue;
        }
        if call.follow_root(trouble) {
            watch.retry(&outcome, Duration::ZERO);
            continue;
        }
        match retries.pause_after(trouble) {
            Some(pause) => {
                watch.retry(&outcome, pause);
                core.clock.sleep(pause).await;
            }
            None => return outcome,
        }
    }
}

/// What the call shows of its credential. Where the server refused a token as expired, that is another one.
async fn authorize(
    core: &Arc<Core>,
    route: &'static Route,
    expired: Option<&HeaderValue>,
) -> Result<Option<HeaderValue>, Box<Failure>> {
    if route.is_noauth() {
        return Ok(None);
    }
    let authorization = core.credential.authorization(core, expired).await;
    authorization.map_err(|error| Failure::no_credential(route, error))
}

/// Makes the call on the thread of the client.
#[cfg(feature = "blocking")]
pub(super) fn exchange_blocking(call: Box<Pending>) -> Outcome {
    let route = call.route;
    let core = call.client.core.clone();
    core.worker
        .run(start(call))
        .unwrap_or_else(|error| Outcome::Failed(Failure::no_thread(route, error)))
}

/// Sends the call once, within the limit of time for that.
async fn attempt_in_time(
    call: &mut Pending,
    argument: &Argument,
    authorization: Option<HeaderValue>,
    watch: &mut Watch,
) -> Outcome {
    let (route, limit) = (call.route, call.attempt_timeout());
    let clock = call.client.core.clock.clone();
    let work = pin!(attempt(call, argument, authorization, watch));
    match within(&*clock, limit, work).await {
        Ok(result) => result.into(),
        Err(Elapsed) => Outcome::Failed(Failure::timeout(route, limit.unwrap_or_default())),
    }
}

/// Sends the call once.
async fn attempt(
    call: &mut Pending,
    argument: &Argument,
    authorization: Option<HeaderValue>,
    watch: &mut Watch,
) -> Result<Outcome, Box<Failure>> {
    let headers = call.headers(argument, authorization)?;
    let body = match (argument, &mut call.body) {
        (Argument::Json(json), _) => Body::Bytes(json.clone()),
        (Argument::Header(_), None) => Body::Empty,
        (Argument::Header(_), Some(body)) => match body.open().await {
            Ok(body) => body,
            Err(error) => return Err(Failure::unreadable(call.route, error)),
        },
    };
    let request = Request {
        method: call.settings.method(),
        url: call.url(),
        headers,
        body,
    };
    watch.sending(&request.body);
    let (core, limit) = (&call.client.core, call.read_timeout());
    let response = send(core, call.route, request, limit).await?;
    sort(core, call.route, response, limit).await
}

/// Waits for the head of the answer, as long as the request moves or the server has time left to answer.
pub(crate) async fn send(
    core: &Core,
    route: &'static Route,
    mut request: Request,
    limit: Option<Duration>,
) -> Result<Response, Box<Failure>> {
    let mut progress = Progress::default();
    request.body = progress.watch(request.body);
    let mut work = core.transport.send(request);
    match while_moving(&*core.clock, limit, &progress, work.as_mut()).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) if progress.has_failed() => Err(Failure::unreadable(route, error)),
        Ok(Err(error)) => Err(Failure::transport(route, error)),
        Err(Elapsed) => Err(Failure::timeout(route, limit.unwrap_or_default())),
    }
}

/// Tells results from errors by the status, and reads what has to be read.
pub(crate) async fn sort(
    core: &Arc<Core>,
    route: &'static Route,
    response: Response,
    limit: Option<Duration>,
) -> Result<Outcome, Box<Failure>> {
    let Response {
        status,
        headers,
        body,
    } = response;
    let announced = Announced::of(route, status, &headers);
    let mut body = DownloadBody::new(body, announced, core.clone(), route, limit);
    if !is_success(route.style, status) {
        // What came before the body broke off is better than nothing.
        let (raw, _) = body.collect(Reply::RAW_LIMIT).await;
        return Ok(refusal(core, route, status, &headers, &raw));
    }
    let content = match route.style {
        Style::Download => Content::Stream(body),
        Style::Rpc | Style::Upload => Content::Json(body.all().await?),
    };
    Ok(Outcome::Answered(Box::new(Answer {
        route,
        status,
        headers,
        content,
    })))
}

fn is_success(style: Style, status: StatusCode) -> bool {
    match style {
        Style::Rpc | Style::Upload => status == StatusCode::OK,
        Style::Download => matches!(status, StatusCode::OK | StatusCode::PARTIAL_CONTENT),
    }
}

/// Reads an answer that is an error.
fn refusal(
    core: &Core,
    route: &'static Route,
    status: StatusCode,
    headers: &HeaderMap,
    raw: &[u8],
) -> Outcome {
    let raw = String::from_utf8_lossy(raw).into_owned();
    let raw = core.credential.redact(raw);
    let mut reply = Reply::new(route, status, headers, raw);
    reply.set_wait(headers, core.clock.now());
    match status {
        StatusCode::CONFLICT if !reply.uncover_auth_error() => Outcome::Refused(reply),
        StatusCode::CONFLICT => Outcome::Failed(Failure::hidden_auth(reply)),
        _ => {
            reply.uncover_auth_error();
            Outcome::Failed(Failure::replied(reply))
        }
    }
}

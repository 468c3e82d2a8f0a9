//! The token endpoint: a form goes in, [`Tokens`] come out. It is no route of the specification, but is called, limited
//! and repeated like one.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{HeaderMap, HeaderValue, Method, header};

use super::error::OAuthError;
use crate::runtime::auth::{AccessToken, AppKey, AppSecret, IdToken, RefreshToken, Tokens};
use crate::runtime::call::{Outcome, send, sort};
use crate::runtime::client::Core;
use crate::runtime::error::Failure;
use crate::runtime::raw::Raw;
use crate::runtime::retry::{Retries, Trouble};
use crate::runtime::route::{Auth, Host, RepeatSafety, Route, Style};
use crate::runtime::transport::{Body, Request};

/// Getting an access token for a refresh token, which can be done again at will.
pub(super) static REFRESH: Route = route(RepeatSafety::Repeatable);

/// Getting tokens for a code, which works once.
pub(super) static EXCHANGE: Route = route(RepeatSafety::Once);

const fn route(repeat: RepeatSafety) -> Route {
    Route {
        namespace: "oauth2",
        name: "token",
        version: 1,
        path: "/oauth2/token",
        style: Style::Rpc,
        host: Host::Api,
        auth: &[Auth::Noauth],
        scope: None,
        select_admin: None,
        app_folder: true,
        preview: false,
        deprecated: false,
        content_hash: false,
        repeat,
        try_again: &[],
    }
}

/// What the endpoint is told. Its text is a secret.
pub(super) struct Form {
    text: String,
    /// What no error may repeat.
    secrets: Vec<String>,
}

impl Form {
    /// Says which app asks.
    pub(super) fn new(key: &AppKey, secret: Option<&AppSecret>) -> Self {
        let mut form = Self {
            text: String::new(),
            secrets: Vec::new(),
        };
        form.add("client_id", key.as_str());
        if let Some(secret) = secret {
            form.add_secret("client_secret", secret.expose());
        }
        form
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        Serializer::for_suffix(&mut self.text, 0).append_pair(name, value);
    }

    pub(super) fn add_secret(&mut self, name: &str, value: &str) {
        self.add(name, value);
        self.secrets.push(value.to_owned());
    }
}

/// Asks for tokens, again and again if the trouble passes.
pub(super) async fn post(
    core: &Arc<Core>,
    route: &'static Route,
    form: Form,
) -> Result<Tokens, OAuthError> {
    let body = Bytes::from(form.text);
    let mut retries = Retries::new(core, route, &core.config.retry);
    loop {
        let mut failure = match attempt(core, route, body.clone()).await {
            Ok(tokens) => return Ok(tokens),
            Err(failure) => failure,
        };
        failure.redact(&form.secrets);
        match retries.pause_after(Trouble::Failed(&failure)) {
            Some(pause) => core.clock.sleep(pause).await,
            None => return Err(OAuthError::new(failure)),
        }
    }
}

async fn attempt(
    core: &Arc<Core>,
    route: &'static Route,
    body: Bytes,
) -> Result<Tokens, Box<Failure>> {
    let mut headers = HeaderMap::new();
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(header::CONTENT_TYPE, form);
    headers.insert(header::USER_AGENT, core.config.user_agent.clone());
    let request = Request {
        method: Method::POST,
        url: core.config.base_urls.url(route),
        headers,
        body: Body::Bytes(body),
    };
    let limit = core.config.read_timeout(route);
    let response = send(core, route, request, limit).await?;
    match sort(core, route, response, limit).await? {
        Outcome::Answered(answer) => {
            let json = answer.text();
            let tokens = json.and_then(|json| read(core, Raw::new(json)));
            tokens.ok_or_else(|| answer.unexpected("the answer has no access token"))
        }
        Outcome::Refused(reply) => Err(Failure::replied(reply)),
        Outcome::Failed(failure) => Err(failure),
    }
}

/// Reads the answer of RFC 6749, section 5.1, with what Dropbox adds.
fn read(core: &Core, json: Raw<'_>) -> Option<Tokens> {
    let text = |name| json.get(name).and_then(Raw::text);
    let life = json.get("expires_in").and_then(Raw::number);
    let end = |life| core.clock.now().checked_add(Duration::from_secs(life));
    let mut scopes = Vec::new();
    for scope in text("scope").unwrap_or_default().split(' ') {
        if !scope.is_empty() {
            scopes.push(scope.to_owned());
        }
    }
    Some(Tokens {
        access_token: text("access_token").map(AccessToken::new)?,
        expires_at: life.and_then(end),
        refresh_token: text("refresh_token").map(RefreshToken::new),
        scopes,
        account_id: text("account_id"),
        team_id: text("team_id"),
        uid: text("uid"),
        id_token: text("id_token").map(IdToken::new),
    })
}

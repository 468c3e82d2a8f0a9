//! Setting up a client: settings go in as they are, and [`ClientBuilder::build`] says what is wrong with them.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::config::user_agent;
use super::{BaseUrls, Client, ClientKind, Config, Core, PathRoot};
use crate::runtime::auth::Credential;
use crate::runtime::clock::Clock;
#[cfg(feature = "transport-reqwest")]
use crate::runtime::clock::SystemClock;
use crate::runtime::headers;
use crate::runtime::hooks::Hooks;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::Auth;
#[cfg(feature = "transport-reqwest")]
use crate::runtime::transport::ReqwestTransport;
use crate::runtime::transport::{Transport, TransportError};

/// Collects the settings of a client of the kind `C`.
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    settings: Settings,
    kind: PhantomData<fn() -> C>,
}

/// What a builder holds, whatever the kind of client.
#[derive(Debug, Default)]
struct Settings {
    config: Config,
    credential: Option<Credential>,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    path_root: Option<PathRoot>,
    user_agent: Option<String>,
    locale: Option<String>,
    headers: Vec<(String, String)>,
}

impl<C: ClientKind> ClientBuilder<C> {
    pub(crate) fn new() -> Self {
        Self {
            settings: Settings::default(),
            kind: PhantomData,
        }
    }

    /// What the client identifies itself with: an [`AccessToken`](crate::AccessToken) for users and teams, the pair of
    /// an [`AppKey`](crate::AppKey) and its [`AppSecret`](crate::AppSecret) for apps.
    pub fn credential(mut self, credential: impl Into<Credential>) -> Self {
        self.settings.credential = Some(credential.into());
        self
    }

    /// Where the API is.
    pub fn base_urls(mut self, urls: BaseUrls) -> Self {
        self.settings.config.base_urls = urls;
        self
    }

    /// How long to try to connect, TLS included; 10 seconds at first. `None` leaves it to the operating system. A call
    /// that meets this limit is repeated whatever its route, as the server has seen nothing of it. A transport of one's
    /// own keeps its own limit, and no call has another one than its client.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.config.connect_timeout = limit.into();
        self
    }

    /// How long to wait while nothing moves: while no content can be sent, until the answer begins, and between any two
    /// pieces of it. 100 seconds at first; `None` waits for ever. Content that moves, however slowly, does not meet this
    /// limit, and the wait for the answer begins when all content is sent. Routes that wait for something to happen
    /// have at least ten minutes.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.config.read_timeout = limit.into();
        self
    }

    /// How long one attempt may take, from its request until all of its answer is there, which for a download is its
    /// head; without limit at first. An attempt that meets it is repeated if no harm can come of that. Uploads are not
    /// limited by this, and routes that wait for something to happen have at least ten minutes;
    /// [`Call::attempt_timeout`](crate::Call::attempt_timeout) can do both.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.config.attempt_timeout = limit.into();
        self
    }

    /// How long a call may take until its result is there, with all attempts, the pauses between them, tokens that are
    /// renewed and content that is read for its hash; without limit at first. The content of a download is not
    /// counted. [`Call::timeout`](crate::Call::timeout) sets it for one call.
    pub fn total_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.config.total_timeout = limit.into();
        self
    }

    /// Whether uploads say what is to arrive, so that the service refuses what was damaged on the way; they do at first.
    /// Where the argument has a field `content_hash` that was left open, it gets the
    /// [`ContentHash`](crate::ContentHash) of content that can be read twice, which is read once more for it.
    /// [`Call::content_hash`](crate::Call::content_hash) decides for one call.
    pub fn content_hash(mut self, send: bool) -> Self {
        self.settings.config.content_hash = send;
        self
    }

    /// The name of the application, best with its version: `my-app/1.2`. The SDK adds its own.
    pub fn user_agent(mut self, app: &str) -> Self {
        self.settings.user_agent = Some(user_agent(app));
        self
    }

    /// The language of texts that are meant for people, as a tag such as `de` or `pt-BR`; `pt_BR` will do.
    pub fn locale(mut self, tag: impl Into<String>) -> Self {
        self.settings.locale = Some(tag.into());
        self
    }

    /// The namespace that paths are relative to.
    pub fn path_root(mut self, root: PathRoot) -> Self {
        self.settings.path_root = Some(root);
        self
    }

    /// A header that every request carries. Those that the SDK manages are refused by [`build`](Self::build).
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.headers.push((name.into(), value.into()));
        self
    }

    /// Whether arguments are held against the limits of the specification before they are sent; they are at first.
    pub fn validate(mut self, validate: bool) -> Self {
        self.settings.config.validate = validate;
        self
    }

    /// Whether a client made by [`TeamClient::as_admin`](crate::TeamClient::as_admin) refuses routes that are not
    /// meant for administrators before it sends anything; it does at first.
    pub fn check_select_admin(mut self, check: bool) -> Self {
        self.settings.config.check_select_admin = check;
        self
    }

    /// Whether a call whose [`PathRoot::Root`] is not the root of the user any more is made again, once, with the root
    /// that the server names; it is not at first.
    pub fn follow_root(mut self, follow: bool) -> Self {
        self.settings.config.follow_root = follow;
        self
    }

    /// What sends the requests, for programs that have an HTTP stack of their own and for tests.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// What keeps time and makes random numbers, for tests and for programs that do not run on tokio.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.settings.clock = Some(Arc::new(clock));
        self
    }

    /// How calls are repeated that failed in a way that passes.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.config.retry = policy;
        self
    }

    /// What is told of attempts, retries, new tokens and the ends of calls, to count and to measure them.
    pub fn hooks(mut self, hooks: impl Hooks + 'static) -> Self {
        self.settings.config.hooks = Some(Arc::new(hooks));
        self
    }

    /// Makes the client, or says which setting cannot be used.
    pub fn build(self) -> Result<C, BuildError> {
        let client = self.settings.build(C::AUTH)?;
        Ok(C::wrap(client))
    }
}

impl Settings {
    fn build(mut self, auth: Auth) -> Result<Client, BuildError> {
        self.check(auth)?;
        self.encode_headers()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&self.config)?,
        };
        let credential = self.credential.unwrap_or(Credential::NONE);
        let clock = match self.clock {
            Some(clock) => clock,
            None => default_clock()?,
        };
        let client = Client::new(Core::new(transport, clock, credential, self.config), auth);
        Ok(match &self.path_root {
            Some(root) => client.with_path_root(root),
            None => client,
        })
    }

    fn check(&self, auth: Auth) -> Result<(), BuildError> {
        let credential = self.credential.as_ref().unwrap_or(&Credential::NONE);
        if !credential.suits(auth) {
            return Err(BuildError::new(format!(
                "a client for {auth} routes needs {}",
                needed(auth)
            )));
        }
        if !credential.is_sendable() {
            return Err(BuildError::new(
                "the credential has characters that no header can carry",
            ));
        }
        match self.config.base_urls.invalid() {
            None => Ok(()),
            Some(url) => Err(BuildError::new(format!(
                "`{}` is not a base URL: http:// or https:// and a host",
                without_user(url)
            ))),
        }
    }

    fn encode_headers(&mut self) -> Result<(), BuildError> {
        if let Some(agent) = &self.user_agent {
            self.config.user_agent = header_value("user agent", agent)?;
        }
        if let Some(tag) = &self.locale {
            let mut locale = String::new();
            for letter in tag.chars() {
                locale.push(if letter == '_' { '-' } else { letter });
            }
            self.config.locale = Some(header_value("locale", &locale)?);
        }
        for (name, value) in &self.headers {
            let (name, value) = headers::custom(name, value).map_err(BuildError::new)?;
            self.config.headers.append(name, value);
        }
        Ok(())
    }
}

/// The URL without the name and the password that may stand before its host.
fn without_user(url: &str) -> &str {
    let mut host = url;
    for part in url.split('@') {
        host = part;
    }
    host
}

fn needed(auth: Auth) -> &'static str {
    match auth {
        Auth::User | Auth::Team => "an access token: call `credential` with one",
        Auth::App => "the key and the secret of the app: call `credential` with the pair",
        Auth::Noauth => "no credential",
    }
}

fn header_value(what: &str, text: &str) -> Result<HeaderValue, BuildError> {
    HeaderValue::from_str(text).map_err(|_| {
        BuildError::new(format!(
            "the {what} has characters that no header can carry: {text:?}"
        ))
    })
}

#[cfg(feature = "transport-reqwest")]
fn default_transport(config: &Config) -> Result<Arc<dyn Transport>, BuildError> {
    match ReqwestTransport::new(config.connect_timeout) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(BuildError {
            message: "the HTTP stack cannot be set up".into(),
            source: Some(error),
        }),
    }
}

#[cfg(not(feature = "transport-reqwest"))]
fn default_transport(_: &Config) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::new(
        "there is no transport: call `transport`, or enable the feature `transport-reqwest`",
    ))
}

#[cfg(feature = "transport-reqwest")]
fn default_clock() -> Result<Arc<dyn Clock>, BuildError> {
    Ok(Arc::new(SystemClock))
}

#[cfg(not(feature = "transport-reqwest"))]
fn default_clock() -> Result<Arc<dyn Clock>, BuildError> {
    Err(BuildError::new(
        "there is no clock: call `clock`, or enable the feature `transport-reqwest`",
    ))
}

/// Why a client cannot be made of its settings.
#[derive(Debug)]
pub struct BuildError {
    message: Cow<'static, str>,
    source: Option<TransportError>,
}

impl BuildError {
    fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}

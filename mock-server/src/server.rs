//! A running server, and what tests ask it.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use stone_parser::ir::Api;
use tokio::sync::oneshot;

use crate::accept::{self, Port, Secure};
use crate::builder::{Builder, StartError};
use crate::oauth;
use crate::record::{Exchange, Violation};
use crate::rules::{Rule, RuleError};
use crate::service::Shared;
use crate::state::World;
use crate::tokens::{self, App, Grant};

/// A running server; dropping it ends it and all of its connections.
pub struct MockServer {
    shared: Arc<Shared>,
    url: String,
    by_host: Vec<(String, String)>,
    ca_pem: Option<String>,
    /// Dropped to end the thread.
    end: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MockServer({})", self.url)
    }
}

impl MockServer {
    /// Starts a server for this spec with default settings.
    pub async fn start(api: impl Into<Arc<Api>>) -> Result<Self, StartError> {
        Self::builder(api).start().await
    }

    /// Settings of a server for this spec.
    pub fn builder(api: impl Into<Arc<Api>>) -> Builder {
        Builder::new(api.into())
    }

    pub(crate) fn run(
        shared: Arc<Shared>,
        single: Port,
        by_host: Vec<Port>,
        secure: Option<Secure>,
    ) -> Result<Self, StartError> {
        let ca_pem = secure.as_ref().map(accept::ca_pem);
        let scheme = if secure.is_some() { "https" } else { "http" };
        let url = |port: &Port| format!("{scheme}://{}", accept::named(port.address));
        let named = |port: &Port| port.host.clone().map(|host| (host, url(port)));
        let (single_url, urls) = (url(&single), by_host.iter().filter_map(named).collect());
        let (end, ended) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let server = shared.clone();
        let work = move || {
            runtime.block_on(async move {
                let connections = Arc::new(AtomicU64::new(0));
                for port in by_host.into_iter().chain([single]) {
                    let accepting =
                        accept::accept(server.clone(), port, secure.clone(), connections.clone());
                    tokio::spawn(accepting);
                }
                // It never gets a value; it ends when the other side is dropped.
                let _: Result<Infallible, _> = ended.await;
            });
        };
        let thread = thread::Builder::new()
            .name("mock-server".to_owned())
            .spawn(work)?;
        Ok(Self {
            shared,
            url: single_url,
            by_host: urls,
            ca_pem,
            end: Some(end),
            thread: Some(thread),
        })
    }

    /// The URL that all hosts share, without a slash at the end. Hosts are not told apart there, unless a client puts
    /// the name of one behind it as the first part of a path, such as `/content`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL of a call that [`MockServer::user_token`] and no argument are enough for, if the spec has one.
    pub fn first_call(&self) -> Option<String> {
        let core = self.shared.core();
        let facts = core.routes.simplest(&core.api)?;
        Some(format!("{}/2/{}", self.url, facts.path))
    }

    /// The URL of a host, such as `api`, `content`, `notify` or `web`. Requests for routes of other hosts are refused
    /// there. A host that the spec does not have has the URL that all share.
    pub fn host_url(&self, host: &str) -> &str {
        let mut urls = self.by_host.iter();
        let found = urls.find(|(name, _)| name == host);
        found.map_or(&self.url, |(_, url)| url)
    }

    /// All hosts and their URLs, by name.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_host
            .iter()
            .map(|(host, url)| (host.as_str(), url.as_str()))
    }

    /// The certificate that vouches for the server's, if it speaks HTTPS.
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// An access token of a user, with all scopes, that does not end.
    pub fn user_token(&self) -> &str {
        tokens::USER_TOKEN
    }

    /// An access token of a team, with all scopes, that does not end.
    pub fn team_token(&self) -> &str {
        tokens::TEAM_TOKEN
    }

    /// A refresh token of that user, for the app of [`MockServer::app`].
    pub fn user_refresh_token(&self) -> &str {
        tokens::USER_REFRESH
    }

    /// A refresh token of that team, for the app of [`MockServer::team_app`].
    pub fn team_refresh_token(&self) -> &str {
        tokens::TEAM_REFRESH
    }

    /// The account that the token of a user belongs to.
    pub fn account_id(&self) -> &str {
        tokens::ACCOUNT
    }

    /// Key and secret of an app that users link.
    pub fn app(&self) -> (&str, &str) {
        ("mock-app-key", "mock-app-secret")
    }

    /// Key and secret of an app that teams link.
    pub fn team_app(&self) -> (&str, &str) {
        ("mock-team-app-key", "mock-team-app-secret")
    }

    /// Makes an access token valid, or changes what it stands for.
    pub fn grant(&self, token: impl Into<String>, grant: Grant) {
        self.shared.core().tokens.grants.insert(token.into(), grant);
    }

    /// Lets another app ask for tokens.
    pub fn add_app(&self, app: App) {
        self.shared.core().tokens.apps.push(app);
    }

    /// Makes an access token expire.
    pub fn expire(&self, token: &str) {
        let mut core = self.shared.core();
        let now = core.now();
        if let Some(grant) = core.tokens.grants.get_mut(token) {
            grant.expires_at = Some(now);
        }
    }

    /// Makes an access or refresh token invalid.
    pub fn revoke(&self, token: &str) {
        let mut core = self.shared.core();
        core.tokens.grants.remove(token);
        core.tokens.refreshable.remove(token);
    }

    /// Agrees to what an app asks for with the URL of its authorization page, as a person would, and gives the code
    /// that the app is sent; or says what is wrong with the URL.
    pub fn approve(&self, url: &str) -> Result<String, String> {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        oauth::agree(&mut self.shared.core().tokens, &pairs)
    }

    /// The time on the server's clock.
    pub fn now(&self) -> SystemTime {
        self.shared.core().now()
    }

    /// Sets the server's clock ahead.
    pub fn advance(&self, time: Duration) {
        let mut core = self.shared.core();
        core.ahead = core.ahead.saturating_add(time);
    }

    /// Adds a rule, which counts more than those before it.
    pub fn add(&self, rule: Rule) -> Result<(), RuleError> {
        self.shared.core().add_rule(rule)
    }

    /// Takes all rules away.
    pub fn clear_rules(&self) {
        self.shared.core().rules.clear();
    }

    /// Looks at what the server remembers, or changes it.
    pub fn world<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        let out = work(&mut self.shared.core().world);
        self.shared.changed();
        out
    }

    /// What came in and what became of it, in the order in which answers were found.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.shared.core().records.all()
    }

    /// What came in for one route, such as `files/copy_v2` or `oauth2/token`.
    pub fn calls(&self, route: &str) -> Vec<Exchange> {
        let mut all = self.exchanges();
        all.retain(|exchange| exchange.route.as_deref() == Some(route));
        all
    }

    /// What came in that the service would have refused as wrong.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.core().records.violations()
    }

    /// Forgets what came in.
    pub fn clear(&self) {
        self.shared.core().records.clear();
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

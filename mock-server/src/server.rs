//! The server: ports, its thread, and what tests ask it.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use stone_parser::ir::Api;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::connection::{Line, Switch};
use crate::core::Core;
use crate::oauth;
use crate::record::{Exchange, Violation};
use crate::rules::{Rule, RuleError};
use crate::service::{Log, Place, Shared};
use crate::state::World;
#[cfg(feature = "tls")]
use crate::tls::Tls;
use crate::tokens::{self, App, Grant};

/// Settings of a server that is not running yet.
#[must_use = "nothing runs before `start`"]
pub struct Builder {
    api: Arc<Api>,
    seed: u64,
    address: IpAddr,
    port: u16,
    rules: Vec<Rule>,
    content: Bytes,
    token_life: Option<Duration>,
    remembered: usize,
    log: Option<Log>,
    #[cfg(feature = "tls")]
    tls: bool,
}

/// A server that could not be started.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The system has no port or thread for it.
    Io(io::Error),
    /// A rule says what cannot be.
    Rule(RuleError),
    /// No certificate could be made.
    Tls(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the server cannot be started: {error}"),
            Self::Rule(error) => error.fmt(f),
            Self::Tls(problem) => write!(f, "no certificate can be made: {problem}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Rule(error) => Some(error),
            Self::Tls(_) => None,
        }
    }
}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Builder {
    fn new(api: Arc<Api>) -> Self {
        Self {
            api,
            seed: 0,
            address: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            rules: Vec::new(),
            content: Bytes::from_static(b"mock content"),
            token_life: None,
            remembered: usize::MAX,
            log: None,
            #[cfg(feature = "tls")]
            tls: false,
        }
    }

    /// What everything follows that is left to chance. The same seed gives the same answers to the same requests.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The address to listen on, instead of 127.0.0.1.
    pub fn address(mut self, address: IpAddr) -> Self {
        self.address = address;
        self
    }

    /// The port of [`MockServer::url`]; those of the single hosts follow. Without it, the system chooses.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Adds a rule.
    pub fn rule(self, rule: Rule) -> Self {
        self.rules([rule])
    }

    /// Adds rules, such as those [of a file](crate::rules::file::parse).
    pub fn rules(mut self, rules: impl IntoIterator<Item = Rule>) -> Self {
        self.rules.extend(rules);
        self
    }

    /// The content of downloads that are not remembered and that no rule is about.
    pub fn content(mut self, content: impl Into<Bytes>) -> Self {
        self.content = content.into();
        self
    }

    /// How long access tokens of the token endpoint last; four hours if nothing is said.
    pub fn token_life(mut self, life: Duration) -> Self {
        self.token_life = Some(life);
        self
    }

    /// How many exchanges are kept for [`MockServer::exchanges`]; all if nothing is said.
    pub fn remembered(mut self, exchanges: usize) -> Self {
        self.remembered = exchanges;
        self
    }

    /// Is told of each exchange, on the server's thread.
    pub fn log(mut self, log: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        self.log = Some(Box::new(log));
        self
    }

    /// Speaks HTTPS on all ports, with a certificate for `localhost` and loopback addresses that
    /// [`MockServer::ca_pem`] vouches for.
    #[cfg(feature = "tls")]
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Starts the server on a thread of its own.
    pub async fn start(self) -> Result<MockServer, StartError> {
        self.start_blocking()
    }

    /// The same for programs that are not asynchronous.
    pub fn start_blocking(self) -> Result<MockServer, StartError> {
        #[cfg(feature = "tls")]
        let tls = self.tls.then(|| Tls::new(self.address)).transpose()?;
        let mut core = Core::new(self.api, self.seed);
        core.content = self.content;
        core.tokens.life = self.token_life.unwrap_or(core.tokens.life);
        core.records = crate::record::Records::new(self.remembered);
        for rule in self.rules {
            core.add_rule(rule).map_err(StartError::Rule)?;
        }
        let hosts = core.routes.hosts();
        let mut ports = self.port..;
        let mut listen = |host: Option<String>| {
            let port = if self.port == 0 {
                Some(0)
            } else {
                ports.next()
            };
            let address = SocketAddr::new(self.address, port.unwrap_or_default());
            Port::listen(host, address)
        };
        let single = listen(None)?;
        let by_host: Vec<Port> = hosts
            .into_iter()
            .map(|host| listen(Some(host)))
            .collect::<Result<_, _>>()?;
        let shared = Arc::new(Shared::new(core, self.log));
        let secure = {
            #[cfg(feature = "tls")]
            {
                tls
            }
            #[cfg(not(feature = "tls"))]
            {
                None::<Infallible>
            }
        };
        MockServer::run(shared, single, by_host, secure)
    }
}

/// A port that is listened on.
struct Port {
    host: Option<String>,
    listener: TcpListener,
    address: SocketAddr,
}

impl Port {
    fn listen(host: Option<String>, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self {
            host,
            listener,
            address,
        })
    }
}

#[cfg(feature = "tls")]
type Secure = Tls;
#[cfg(not(feature = "tls"))]
type Secure = Infallible;

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

    fn run(
        shared: Arc<Shared>,
        single: Port,
        by_host: Vec<Port>,
        secure: Option<Secure>,
    ) -> Result<Self, StartError> {
        #[cfg(feature = "tls")]
        let ca_pem = secure.as_ref().map(|tls| tls.ca_pem.clone());
        #[cfg(not(feature = "tls"))]
        let ca_pem = None;
        let scheme = if secure.is_some() { "https" } else { "http" };
        let url = |port: &Port| format!("{scheme}://{}", named(port.address, secure.is_some()));
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
                    let accept = accept(server.clone(), port, secure.clone(), connections.clone());
                    tokio::spawn(accept);
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
        self.shared.core().ahead += time;
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

/// An address as URLs name it. Certificates are for names more often than for numbers.
fn named(address: SocketAddr, secure: bool) -> String {
    match (secure, address.ip()) {
        (true, ip) if ip.is_loopback() => format!("localhost:{}", address.port()),
        (_, ip) if ip.is_unspecified() => format!("localhost:{}", address.port()),
        _ => address.to_string(),
    }
}

async fn accept(
    shared: Arc<Shared>,
    port: Port,
    secure: Option<Secure>,
    connections: Arc<AtomicU64>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(port.listener) else {
        return;
    };
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of files, most likely; others are about to close some.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let place = Place {
            host: port.host.clone(),
            connection: connections.fetch_add(1, Ordering::Relaxed) + 1,
            switch: Arc::new(Switch::default()),
        };
        tokio::spawn(connect(shared.clone(), place, stream, secure.clone()));
    }
}

/// Serves a connection until it ends. What a client breaks off is its own affair.
async fn connect(shared: Arc<Shared>, place: Place, stream: TcpStream, secure: Option<Secure>) {
    let line = Line::new(stream, place.switch.clone());
    match secure {
        None => talk(shared, place, line).await,
        #[cfg(feature = "tls")]
        Some(tls) => {
            if let Ok(stream) = tls.acceptor.accept(line).await {
                talk(shared, place, stream).await;
            }
        }
        #[cfg(not(feature = "tls"))]
        Some(never) => match never {},
    }
}

async fn talk<S>(shared: Arc<Shared>, place: Place, stream: S)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| {
        let (shared, place) = (shared.clone(), place.clone());
        async move { shared.serve(&place, request).await }
    });
    let mut server = auto::Builder::new(TokioExecutor::new());
    server.http1().max_buf_size(1 << 20);
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

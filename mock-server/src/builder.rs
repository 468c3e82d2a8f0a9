//! Settings of a server, and its start.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use stone_parser::ir::Api;

use crate::accept::{Port, Secure};
use crate::core::Core;
use crate::record::{Exchange, Records};
use crate::rules::{Rule, RuleError};
use crate::server::MockServer;
use crate::service::{Log, Shared};

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
    pub(crate) fn new(api: Arc<Api>) -> Self {
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
        let secure = self.secure()?;
        let mut core = Core::new(self.api, self.seed);
        core.content = self.content;
        core.tokens.life = self.token_life.unwrap_or(core.tokens.life);
        core.records = Records::new(self.remembered);
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
        MockServer::run(shared, single, by_host, secure)
    }
    /// What connections are secured with, if they shall be.
    #[cfg(feature = "tls")]
    fn secure(&self) -> Result<Option<Secure>, StartError> {
        self.tls.then(|| Secure::new(self.address)).transpose()
    }

    #[cfg(not(feature = "tls"))]
    fn secure(&self) -> Result<Option<Secure>, StartError> {
        Ok(None)
    }
}

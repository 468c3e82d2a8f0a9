//! What all clients share: [`Core`] holds what was set up once, [`Client`] adds in whose name a call is made.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Config, PathRoot};
use crate::runtime::auth::{Credential, CredentialError};
#[cfg(feature = "blocking")]
use crate::runtime::blocking::Worker;
use crate::runtime::clock::Clock;
#[cfg(feature = "transport-reqwest")]
use crate::runtime::clock::SystemClock;
use crate::runtime::hooks::{self, Refreshed};
use crate::runtime::retry::Budget;
use crate::runtime::route::Auth;
use crate::runtime::transport::Transport;
#[cfg(feature = "transport-reqwest")]
use crate::runtime::transport::{ReqwestTransport, Unavailable};

/// Connections, credential and settings of a family of clients.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) credential: Credential,
    pub(crate) config: Config,
    pub(crate) budget: Budget,
    /// How many calls have begun, so that what happens to one of them can be told from the others.
    calls: AtomicU64,
    #[cfg(feature = "blocking")]
    pub(crate) worker: Worker,
}

/// In whose name a team makes a call.
#[derive(Debug, Clone)]
pub(crate) enum Acting {
    /// The owner of the credential.
    Oneself,
    /// A member of the team.
    User(Arc<str>),
    /// An administrator of the team.
    Admin(Arc<str>),
}

/// The part that all kinds of clients wrap. Calls are made on it; clones share everything.
#[derive(Clone)]
pub struct Client {
    pub(crate) core: Arc<Core>,
    pub(crate) auth: Auth,
    pub(crate) acting: Acting,
    pub(crate) path_root: Option<Arc<str>>,
}

impl Client {
    pub(crate) fn new(core: Core, auth: Auth) -> Self {
        Self {
            core: Arc::new(core),
            auth,
            acting: Acting::Oneself,
            path_root: None,
        }
    }

    /// A client with the default settings. Where the HTTP stack cannot be set up, calls say so.
    #[cfg(feature = "transport-reqwest")]
    pub(crate) fn with_defaults(auth: Auth, credential: Credential) -> Self {
        let config = Config::default();
        let transport: Arc<dyn Transport> = match ReqwestTransport::new(config.connect_timeout) {
            Ok(transport) => Arc::new(transport),
            Err(error) => Arc::new(Unavailable::new(&error)),
        };
        let clock = Arc::new(SystemClock);
        Self::new(Core::new(transport, clock, credential, config), auth)
    }

    pub(crate) fn with_path_root(&self, root: &PathRoot) -> Self {
        Self {
            path_root: Some(root.to_header().into()),
            ..self.clone()
        }
    }

    /// A client of users for the same core.
    pub(crate) fn acting(&self, acting: Acting) -> Self {
        Self {
            auth: Auth::User,
            acting,
            ..self.clone()
        }
    }
}

impl Core {
    pub(crate) fn new(
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        credential: Credential,
        config: Config,
    ) -> Self {
        Self {
            transport,
            clock,
            credential,
            config,
            budget: Budget::default(),
            calls: AtomicU64::new(0),
            #[cfg(feature = "blocking")]
            worker: Worker::default(),
        }
    }

    /// Tells that a token was asked for at this time, with or without success.
    pub(crate) fn tell_refresh(&self, begun: Duration, error: Option<&CredentialError>) {
        let duration = self.clock.elapsed().saturating_sub(begun);
        let refresh = Refreshed { duration, error };
        hooks::refreshed(&refresh);
        if let Some(hooks) = &self.config.hooks {
            hooks.on_refresh(&refresh);
        }
    }

    /// The number of a call that begins, from 1.
    pub(crate) fn next_call(&self) -> u64 {
        self.calls.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("auth", &self.auth)
            .field("acting", &self.acting)
            .field("path_root", &self.path_root)
            .field("credential", &self.core.credential)
            .field("base_urls", &self.core.config.base_urls)
            .finish_non_exhaustive()
    }
}

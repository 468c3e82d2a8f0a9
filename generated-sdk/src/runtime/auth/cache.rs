//! The token of today: a [`TokenCache`] keeps it, and gets the next one once for all who need it.
//!
//! Whoever finds the token due starts a shared future, and everybody who comes meanwhile polls the same one: there is
//! no leader whose end would leave the others waiting, and no lock is held while the server is asked.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use http::HeaderValue;

use super::error::{CredentialError, CredentialErrorKind};
use super::provider::{TokenContext, TokenProvider, Tokens};
use super::{AccessToken, bearer};
use crate::runtime::clock::Clock;
use crate::runtime::transport::BoxFuture;

/// How long before its end a token is replaced, at least; and how much earlier chance may have it, so that many
/// programs with the same token do not ask at once.
const MARGIN: Duration = Duration::from_secs(300);
const JITTER: Duration = Duration::from_secs(60);

/// How long a token that still works is used on when no new one can be had.
const POSTPONEMENT: Duration = Duration::from_secs(30);

/// Is told of each new token.
pub(crate) type Listener = Arc<dyn Fn(&Tokens) + Send + Sync>;

/// Gives the value of the `Authorization` header.
type Fetch = Shared<BoxFuture<'static, Result<HeaderValue, CredentialError>>>;

/// A token with its provider. Clients that were derived from one another share it.
pub(crate) struct TokenCache {
    provider: Box<dyn TokenProvider>,
    listener: Option<Listener>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// The fetch that is under way, as long as somebody waits for it.
    fetching: Option<WeakShared<BoxFuture<'static, Result<HeaderValue, CredentialError>>>>,
    revoked: bool,
}

struct Current {
    token: AccessToken,
    header: HeaderValue,
    expires_at: Option<SystemTime>,
    /// When to look for the next one.
    renew_at: Option<SystemTime>,
}

/// What a call that needs the token has to do.
enum Step {
    Go(HeaderValue),
    /// Wait; and if that fails in a way that passes, use what there still is.
    Wait(Fetch, Option<HeaderValue>),
}

impl TokenCache {
    pub(crate) fn new(provider: Box<dyn TokenProvider>, listener: Option<Listener>) -> Self {
        Self {
            provider,
            listener,
            state: Mutex::default(),
        }
    }

    /// Starts with a token that is known already. One that no header can carry is not used.
    pub(crate) fn starting_with(self, tokens: &Tokens) -> Self {
        // Without a clock at hand, it is replaced in time, but without jitter.
        self.lock().current = Current::new(tokens, MARGIN).ok();
        self
    }

    /// The value of the `Authorization` header: not the one that the server refused as expired, if one is named.
    pub(crate) async fn authorization(
        self: &Arc<Self>,
        context: &TokenContext,
        refused: Option<&HeaderValue>,
    ) -> Result<HeaderValue, CredentialError> {
        match self.step(context, refused)? {
            Step::Go(header) => Ok(header),
            Step::Wait(fetch, spare) => match (fetch.await, spare) {
                (Err(error), Some(header)) if error.kind() == CredentialErrorKind::Unavailable => {
                    self.postpone(context.clock());
                    Ok(header)
                }
                (result, _) => result,
            },
        }
    }

    /// Forgets the token; from now on there is none.
    pub(crate) fn revoke(&self) {
        *self.lock() = State {
            revoked: true,
            ..State::default()
        };
    }

    /// The token that is in use, for taking it out of texts.
    pub(crate) fn current(&self) -> Option<AccessToken> {
        self.lock()
            .current
            .as_ref()
            .map(|current| current.token.clone())
    }

    fn step(
        self: &Arc<Self>,
        context: &TokenContext,
        refused: Option<&HeaderValue>,
    ) -> Result<Step, CredentialError> {
        let now = context.clock().now();
        let mut state = self.lock();
        if state.revoked {
            return Err(CredentialError::revoked());
        }
        let spare = match &state.current {
            Some(current) if refused == Some(&current.header) => None,
            Some(current) if !current.is_due(now) => return Ok(Step::Go(current.header.clone())),
            Some(current) if current.works(now) => Some(current.header.clone()),
            _ => None,
        };
        let under_way = state.fetching.as_ref().and_then(WeakShared::upgrade);
        let fetch = under_way.unwrap_or_else(|| self.start(&mut state, context.clone()));
        Ok(Step::Wait(fetch, spare))
    }

    fn start(self: &Arc<Self>, state: &mut State, context: TokenContext) -> Fetch {
        let cache = self.clone();
        let fetch: BoxFuture<'static, _> = Box::pin(async move {
            let begun = context.clock().elapsed();
            let result = cache.provider.fetch(&context).await;
            context.0.tell_refresh(begun, result.as_ref().err());
            cache.finish(result, context.clock())
        });
        let fetch = fetch.shared();
        state.fetching = fetch.downgrade();
        fetch
    }

    /// Keeps a new token. The listener comes first, so that what is used has been stored.
    fn finish(
        &self,
        result: Result<Tokens, CredentialError>,
        clock: &dyn Clock,
    ) -> Result<HeaderValue, CredentialError> {
        if let (Ok(tokens), Some(listener)) = (&result, &self.listener) {
            listener(tokens);
        }
        let mut state = self.lock();
        state.fetching = None;
        if state.revoked {
            return Err(CredentialError::revoked());
        }
        let tokens = result?;
        let current = Current::new(&tokens, margin(&tokens, clock))?;
        let header = current.header.clone();
        state.current = Some(current);
        Ok(header)
    }

    fn postpone(&self, clock: &dyn Clock) {
        if let Some(current) = &mut self.lock().current {
            current.renew_at = Some(clock.now() + POSTPONEMENT);
        }
    }

    /// A listener that panicked does not take the token with it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Current {
    fn new(tokens: &Tokens, margin: Duration) -> Result<Self, CredentialError> {
        let expires_at = tokens.expires_at;
        Ok(Self {
            token: tokens.access_token.clone(),
            header: bearer(&tokens.access_token).ok_or_else(CredentialError::unsendable)?,
            expires_at,
            renew_at: expires_at.map(|end| end.checked_sub(margin).unwrap_or(end)),
        })
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.renew_at.is_some_and(|time| time <= now)
    }

    fn works(&self, now: SystemTime) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// How long before its end a new token is to be replaced: tokens that end soon are used for half of their life.
fn margin(tokens: &Tokens, clock: &dyn Clock) -> Duration {
    let chance = f64::from((clock.random() >> 32) as u32) / f64::from(u32::MAX);
    let life = tokens
        .expires_at
        .and_then(|end| end.duration_since(clock.now()).ok());
    (MARGIN + JITTER.mul_f64(chance)).min(life.unwrap_or_default() / 2)
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenCache({:?})", self.provider)
    }
}

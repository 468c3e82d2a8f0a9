//! Access that lasts: [`Refresh`] gets one access token after the other for a refresh token.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::endpoint::{self, Form};
use super::spaced;
use crate::runtime::auth::{
    AppKey, AppSecret, Credential, CredentialError, Listener, RefreshToken, TokenCache,
    TokenContext, TokenProvider, Tokens,
};
use crate::runtime::transport::BoxFuture;

/// Gets access tokens as they are needed, once for all clients that share it.
///
/// A token is replaced five to six minutes before its end, and when the server calls it expired.
#[derive(Debug)]
#[must_use = "hand it to `ClientBuilder::credential`"]
pub struct Refresh {
    source: Source,
    initial: Option<Tokens>,
    listener: Option<Debugless>,
}

/// What is sent to the token endpoint.
#[derive(Debug)]
struct Source {
    key: AppKey,
    secret: Option<AppSecret>,
    scopes: Vec<String>,
    /// Servers may hand out a new one at any time, although this one does not.
    token: Mutex<RefreshToken>,
}

/// A listener, of which there is nothing to print.
struct Debugless(Listener);

impl fmt::Debug for Debugless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// There is no refresh token among the tokens: access was not asked for [offline](super::Authorize::offline).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRefreshToken;

impl fmt::Display for NoRefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no refresh token: ask for offline access")
    }
}

impl Error for NoRefreshToken {}

impl Refresh {
    /// Starts without an access token; the first call gets one.
    pub fn new(key: AppKey, token: RefreshToken) -> Self {
        let source = Source {
            key,
            secret: None,
            scopes: Vec::new(),
            token: Mutex::new(token),
        };
        Self {
            source,
            initial: None,
            listener: None,
        }
    }

    /// Starts with tokens that were granted just now, or that were kept.
    pub fn from_tokens(key: AppKey, tokens: Tokens) -> Result<Self, NoRefreshToken> {
        let token = tokens.refresh_token.clone().ok_or(NoRefreshToken)?;
        let initial = Some(tokens);
        Ok(Self {
            initial,
            ..Self::new(key, token)
        })
    }

    /// The secret of the app, if access was granted to an app that has one.
    pub fn with_secret(mut self, secret: AppSecret) -> Self {
        self.source.secret = Some(secret);
        self
    }

    /// Gets tokens for some of the granted scopes only.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.source
            .scopes
            .extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Is told of each new set of tokens before the first call uses it, to keep them for the next run of the program.
    pub fn on_tokens(mut self, listener: impl Fn(&Tokens) + Send + Sync + 'static) -> Self {
        self.listener = Some(Debugless(Arc::new(listener)));
        self
    }
}

impl From<Refresh> for Credential {
    fn from(refresh: Refresh) -> Self {
        let listener = refresh.listener.map(|listener| listener.0);
        let cache = TokenCache::new(Box::new(refresh.source), listener);
        Credential::renewed(match &refresh.initial {
            Some(tokens) => cache.starting_with(tokens),
            None => cache,
        })
    }
}

impl Source {
    fn form(&self, token: &RefreshToken) -> Form {
        let mut form = Form::new(&self.key, self.secret.as_ref());
        form.add("grant_type", "refresh_token");
        form.add_secret("refresh_token", token.expose());
        if !self.scopes.is_empty() {
            form.add("scope", &spaced(&self.scopes));
        }
        form
    }

    fn token(&self) -> RefreshToken {
        self.token
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, token: &RefreshToken) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = token.clone();
    }
}

impl TokenProvider for Source {
    fn fetch<'a>(
        &'a self,
        context: &'a TokenContext,
    ) -> BoxFuture<'a, Result<Tokens, CredentialError>> {
        Box::pin(async move {
            let token = self.token();
            let mut tokens =
                endpoint::post(&context.0, &endpoint::REFRESH, self.form(&token)).await?;
            // A listener that stores what it is given must not lose what was not said again.
            let token = match &tokens.refresh_token {
                Some(token) => token,
                None => tokens.refresh_token.insert(token),
            };
            self.keep(token);
            Ok(tokens)
        })
    }
}

//! Where access tokens come from when they do not last: a [`TokenProvider`] gets one, everything else is seen to.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::{AccessToken, CredentialError, IdToken, RefreshToken};
use crate::runtime::client::Core;
use crate::runtime::clock::Clock;
use crate::runtime::transport::{BoxFuture, Transport};

/// A source of access tokens.
///
/// It is asked when there is no token yet, when the last one is about to expire, and when the server calls it expired.
/// It is asked once at a time: all calls that need a token wait for the same answer.
pub trait TokenProvider: Send + Sync + fmt::Debug {
    /// Gets a token that works now.
    fn fetch<'a>(
        &'a self,
        context: &'a TokenContext,
    ) -> BoxFuture<'a, Result<Tokens, CredentialError>>;
}

/// What a [`TokenProvider`] may use: the HTTP stack and the clock of the client that needs a token.
#[derive(Debug, Clone)]
pub struct TokenContext(pub(crate) Arc<Core>);

impl TokenContext {
    /// What sends requests. It adds no credential of its own.
    pub fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    /// What keeps time.
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }
}

/// Access to an account or a team, as the token endpoint or a [`TokenProvider`] grants it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// What calls are made with.
    pub access_token: AccessToken,
    /// When it ends; nothing for a token that lasts.
    pub expires_at: Option<SystemTime>,
    /// What gets the next one, when access was granted for longer than one token lasts.
    pub refresh_token: Option<RefreshToken>,
    /// The scopes that were granted, when the server names them.
    pub scopes: Vec<String>,
    /// The account that granted access, for apps that are linked to users.
    pub account_id: Option<String>,
    /// The team that granted access, for apps that are linked to teams.
    pub team_id: Option<String>,
    /// The number of the user, as older interfaces use it.
    pub uid: Option<String>,
    /// Who the user is, as a signed OpenID Connect token, when the scope `openid` was granted. Prints as `***`.
    pub id_token: Option<IdToken>,
}

impl Tokens {
    /// An access token and nothing else.
    pub fn new(access_token: AccessToken) -> Self {
        Self {
            access_token,
            expires_at: None,
            refresh_token: None,
            scopes: Vec::new(),
            account_id: None,
            team_id: None,
            uid: None,
            id_token: None,
        }
    }

    /// The same with an end.
    pub fn expires_at(mut self, end: SystemTime) -> Self {
        self.expires_at = Some(end);
        self
    }

    /// The same with what gets the next token.
    pub fn refresh_token(mut self, token: RefreshToken) -> Self {
        self.refresh_token = Some(token);
        self
    }
}

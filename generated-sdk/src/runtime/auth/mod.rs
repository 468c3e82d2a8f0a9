//! How a client shows who it is: from a [`Credential`] to the value of the `Authorization` header.

mod cache;
mod error;
mod provider;
mod secret;

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use super::client::Core;
use super::route::Auth;

pub(crate) use self::cache::{Listener, TokenCache};
pub use self::error::{CredentialError, CredentialErrorKind};
pub use self::provider::{TokenContext, TokenProvider, Tokens};
pub use self::secret::{AccessToken, AppKey, AppSecret, IdToken, RefreshToken};

/// What proves the identity of a client towards the API.
///
/// Made from an [`AccessToken`], from an [`AppKey`] with its [`AppSecret`], from a [`Refresh`](crate::oauth::Refresh)
/// that gets access tokens as they are needed, or from a [`TokenProvider`] of one's own. Clones share what they have:
/// a token that one client gets serves all of them.
#[derive(Debug, Clone)]
pub struct Credential(Kind);

#[derive(Debug, Clone)]
enum Kind {
    None,
    Token(Fixed<AccessToken>),
    App(Fixed<AppSecret>),
    Renewed(Arc<TokenCache>),
}

/// A secret that stays as it is, with its header; nothing for one that no header can carry.
#[derive(Debug, Clone)]
struct Fixed<S> {
    secret: S,
    header: Option<HeaderValue>,
}

impl<S> Fixed<S> {
    /// What the header says after the name of its scheme.
    fn sent(&self) -> &str {
        let header = self.header.as_ref().and_then(|value| value.to_str().ok());
        match header.and_then(|text| text.split_once(' ')) {
            Some((_, sent)) => sent,
            None => "",
        }
    }
}

impl Credential {
    /// For clients that call only what needs no authentication.
    pub(crate) const NONE: Self = Self(Kind::None);

    /// A credential whose tokens come from a source of one's own.
    pub fn from_provider(provider: impl TokenProvider + 'static) -> Self {
        Self::renewed(TokenCache::new(Box::new(provider), None))
    }

    pub(crate) fn renewed(cache: TokenCache) -> Self {
        Self(Kind::Renewed(Arc::new(cache)))
    }

    /// Whether a client of this kind can identify itself with the credential.
    pub(crate) fn suits(&self, auth: Auth) -> bool {
        match self.0 {
            Kind::None => auth == Auth::Noauth,
            Kind::Token(_) | Kind::Renewed(_) => matches!(auth, Auth::User | Auth::Team),
            Kind::App(..) => auth == Auth::App,
        }
    }

    /// Whether a header can carry what is known of the credential so far.
    pub(crate) fn is_sendable(&self) -> bool {
        match &self.0 {
            Kind::None | Kind::Renewed(_) => true,
            Kind::Token(Fixed { header, .. }) | Kind::App(Fixed { header, .. }) => header.is_some(),
        }
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.0, Kind::None)
    }

    /// Whether there is another token where this one came from.
    pub(crate) fn is_renewable(&self) -> bool {
        matches!(self.0, Kind::Renewed(_))
    }

    /// The text without the secret: the server repeats a credential that it cannot read.
    pub(crate) fn redact(&self, text: String) -> String {
        match &self.0 {
            Kind::None => text,
            Kind::Token(token) => without(text, token.secret.expose()),
            Kind::App(app) => without(without(text, app.secret.expose()), app.sent()),
            Kind::Renewed(cache) => match cache.current() {
                Some(token) => without(text, token.expose()),
                None => text,
            },
        }
    }

    /// The value of the `Authorization` header, marked as sensitive; nothing for clients without a credential. Where
    /// the server refused a header as expired, another one is given.
    pub(crate) async fn authorization(
        &self,
        core: &Arc<Core>,
        refused: Option<&HeaderValue>,
    ) -> Result<Option<HeaderValue>, CredentialError> {
        match &self.0 {
            Kind::None => Ok(None),
            Kind::Token(Fixed { header, .. }) | Kind::App(Fixed { header, .. }) => header
                .clone()
                .map(Some)
                .ok_or_else(CredentialError::unsendable),
            Kind::Renewed(cache) => cache
                .authorization(&TokenContext(core.clone()), refused)
                .await
                .map(Some),
        }
    }

    /// Forgets the tokens of a credential that is renewed, for all who share it: their calls fail from now on.
    pub(crate) fn revoke(&self) {
        if let Kind::Renewed(cache) = &self.0 {
            cache.revoke();
        }
    }
}

impl From<AccessToken> for Credential {
    fn from(secret: AccessToken) -> Self {
        let header = bearer(&secret);
        Self(Kind::Token(Fixed { secret, header }))
    }
}

impl From<(AppKey, AppSecret)> for Credential {
    fn from((key, secret): (AppKey, AppSecret)) -> Self {
        let pair = STANDARD.encode(format!("{}:{}", key.as_str(), secret.expose()));
        let header = sensitive(format!("Basic {pair}"));
        Self(Kind::App(Fixed { secret, header }))
    }
}

fn bearer(token: &AccessToken) -> Option<HeaderValue> {
    sensitive(format!("Bearer {}", token.expose()))
}

fn sensitive(text: String) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The shortest text that is taken for a secret. Anything shorter comes about by chance, and is none.
const SHORTEST_SECRET: usize = 8;

fn without(text: String, secret: &str) -> String {
    if secret.len() < SHORTEST_SECRET {
        return text;
    }
    blackened(&text, secret)
}

/// The text with `***` in place of a secret. The search in `replace` is ten times as much code to compile.
pub(crate) fn blackened(text: &str, secret: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.chars();
    loop {
        if let Some(after) = rest.as_str().strip_prefix(secret) {
            safe += "***";
            rest = after.chars();
        } else if let Some(letter) = rest.next() {
            safe.push(letter);
        } else {
            return safe;
        }
    }
}

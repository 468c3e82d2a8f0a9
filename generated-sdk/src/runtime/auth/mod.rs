//! How a client shows who it is: from a [`Credential`] to the value of the `Authorization` header.

mod secret;

pub use secret::{AccessToken, AppKey, AppSecret};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use super::route::Auth;

/// What proves the identity of a client towards the API. Made from an [`AccessToken`], or from an [`AppKey`] with its
/// [`AppSecret`].
#[derive(Debug, Clone)]
pub struct Credential {
    kind: Kind,
    /// Nothing for a credential that no header can carry.
    header: Option<HeaderValue>,
}

#[derive(Debug, Clone)]
enum Kind {
    None,
    Token(AccessToken),
    App(AppSecret),
}

/// A credential has characters that no header can carry.
#[derive(Debug)]
pub(crate) struct Unsendable;

impl Credential {
    /// For clients that call only what needs no authentication.
    pub(crate) const NONE: Self = Self {
        kind: Kind::None,
        header: None,
    };

    fn new(kind: Kind, authorization: String) -> Self {
        let mut header = HeaderValue::try_from(authorization).ok();
        if let Some(value) = &mut header {
            value.set_sensitive(true);
        }
        Self { kind, header }
    }

    /// Whether a client of this kind can identify itself with the credential.
    pub(crate) fn suits(&self, auth: Auth) -> bool {
        match self.kind {
            Kind::None => auth == Auth::Noauth,
            Kind::Token(_) => matches!(auth, Auth::User | Auth::Team),
            Kind::App(..) => auth == Auth::App,
        }
    }

    /// The text without the secret: the server repeats a credential that it cannot read.
    pub(crate) fn redact(&self, text: String) -> String {
        match self.secret() {
            Some(secret) if !secret.is_empty() && text.contains(secret) => {
                text.replace(secret, "***")
            }
            _ => text,
        }
    }

    fn secret(&self) -> Option<&str> {
        match &self.kind {
            Kind::None => None,
            Kind::Token(token) => Some(token.expose()),
            Kind::App(secret) => Some(secret.expose()),
        }
    }

    /// The value of the `Authorization` header, marked as sensitive; nothing for clients without a credential.
    pub(crate) fn authorization(&self) -> Result<Option<HeaderValue>, Unsendable> {
        match (&self.kind, &self.header) {
            (Kind::None, _) => Ok(None),
            (_, Some(header)) => Ok(Some(header.clone())),
            (_, None) => Err(Unsendable),
        }
    }
}

impl From<AccessToken> for Credential {
    fn from(token: AccessToken) -> Self {
        let authorization = format!("Bearer {}", token.expose());
        Self::new(Kind::Token(token), authorization)
    }
}

impl From<(AppKey, AppSecret)> for Credential {
    fn from((key, secret): (AppKey, AppSecret)) -> Self {
        let pair = STANDARD.encode(format!("{}:{}", key.as_str(), secret.expose()));
        Self::new(Kind::App(secret), format!("Basic {pair}"))
    }
}

//! How a client shows who it is: from a [`Credential`] to the value of the `Authorization` header.

mod secret;

pub use secret::{AccessToken, AppKey, AppSecret};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::InvalidHeaderValue;

use super::route::Auth;

/// What proves the identity of a client towards the API. Made from an [`AccessToken`], or from an [`AppKey`] with its
/// [`AppSecret`].
#[derive(Debug, Clone)]
pub struct Credential(Kind);

#[derive(Debug, Clone)]
enum Kind {
    None,
    Token(AccessToken),
    App(AppKey, AppSecret),
}

impl Credential {
    /// For clients that call only what needs no authentication.
    pub(crate) const NONE: Self = Self(Kind::None);

    /// Whether a client of this kind can identify itself with the credential.
    pub(crate) fn suits(&self, auth: Auth) -> bool {
        match self.0 {
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
        match &self.0 {
            Kind::None => None,
            Kind::Token(token) => Some(token.expose()),
            Kind::App(_, secret) => Some(secret.expose()),
        }
    }

    /// The value of the `Authorization` header, marked as sensitive. The error does not repeat the secret.
    pub(crate) fn authorization(&self) -> Result<Option<HeaderValue>, InvalidHeaderValue> {
        let text = match &self.0 {
            Kind::None => return Ok(None),
            Kind::Token(token) => format!("Bearer {}", token.expose()),
            Kind::App(key, secret) => {
                let pair = format!("{}:{}", key.as_str(), secret.expose());
                format!("Basic {}", STANDARD.encode(pair))
            }
        };
        let mut value = HeaderValue::try_from(text)?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

impl From<AccessToken> for Credential {
    fn from(token: AccessToken) -> Self {
        Self(Kind::Token(token))
    }
}

impl From<(AppKey, AppSecret)> for Credential {
    fn from((key, secret): (AppKey, AppSecret)) -> Self {
        Self(Kind::App(key, secret))
    }
}

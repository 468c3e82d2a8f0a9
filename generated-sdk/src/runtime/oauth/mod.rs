//! OAuth 2 as Dropbox has it (RFC 6749, PKCE of RFC 7636): from an app key to [`Tokens`], and from a refresh token to
//! one access token after the other.
//!
//! In: what the app console shows of an app, and the answer of the person who is asked. Out: [`Tokens`], and a
//! [`Refresh`] that makes a [`Credential`](crate::Credential) of them. The crates for OAuth in general know neither
//! the parameters and identifiers of this service nor its errors, and bring more code than is here.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "transport-reqwest")] {
//! use generated_sdk::oauth::{OAuth, Refresh};
//! use generated_sdk::{AppKey, NoauthClient, UserClient};
//!
//! let key = AppKey::new("the key of the app");
//! let oauth = OAuth::new(NoauthClient::new().core(), key.clone());
//! let asked = oauth.authorize().offline().scopes(["files.metadata.read"]).start()?;
//! println!("Open {} and enter the code here:", asked.url());
//! let mut code = String::new();
//! std::io::stdin().read_line(&mut code)?;
//! let tokens = oauth.finish(&asked, code.trim()).await?;
//!
//! let refresh = Refresh::from_tokens(key, tokens)?.on_tokens(|tokens| println!("until {:?}", tokens.expires_at));
//! let client = UserClient::builder().credential(refresh).build()?;
//! # }
//! # Ok(())
//! # }
//! ```

mod authorize;
mod endpoint;
mod error;
mod pkce;
mod redirect;
mod refresh;
mod revoke;

pub use self::authorize::{Asked, Authorize, IncludeGranted, RequireRole};
pub use self::error::{OAuthError, OAuthErrorKind};
pub use self::pkce::PkceVerifier;
pub use self::redirect::{RedirectError, state_of};
pub use self::refresh::{NoRefreshToken, Refresh};

use super::auth::{AppKey, AppSecret, Tokens};
use super::client::Client;

/// An app that asks for access.
#[derive(Debug, Clone)]
pub struct OAuth {
    client: Client,
    key: AppKey,
    secret: Option<AppSecret>,
}

impl OAuth {
    /// An app that cannot keep a secret, such as one that runs on the machines of its users: it proves itself by PKCE.
    /// The client lends its HTTP stack, its settings and its base URLs; a
    /// [`NoauthClient`](crate::NoauthClient) will do.
    pub fn new(client: &Client, key: AppKey) -> Self {
        Self {
            client: client.clone(),
            key,
            secret: None,
        }
    }

    /// An app that keeps its secret to itself, such as one that runs on a server.
    pub fn with_secret(mut self, secret: AppSecret) -> Self {
        self.secret = Some(secret);
        self
    }

    /// Starts to ask a person for access.
    pub fn authorize(&self) -> Authorize<'_> {
        Authorize::new(self)
    }

    /// Exchanges the code that the person was shown, or that came with a redirect, for tokens. A code works once.
    pub async fn finish(&self, asked: &Asked, code: &str) -> Result<Tokens, OAuthError> {
        let mut form = self.form();
        form.add("grant_type", "authorization_code");
        form.add_secret("code", code);
        if let Some(uri) = &asked.redirect_uri {
            form.add("redirect_uri", uri);
        }
        if let Some(verifier) = &asked.verifier {
            form.add_secret("code_verifier", verifier.expose());
        }
        endpoint::post(&self.client.core, &endpoint::EXCHANGE, form).await
    }

    /// Checks the query with which the person was sent back, and exchanges its code for tokens. `session` is what
    /// [`Asked::to_session`] gave and the session of the person kept, nothing if it kept nothing.
    pub async fn finish_redirect(
        &self,
        session: Option<&str>,
        query: &str,
    ) -> Result<Tokens, RedirectError> {
        let (asked, code) = redirect::check(session, query)?;
        self.finish(&asked, &code)
            .await
            .map_err(RedirectError::Exchange)
    }

    fn form(&self) -> endpoint::Form {
        endpoint::Form::new(&self.key, self.secret.as_ref())
    }
}

/// Scopes as they travel. `join` is ten times as much code to compile.
fn spaced(scopes: &[String]) -> String {
    let mut text = String::new();
    for scope in scopes {
        if !text.is_empty() {
            text.push(' ');
        }
        text += scope;
    }
    text
}

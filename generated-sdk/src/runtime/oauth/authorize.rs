//! The page on which a person grants access: [`Authorize`] collects what to ask for, [`Asked`] holds what was asked
//! until the answer is there.

use std::fmt;

use form_urlencoded::Serializer;

use super::error::NoRandomness;
use super::pkce::{PkceVerifier, random_text};
use super::{OAuth, spaced};
use crate::runtime::auth::{CredentialError, CredentialErrorKind};

/// Collects what to ask a person for.
#[derive(Debug, Clone)]
#[must_use = "nothing is asked before `start` is called"]
pub struct Authorize<'a> {
    oauth: &'a OAuth,
    redirect: Option<(String, String)>,
    access: Option<&'static str>,
    scopes: Vec<String>,
    include_granted: Option<IncludeGranted>,
    require_role: Option<RequireRole>,
    locale: Option<String>,
    flags: Vec<&'static str>,
    pkce: bool,
}

/// Whose earlier grants are added to the scopes that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IncludeGranted {
    /// Those of the user.
    User,
    /// Those of the team.
    Team,
}

/// Which of several accounts the person has to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequireRole {
    /// The one that belongs to a team.
    Work,
    /// The one that does not.
    Personal,
}

impl<'a> Authorize<'a> {
    pub(super) fn new(oauth: &'a OAuth) -> Self {
        Self {
            oauth,
            redirect: None,
            access: None,
            scopes: Vec::new(),
            include_granted: None,
            require_role: None,
            locale: None,
            flags: Vec::new(),
            pkce: oauth.secret.is_none(),
        }
    }

    /// Asks for access that lasts: a refresh token comes with the access token (`token_access_type=offline`). Without
    /// this or [`online`](Self::online), the settings of the app decide.
    pub fn offline(mut self) -> Self {
        self.access = Some("offline");
        self
    }

    /// Asks for access for the few hours that an access token lasts (`token_access_type=online`).
    pub fn online(mut self) -> Self {
        self.access = Some("online");
        self
    }

    /// Asks for these scopes only, instead of all that the app console has switched on.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Adds what was granted earlier to the scopes. Needs [`scopes`](Self::scopes).
    pub fn include_granted(mut self, whose: IncludeGranted) -> Self {
        self.include_granted = Some(whose);
        self
    }

    /// Sends the person back to a page of the application, which must be registered in the app console. Without it,
    /// the person is shown a code to copy.
    pub fn redirect_to(self, uri: impl Into<String>) -> Self {
        self.redirect_with_state(uri, "")
    }

    /// Like [`redirect_to`](Self::redirect_to), with a text of the application that comes back with the person, up to
    /// 400 bytes.
    pub fn redirect_with_state(mut self, uri: impl Into<String>, state: impl Into<String>) -> Self {
        self.redirect = Some((uri.into(), state.into()));
        self
    }

    /// Lets the person choose only accounts of this kind.
    pub fn require_role(mut self, role: RequireRole) -> Self {
        self.require_role = Some(role);
        self
    }

    /// The language of the page, as a tag such as `de` or `pt-BR`.
    pub fn locale(mut self, tag: impl Into<String>) -> Self {
        self.locale = Some(tag.into());
        self
    }

    /// Asks even a person who has granted access already.
    pub fn force_reapprove(self) -> Self {
        self.flag("force_reapprove")
    }

    /// Makes the person sign in even if that was done already.
    pub fn force_reauthentication(self) -> Self {
        self.flag("force_reauthentication")
    }

    /// Does not offer to make a new account.
    pub fn disable_signup(self) -> Self {
        self.flag("disable_signup")
    }

    /// Adds PKCE for an app that has a secret, too. Apps without a secret always use it.
    pub fn pkce(mut self) -> Self {
        self.pkce = true;
        self
    }

    fn flag(mut self, name: &'static str) -> Self {
        self.flags.push(name);
        self
    }

    /// Makes the URL to send the person to, and the secrets that belong to it.
    ///
    /// # Errors
    ///
    /// When the text that is to come back is too long, and when the operating system has no random numbers.
    pub fn start(self) -> Result<Asked, CredentialError> {
        let redirect = self
            .redirect
            .clone()
            .map(|(uri, text)| state(&text).map(|state| (uri, state)))
            .transpose()?;
        let verifier = self
            .pkce
            .then(PkceVerifier::random)
            .transpose()
            .map_err(no_randomness)?;
        let (redirect_uri, state) = redirect.unzip();
        let mut asked = Asked {
            url: String::new(),
            redirect_uri,
            state,
            verifier,
        };
        asked.url = self.url(&asked);
        Ok(asked)
    }

    fn url(&self, asked: &Asked) -> String {
        let base = self.oauth.client.core.config.base_urls.authorize();
        let url = format!("{base}?");
        let start = url.len();
        let mut query = Serializer::for_suffix(url, start);
        let mut add = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        };
        let scopes = spaced(&self.scopes);
        let challenge = asked.verifier.as_ref().map(PkceVerifier::challenge);
        add("response_type", Some("code"));
        add("client_id", Some(self.oauth.key.as_str()));
        add("redirect_uri", asked.redirect_uri.as_deref());
        add("state", asked.state.as_deref());
        add("token_access_type", self.access);
        add("scope", (!scopes.is_empty()).then_some(&*scopes));
        add(
            "include_granted_scopes",
            self.include_granted.map(IncludeGranted::as_str),
        );
        add("code_challenge", challenge.as_deref());
        add("code_challenge_method", challenge.as_ref().map(|_| "S256"));
        add("require_role", self.require_role.map(RequireRole::as_str));
        add("locale", self.locale.as_deref());
        for flag in &self.flags {
            add(flag, Some("true"));
        }
        query.finish()
    }
}

impl IncludeGranted {
    fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Team => "team",
        }
    }
}

impl RequireRole {
    fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Personal => "personal",
        }
    }
}

/// How long the text of an application may be that comes back in the state; the server takes 500 bytes in all.
const LONGEST_TEXT: usize = 400;

/// 16 random bytes that only this session knows, then the text of the application.
fn state(text: &str) -> Result<String, CredentialError> {
    if text.len() > LONGEST_TEXT {
        let message = format!(
            "the state has {} bytes, {LONGEST_TEXT} are allowed",
            text.len()
        );
        return Err(CredentialError::new(CredentialErrorKind::Rejected, message));
    }
    let random = random_text::<16>().map_err(no_randomness)?;
    Ok(format!("{random}|{text}"))
}

fn no_randomness(error: NoRandomness) -> CredentialError {
    let message = format!("the operating system has no random numbers: {}", error.0);
    CredentialError::new(CredentialErrorKind::Unavailable, message)
}

/// What a person was asked, to be kept until the answer is there.
#[derive(Clone)]
pub struct Asked {
    pub(super) url: String,
    pub(super) redirect_uri: Option<String>,
    pub(super) state: Option<String>,
    pub(super) verifier: Option<PkceVerifier>,
}

impl Asked {
    /// The page to send the person to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The secrets of this question, for the session of the person, where nobody else can read them.
    pub fn to_session(&self) -> String {
        let mut pairs = Serializer::new(String::new());
        let verifier = self.verifier.as_ref().map(PkceVerifier::expose);
        let parts = [
            ("redirect_uri", self.redirect_uri.as_deref()),
            ("state", self.state.as_deref()),
            ("verifier", verifier),
        ];
        for (name, value) in &parts {
            if let Some(value) = value {
                pairs.append_pair(name, value);
            }
        }
        pairs.finish()
    }

    /// Takes up a question from what [`to_session`](Self::to_session) gave.
    pub(super) fn from_session(text: &str) -> Self {
        let get = |wanted: &str| {
            for (name, value) in form_urlencoded::parse(text.as_bytes()) {
                if name == wanted {
                    return Some(value.into_owned());
                }
            }
            None
        };
        Self {
            url: String::new(),
            redirect_uri: get("redirect_uri"),
            state: get("state"),
            verifier: get("verifier").and_then(|text| PkceVerifier::from_text(&text)),
        }
    }
}

impl fmt::Debug for Asked {
    /// The URL shows the state, which guards the session.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

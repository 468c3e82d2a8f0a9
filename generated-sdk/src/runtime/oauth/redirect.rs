//! The way back: what the query of a redirect says, and whether it belongs to the session that asked.

use std::error::Error;
use std::fmt;

use subtle::ConstantTimeEq;

use super::authorize::Asked;
use super::error::OAuthError;

/// Why a redirect gave no tokens.
#[derive(Debug)]
#[non_exhaustive]
pub enum RedirectError {
    /// The query is none that the server makes: answer with status 400.
    BadRequest(&'static str),
    /// The session of the person knows of no question, perhaps because it has ended: ask again from the start.
    BadState,
    /// The redirect belongs to another session, which is how an attack looks: answer with status 403.
    Csrf,
    /// The person did not grant access.
    NotApproved,
    /// The server reports an error.
    Provider {
        /// Its name, such as `invalid_scope`.
        error: String,
        /// What the server says of it.
        description: String,
    },
    /// All was well up to the exchange of the code.
    Exchange(OAuthError),
}

/// The question and the code that answers it.
pub(super) fn check(session: Option<&str>, query: &str) -> Result<(Asked, String), RedirectError> {
    let answer = Answer::parse(query);
    let state = answer
        .state
        .ok_or(RedirectError::BadRequest("there is no state"))?;
    let result = match (answer.code, answer.error) {
        (Some(code), None) => Ok(code),
        (None, Some(error)) => Err(error),
        (Some(_), Some(_)) => {
            return Err(RedirectError::BadRequest("there is a code and an error"));
        }
        (None, None) => {
            return Err(RedirectError::BadRequest(
                "there is neither a code nor an error",
            ));
        }
    };
    let asked = Asked::from_session(session.ok_or(RedirectError::BadState)?);
    let expected = asked.state.as_deref().ok_or(RedirectError::BadState)?;
    if !bool::from(expected.as_bytes().ct_eq(state.as_bytes())) {
        return Err(RedirectError::Csrf);
    }
    match result {
        Ok(code) => Ok((asked, code)),
        Err(error) if error == "access_denied" => Err(RedirectError::NotApproved),
        Err(error) => {
            let description = answer.description.unwrap_or_default();
            Err(RedirectError::Provider { error, description })
        }
    }
}

/// The text that the application gave to [`redirect_with_state`](super::Authorize::redirect_with_state), as it came
/// back in the query of a redirect. It can be trusted once the redirect was accepted.
pub fn state_of(query: &str) -> Option<String> {
    let state = Answer::parse(query).state?;
    Some(state.split_once('|')?.1.to_owned())
}

#[derive(Default)]
struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

impl Answer {
    fn parse(query: &str) -> Self {
        let mut answer = Self::default();
        let query = query.strip_prefix('?').unwrap_or(query);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                "state" => &mut answer.state,
                "code" => &mut answer.code,
                "error" => &mut answer.error,
                "error_description" => &mut answer.description,
                _ => continue,
            };
            *place = Some(value.into_owned());
        }
        answer
    }
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadRequest(what) => write!(f, "the redirect is not one of the server: {what}"),
            Self::BadState => f.write_str("the session knows of no authorization, start again"),
            Self::Csrf => f.write_str("the redirect belongs to another session"),
            Self::NotApproved => f.write_str("the person did not grant access"),
            Self::Provider { error, description } => {
                write!(f, "the server reports {error}: {description}")
            }
            Self::Exchange(error) => error.fmt(f),
        }
    }
}

impl Error for RedirectError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Exchange(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, RedirectError, check, state_of};
    use crate::runtime::oauth::PkceVerifier;

    fn session() -> String {
        let asked = Asked {
            url: String::new(),
            redirect_uri: Some("https://app.example/back?x=1".to_owned()),
            state: Some("abc|page 7&8".to_owned()),
            verifier: PkceVerifier::from_text(&"v".repeat(43)),
        };
        asked.to_session()
    }

    fn outcome(session: Option<&str>, query: &str) -> String {
        match check(session, query) {
            Ok((asked, code)) => format!(
                "{code} {:?} {}",
                asked.redirect_uri,
                asked.verifier.is_some()
            ),
            Err(RedirectError::BadRequest(_)) => "400".to_owned(),
            Err(RedirectError::BadState) => "again".to_owned(),
            Err(RedirectError::Csrf) => "403".to_owned(),
            Err(RedirectError::NotApproved) => "no".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn each_way_back_has_its_own_outcome() {
        let session = session();
        let good = "state=abc%7Cpage+7%268&code=xyz";
        let cases = [
            (
                Some(&*session),
                good,
                "xyz Some(\"https://app.example/back?x=1\") true",
            ),
            (
                Some(&session),
                "?state=abc%7Cpage%207%268&error=access_denied&error_description=x",
                "no",
            ),
            (
                Some(&session),
                "state=abc%7Cpage+7%268&error=invalid_scope&error_description=No+such",
                "the server reports invalid_scope: No such",
            ),
            (Some(&session), "state=abd%7Cpage+7%268&code=xyz", "403"),
            (Some(&session), "state=&code=xyz", "403"),
            (Some(&session), "code=xyz", "400"),
            (Some(&session), "state=abc%7Cpage+7%268", "400"),
            (
                Some(&session),
                "state=abc%7Cpage+7%268&code=x&error=y",
                "400",
            ),
            (None, good, "again"),
            (Some(""), good, "again"),
        ];
        for (session, query, expected) in cases {
            assert_eq!(outcome(session, query), expected, "{query}");
        }
        assert_eq!(state_of(good).as_deref(), Some("page 7&8"));
    }
}

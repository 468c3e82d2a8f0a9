//! OAuth 2: the page on which a person agrees, here without a person, and the token endpoint.
//!
//! In: requests for `/oauth2/authorize` and `/oauth2/token`. Out: codes and tokens, or the errors of RFC 6749.

use std::collections::BTreeSet;
use std::time::SystemTime;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use form_urlencoded::Serializer;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::errors::Refusal;
use crate::reply::Reply;
use crate::request::Received;
use crate::tokens::{Access, ChallengeMethod, Code, Grant, Holder, Refreshable, Tokens};

/// Where codes are given out.
pub(crate) const AUTHORIZE: &str = "oauth2/authorize";
/// Where tokens are given out.
pub(crate) const TOKEN: &str = "oauth2/token";

type Pairs = [(String, String)];

/// Agrees to what an app asks for. Out: the page that the browser goes to, or one with the code to copy.
pub(crate) fn authorize(tokens: &mut Tokens, request: &Received) -> Result<Reply, Refusal> {
    if request.method != "GET" {
        return Err(Refusal::bad("the page is asked for with GET"));
    }
    let query = &request.query;
    let code = agree(tokens, query).map_err(Refusal::bad)?;
    let Some(target) = get(query, "redirect_uri") else {
        return Ok(Reply::text(200, code));
    };
    let mut answer = Serializer::new(String::new());
    answer.append_pair("code", &code);
    if let Some(state) = get(query, "state") {
        answer.append_pair("state", state);
    }
    let sign = if target.contains('?') { '&' } else { '?' };
    let target = format!("{target}{sign}{}", answer.finish());
    Ok(Reply::text(302, "").header("Location", target))
}

/// A code for what the query of the page asks for.
pub(crate) fn agree(tokens: &mut Tokens, query: &Pairs) -> Result<String, String> {
    if get(query, "response_type") != Some("code") {
        return Err("response_type must be \"code\"".to_owned());
    }
    let key = get(query, "client_id").unwrap_or_default();
    if tokens.app(key).is_none() {
        return Err(format!("there is no app with the client_id {key:?}"));
    }
    let access = match get(query, "token_access_type") {
        None | Some("online") => Access::Online,
        Some("offline") => Access::Offline,
        Some("legacy") => Access::Legacy,
        Some(other) => return Err(format!("token_access_type must not be {other:?}")),
    };
    if get(query, "state").is_some_and(|state| state.len() > 500) {
        return Err("state is longer than 500 bytes".to_owned());
    }
    let code = Code {
        app: key.to_owned(),
        redirect_uri: get(query, "redirect_uri").map(str::to_owned),
        challenge: challenge(query)?,
        access,
        scopes: get(query, "scope").map(scopes),
    };
    let name = tokens.name("code");
    tokens.codes.insert(name.clone(), code);
    Ok(name)
}

fn challenge(query: &Pairs) -> Result<Option<(String, ChallengeMethod)>, String> {
    let method = match get(query, "code_challenge_method") {
        Some("S256") => ChallengeMethod::S256,
        None | Some("plain") => ChallengeMethod::Plain,
        Some(other) => return Err(format!("code_challenge_method must not be {other:?}")),
    };
    match get(query, "code_challenge") {
        Some(text) if (43..=128).contains(&text.len()) => Ok(Some((text.to_owned(), method))),
        Some(_) => Err("code_challenge must have 43 to 128 characters".to_owned()),
        None => Ok(None),
    }
}

/// Gives tokens for a code or a refresh token.
pub(crate) fn token(
    tokens: &mut Tokens,
    request: &Received,
    now: SystemTime,
) -> Result<Reply, Refusal> {
    let form = form(request)?;
    let client = Client::new(tokens, request, &form)?;
    let granted = match get(&form, "grant_type") {
        Some("authorization_code") => exchange(tokens, &client, &form, now),
        Some("refresh_token") => refresh(tokens, &client, &form, now),
        Some(other) => Err(error(
            "unsupported_grant_type",
            &format!("there is no grant {other:?}"),
        )),
        None => Err(error("invalid_request", "grant_type is missing")),
    };
    granted.map(|body| Reply::json(200, &body))
}

fn form(request: &Received) -> Result<Vec<(String, String)>, Refusal> {
    if request.method != "POST" {
        return Err(error("invalid_request", "tokens are asked for with POST"));
    }
    let kind = request.header("content-type").unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(error("invalid_request", "the body must be a form"));
    }
    let form = request.form();
    let names: BTreeSet<_> = form.iter().map(|(name, _)| name).collect();
    if names.len() < form.len() {
        return Err(error("invalid_request", "a parameter comes twice"));
    }
    Ok(form)
}

/// An app as it shows itself.
struct Client {
    key: String,
    /// Whether it showed its secret.
    proven: bool,
}

impl Client {
    fn new(tokens: &Tokens, request: &Received, form: &Pairs) -> Result<Self, Refusal> {
        let (key, secret) = match request.basic() {
            Some((key, secret)) => (key, Some(secret)),
            None => (
                get(form, "client_id").unwrap_or_default().to_owned(),
                get(form, "client_secret").map(str::to_owned),
            ),
        };
        let Some(app) = tokens.app(&key) else {
            return Err(error("invalid_client", "there is no such app"));
        };
        match secret {
            Some(secret) if secret != app.secret => Err(error(
                "invalid_client",
                "the secret of the app is another one",
            )),
            secret => Ok(Self {
                key,
                proven: secret.is_some(),
            }),
        }
    }
}

fn exchange(
    tokens: &mut Tokens,
    client: &Client,
    form: &Pairs,
    now: SystemTime,
) -> Result<Value, Refusal> {
    let name = get(form, "code").ok_or_else(|| error("invalid_request", "code is missing"))?;
    let no_code = || error("invalid_grant", "the code does not exist or was used");
    let code = tokens.codes.get(name).ok_or_else(no_code)?.clone();
    if code.app != client.key {
        return Err(error("invalid_grant", "the code was given to another app"));
    }
    if code.redirect_uri.as_deref() != get(form, "redirect_uri") {
        return Err(error(
            "invalid_grant",
            "redirect_uri is another one than before",
        ));
    }
    check_proof(&code, client, form)?;
    tokens.codes.remove(name);
    let holder = tokens.holder(&client.key);
    let refresh = (code.access == Access::Offline).then(|| {
        let refreshable = Refreshable {
            app: client.key.clone(),
            without_secret: code.challenge.is_some(),
            holder: holder.clone(),
            scopes: code.scopes.clone(),
        };
        let name = tokens.name("refresh-token");
        tokens.refreshable.insert(name.clone(), refreshable);
        name
    });
    let ends = code.access != Access::Legacy;
    let mut body = grant(tokens, &holder, code.scopes, ends, now);
    if let Some(refresh) = refresh {
        body["refresh_token"] = refresh.into();
    }
    for (name, value) in holder.named() {
        body[name] = value.into();
    }
    Ok(body)
}

/// An app proves itself by its secret, or by the verifier that the challenge was made of.
fn check_proof(code: &Code, client: &Client, form: &Pairs) -> Result<(), Refusal> {
    match (&code.challenge, get(form, "code_verifier")) {
        (None, None) if client.proven => Ok(()),
        (None, None) => Err(error("invalid_client", "client_secret is missing")),
        (None, Some(_)) => Err(error(
            "invalid_grant",
            "the code was asked for without a challenge",
        )),
        (Some(_), None) => Err(error("invalid_grant", "code_verifier is missing")),
        (Some((challenge, method)), Some(verifier)) => {
            let made = match method {
                ChallengeMethod::Plain => verifier.to_owned(),
                ChallengeMethod::S256 => BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
            };
            if made == *challenge && is_verifier(verifier) {
                Ok(())
            } else {
                Err(error(
                    "invalid_grant",
                    "code_verifier does not fit the challenge",
                ))
            }
        }
    }
}

fn is_verifier(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(fits)
}

fn refresh(
    tokens: &mut Tokens,
    client: &Client,
    form: &Pairs,
    now: SystemTime,
) -> Result<Value, Refusal> {
    let missing = || error("invalid_request", "refresh_token is missing");
    let name = get(form, "refresh_token").ok_or_else(missing)?;
    let known = tokens.refreshable.get(name).cloned();
    let Some(from) = known.filter(|from| from.app == client.key) else {
        return Err(error(
            "invalid_grant",
            "the refresh token is none, or was revoked",
        ));
    };
    if !from.without_secret && !client.proven {
        return Err(error("invalid_client", "client_secret is missing"));
    }
    let asked = get(form, "scope").map(scopes);
    let is_granted = |asked: &BTreeSet<String>| {
        from.scopes
            .as_ref()
            .is_none_or(|granted| asked.is_subset(granted))
    };
    if !asked.as_ref().is_none_or(is_granted) {
        return Err(error("invalid_scope", "a scope was not granted"));
    }
    Ok(grant(
        tokens,
        &from.holder,
        asked.or(from.scopes),
        true,
        now,
    ))
}

/// A new access token, in the answer of the endpoint.
fn grant(
    tokens: &mut Tokens,
    holder: &Holder,
    scopes: Option<BTreeSet<String>>,
    ends: bool,
    now: SystemTime,
) -> Value {
    let name = tokens.name("access-token");
    let mut body = json!({ "access_token": name, "token_type": "bearer" });
    if ends {
        body["expires_in"] = tokens.life.as_secs().into();
    }
    if let Some(scopes) = &scopes {
        let scopes: Vec<_> = scopes.iter().map(String::as_str).collect();
        body["scope"] = scopes.join(" ").into();
    }
    let grant = Grant {
        holder: holder.clone(),
        scopes,
        expires_at: now.checked_add(tokens.life).filter(|_| ends),
    };
    tokens.grants.insert(name, grant);
    body
}

fn error(name: &str, description: &str) -> Refusal {
    let body = json!({ "error": name, "error_description": description });
    Refusal {
        reply: Reply::json(400, &body),
        violation: Some(format!("{name}: {description}")),
    }
}

fn scopes(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn get<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    let mut all = pairs.iter().filter(|(other, _)| other == name);
    all.next().map(|(_, value)| value.as_str())
}

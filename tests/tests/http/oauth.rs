//! From the question to the tokens: URLs, forms and answers of OAuth 2.

use std::collections::BTreeMap;
use std::time::Duration;

use generated_sdk::oauth::{IncludeGranted, OAuth, OAuthErrorKind, RedirectError, RequireRole};
use generated_sdk::{AppKey, AppSecret, BaseUrls, NoauthClient};
use tests::clock::{START, TestClock};
use tests::sample::wait;
use tests::server::{Reply, Server};

fn app(server: &Server) -> OAuth {
    let builder = NoauthClient::builder().base_urls(BaseUrls::single(server.url()));
    let client = builder
        .clock(TestClock::default())
        .read_timeout(None)
        .build()
        .unwrap();
    OAuth::new(client.core(), AppKey::new("key"))
}

fn pairs(text: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

fn query(url: &str) -> BTreeMap<String, String> {
    pairs(url.split_once('?').unwrap().1)
}

const GRANTED: &str = r#"{"access_token":"at","token_type":"bearer","expires_in":14400,"refresh_token":"rt",
    "scope":"account_info.read files.metadata.read","uid":"12","account_id":"dbid:1","id_token":"a.b.c"}"#;

#[test]
fn the_page_is_asked_for_with_every_parameter() {
    let server = Server::start([]);
    let app = app(&server).with_secret(AppSecret::new("s3cret"));
    let asked = app
        .authorize()
        .offline()
        .scopes(["files.metadata.read", "account_info.read"])
        .include_granted(IncludeGranted::Team)
        .redirect_with_state("https://app.example/back?a=b", "page 7")
        .require_role(RequireRole::Work)
        .locale("pt-BR")
        .force_reapprove()
        .force_reauthentication()
        .disable_signup()
        .pkce()
        .start()
        .unwrap();
    assert!(asked.url().starts_with(&format!(
        "{}/oauth2/authorize?response_type=code&client_id=key&",
        server.url()
    )));
    let mut query = query(asked.url());
    let state = query.remove("state").unwrap();
    assert!(
        state.ends_with("|page 7") && state.len() == 22 + 7,
        "{state}"
    );
    assert_eq!(query.remove("code_challenge").unwrap().len(), 43);
    let expected = [
        ("client_id", "key"),
        ("code_challenge_method", "S256"),
        ("disable_signup", "true"),
        ("force_reapprove", "true"),
        ("force_reauthentication", "true"),
        ("include_granted_scopes", "team"),
        ("locale", "pt-BR"),
        ("redirect_uri", "https://app.example/back?a=b"),
        ("require_role", "work"),
        ("response_type", "code"),
        ("scope", "files.metadata.read account_info.read"),
        ("token_access_type", "offline"),
    ];
    assert_eq!(
        query,
        expected
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    );
}

#[test]
fn what_was_not_asked_for_is_left_out() {
    let server = Server::start([]);
    let app = app(&server).with_secret(AppSecret::new("s3cret"));
    let asked = app.authorize().start().unwrap();
    assert_eq!(
        query(asked.url()).into_keys().collect::<Vec<_>>(),
        ["client_id", "response_type"]
    );
}

#[test]
fn a_code_with_a_secret_is_exchanged_for_all_that_the_server_grants() {
    let server = Server::start([Reply::json(200, GRANTED)]);
    let app = app(&server).with_secret(AppSecret::new("s3cret"));
    let asked = app.authorize().offline().start().unwrap();
    let tokens = wait(app.finish(&asked, "c0de")).unwrap();
    assert_eq!(
        server.request().text(),
        "client_id=key&client_secret=s3cret&grant_type=authorization_code&code=c0de"
    );
    assert_eq!(tokens.access_token.expose(), "at");
    assert_eq!(tokens.refresh_token.as_ref().unwrap().expose(), "rt");
    assert_eq!(tokens.expires_at, Some(START + Duration::from_secs(14_400)));
    assert_eq!(tokens.scopes, ["account_info.read", "files.metadata.read"]);
    assert_eq!(
        (
            tokens.uid.as_deref(),
            tokens.account_id.as_deref(),
            tokens.team_id.as_deref()
        ),
        (Some("12"), Some("dbid:1"), None)
    );
    assert_eq!(tokens.id_token.as_ref().unwrap().expose(), "a.b.c");
    let printed = format!("{tokens:?}");
    assert!(
        !printed.contains("\"at\"") && !printed.contains("\"rt\"") && !printed.contains("a.b.c"),
        "{printed}"
    );
}

#[test]
fn without_a_secret_the_verifier_proves_who_asked_once_per_form() {
    let server = Server::start([Reply::json(200, GRANTED)]);
    let app = app(&server);
    let asked = app.authorize().start().unwrap();
    let challenge = query(asked.url())["code_challenge"].clone();
    wait(app.finish(&asked, "c0de")).unwrap();
    let form = server.request().text().to_owned();
    let verifier =
        generated_sdk::oauth::PkceVerifier::from_text(&pairs(&form)["code_verifier"]).unwrap();
    assert_eq!(verifier.challenge(), challenge);
    for name in ["client_id=", "grant_type=", "code=", "code_verifier="] {
        assert_eq!(
            form.split('&')
                .filter(|pair| pair.starts_with(name))
                .count(),
            1,
            "{form}"
        );
    }
    assert!(!form.contains("client_secret"));
}

#[test]
fn a_redirect_is_taken_up_from_the_session() {
    let server = Server::start([Reply::json(200, GRANTED)]);
    let app = app(&server);
    let asked = app
        .authorize()
        .redirect_to("https://app.example/back")
        .start()
        .unwrap();
    let session = asked.to_session();
    let state = query(asked.url())["state"].clone();
    let back = form_urlencoded::Serializer::new(String::new())
        .append_pair("state", &state)
        .append_pair("code", "c0de")
        .finish();
    wait(app.finish_redirect(Some(&session), &back)).unwrap();
    assert_eq!(
        pairs(server.request().text())["redirect_uri"],
        "https://app.example/back"
    );
    let other = app
        .authorize()
        .redirect_to("https://app.example/back")
        .start()
        .unwrap()
        .to_session();
    assert!(matches!(
        wait(app.finish_redirect(Some(&other), &back)),
        Err(RedirectError::Csrf)
    ));
    assert!(!format!("{asked:?}").contains(&state));
}

#[test]
fn a_text_that_is_too_long_to_come_back_is_refused() {
    let server = Server::start([]);
    let app = app(&server);
    let start = |length| {
        app.authorize()
            .redirect_with_state("https://app.example", "x".repeat(length))
            .start()
    };
    assert!(start(400).is_ok());
    assert!(start(401).unwrap_err().to_string().contains("401 bytes"));
}

#[test]
fn errors_of_the_token_endpoint_have_types() {
    let cases = [
        (
            400,
            r#"{"error":"invalid_grant","error_description":"code doesn't exist"}"#,
            OAuthErrorKind::InvalidGrant,
        ),
        (
            401,
            r#"{"error":"invalid_client"}"#,
            OAuthErrorKind::InvalidClient,
        ),
        (
            400,
            r#"{"error":"invalid_client: Invalid client_id or client_secret"}"#,
            OAuthErrorKind::InvalidClient,
        ),
        (
            400,
            r#"{"error":"unsupported_grant_type"}"#,
            OAuthErrorKind::UnsupportedGrantType,
        ),
        (400, "Error in call", OAuthErrorKind::Other),
        (500, "", OAuthErrorKind::Unavailable),
        (200, "{}", OAuthErrorKind::Other),
        (200, "<html>", OAuthErrorKind::Other),
    ];
    for (status, body, kind) in cases {
        let server = Server::with(move |_| Reply::json(status, body));
        let app = app(&server);
        let asked = app.authorize().start().unwrap();
        let error = wait(app.finish(&asked, "c0de")).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        // A code works once: nothing that may have worked is repeated.
        assert_eq!(server.requests().len(), 1);
    }
}

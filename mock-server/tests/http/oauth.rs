//! The token endpoint, with the vector of RFC 7636.

use std::time::Duration;

use form_urlencoded::Serializer;
use mock_server::MockServer;
use serde_json::json;

use crate::raw::{Ask, Came};
use crate::{builder, start};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn form(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn token(server: &MockServer, pairs: &[(&str, &str)]) -> Came {
    let ask = Ask::post(format!("{}/oauth2/token", server.host_url("api")));
    ask.header("Content-Type", "application/x-www-form-urlencoded")
        .body(form(pairs))
        .send()
}

fn approve(server: &MockServer, more: &[(&str, &str)]) -> String {
    let mut pairs = vec![("response_type", "code"), ("client_id", "mock-app-key")];
    pairs.extend(more);
    let url = format!(
        "{}/oauth2/authorize?{}",
        server.host_url("web"),
        form(&pairs)
    );
    server.approve(&url).expect("the URL is right")
}

fn works(server: &MockServer, token: &str) -> u16 {
    let ask = Ask::post(format!("{}/2/shelf/read", server.url()));
    ask.bearer(token).json(r#"{"path": "/a"}"#).send().status
}

#[track_caller]
fn assert_error(came: &Came, name: &str) {
    assert_eq!(came.status, 400, "{came:?}");
    assert_eq!(came.json()["error"], name, "{came:?}");
}

#[test]
fn codes_become_tokens_once() {
    let server = start();
    let code = approve(
        &server,
        &[
            ("token_access_type", "offline"),
            ("scope", "shelf.read shelf.write"),
            ("redirect_uri", "http://a/b"),
        ],
    );
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "http://a/b"),
        ("client_id", "mock-app-key"),
        ("client_secret", "mock-app-secret"),
    ];
    let came = token(&server, &pairs);
    let body = came.json();
    assert_eq!(
        (came.status, &body["token_type"], &body["expires_in"]),
        (200, &json!("bearer"), &json!(14400))
    );
    assert_eq!(
        (&body["scope"], &body["account_id"]),
        (
            &json!("shelf.read shelf.write"),
            &json!(server.account_id())
        )
    );
    assert_eq!(
        works(&server, body["access_token"].as_str().expect("a token")),
        200
    );
    assert_error(&token(&server, &pairs), "invalid_grant");
    let refresh = body["refresh_token"].as_str().expect("access is offline");
    let pairs = |scope| {
        [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh),
            ("client_id", "mock-app-key"),
            ("client_secret", "mock-app-secret"),
            ("scope", scope),
        ]
    };
    let narrow = token(&server, &pairs("shelf.write")).json();
    assert_eq!(
        (&narrow["scope"], &narrow["refresh_token"]),
        (&json!("shelf.write"), &json!(null))
    );
    assert_eq!(
        works(&server, narrow["access_token"].as_str().expect("a token")),
        401
    );
    assert_error(&token(&server, &pairs("shelf.admin")), "invalid_scope");
    server.revoke(refresh);
    assert_error(&token(&server, &pairs("shelf.read")), "invalid_grant");
}

#[test]
fn a_verifier_replaces_the_secret() {
    let server = start();
    let exchange = |verifier: &str| {
        let code = approve(
            &server,
            &[
                ("token_access_type", "offline"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
            ],
        );
        token(
            &server,
            &[
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("client_id", "mock-app-key"),
                ("code_verifier", verifier),
            ],
        )
    };
    let came = exchange(VERIFIER);
    assert_eq!(came.status, 200, "{came:?}");
    let refresh = came.json()["refresh_token"]
        .as_str()
        .expect("access is offline")
        .to_owned();
    let again = token(
        &server,
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", &refresh),
            ("client_id", "mock-app-key"),
        ],
    );
    assert_eq!(again.status, 200, "{again:?}");
    assert_error(&exchange(&VERIFIER.replace('d', "e")), "invalid_grant");
    assert_error(&exchange("short"), "invalid_grant");
}

#[test]
fn tokens_end_and_are_renewed() {
    let server = builder()
        .token_life(Duration::from_secs(60))
        .start_blocking()
        .expect("the server starts");
    let pairs = [
        ("grant_type", "refresh_token"),
        ("refresh_token", server.user_refresh_token()),
        ("client_id", "mock-app-key"),
        ("client_secret", "mock-app-secret"),
    ];
    let first = token(&server, &pairs).json();
    assert_eq!(first["expires_in"], 60);
    let first = first["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(works(&server, &first), 200);
    server.advance(Duration::from_secs(61));
    assert_eq!(works(&server, &first), 401);
    let second = token(&server, &pairs).json();
    assert_eq!(
        works(&server, second["access_token"].as_str().expect("a token")),
        200
    );
}

#[test]
fn mistakes_are_named() {
    let server = start();
    let app = [
        ("client_id", "mock-app-key"),
        ("client_secret", "mock-app-secret"),
    ];
    let with = |more: &[(&'static str, &'static str)]| token(&server, &[&app, more].concat());
    assert_error(&with(&[]), "invalid_request");
    assert_error(
        &with(&[("grant_type", "password")]),
        "unsupported_grant_type",
    );
    assert_error(&with(&[("grant_type", "refresh_token")]), "invalid_request");
    assert_error(
        &with(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", "x"),
            ("refresh_token", "x"),
        ]),
        "invalid_request",
    );
    assert_error(
        &with(&[("grant_type", "authorization_code"), ("code", "x")]),
        "invalid_grant",
    );
    assert_error(&token(&server, &[("client_id", "x")]), "invalid_client");
    assert_error(
        &token(
            &server,
            &[("client_id", "mock-app-key"), ("client_secret", "x")],
        ),
        "invalid_client",
    );
    let code = approve(&server, &[]);
    let without = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("client_id", "mock-app-key"),
    ];
    assert_error(&token(&server, &without), "invalid_client");
    let json = Ask::post(format!("{}/oauth2/token", server.url()))
        .json("{}")
        .send();
    assert_error(&json, "invalid_request");
    for url in [
        "x?client_id=mock-app-key",
        "x?response_type=code&client_id=x",
        "x?response_type=code&client_id=mock-app-key&token_access_type=x",
        "x?response_type=code&client_id=mock-app-key&code_challenge=x",
    ] {
        assert!(server.approve(url).is_err(), "{url}");
    }
}

#[test]
fn the_page_sends_the_browser_back() {
    let server = start();
    let query = form(&[
        ("response_type", "code"),
        ("client_id", "mock-team-app-key"),
        ("redirect_uri", "http://a/b?c=d"),
        ("state", "s|t"),
        ("token_access_type", "legacy"),
    ]);
    let page = Ask::post(format!(
        "{}/oauth2/authorize?{query}",
        server.host_url("web")
    ))
    .method("GET")
    .send();
    let target = page
        .header("location")
        .expect("the page leads on")
        .to_owned();
    let code = target
        .strip_prefix("http://a/b?c=d&code=")
        .and_then(|rest| rest.strip_suffix("&state=s%7Ct"));
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code.expect(&target)),
        ("redirect_uri", "http://a/b?c=d"),
    ];
    let ask = Ask::post(format!("{}/oauth2/token", server.url())).basic(server.team_app());
    let came = ask
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form(&pairs))
        .send();
    let body = came.json();
    assert!(
        body["team_id"].is_string() && body["expires_in"].is_null() && body["account_id"].is_null(),
        "{body}"
    );
    let wrong = Ask::post(format!(
        "{}/oauth2/authorize?{query}",
        server.host_url("api")
    ))
    .method("GET")
    .send();
    assert_eq!(wrong.status, 400);
}

//! Secrets show up nowhere but in the requests that need them.

use generated_sdk::{AccessToken, AppClient, AppKey, AppSecret, BaseUrls, Call, TeamClient};
use tests::sample::{Note, NoteError, READ, SEND, user, wait};
use tests::server::{Reply, Server};

#[track_caller]
fn hidden(text: &str) {
    for secret in ["secret-token", "s3cret", "a2V5OnMzY3JldA", "/hush"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn secrets_print_as_stars() {
    let (token, secret) = (AccessToken::new("secret-token"), AppSecret::new("s3cret"));
    assert_eq!(format!("{token} {token:?}"), "*** AccessToken(***)");
    assert_eq!(format!("{secret} {secret:?}"), "*** AppSecret(***)");
    assert_eq!(token.expose(), "secret-token");
}

#[test]
fn clients_and_builders_hide_their_credentials() {
    let team = TeamClient::builder().credential(AccessToken::new("secret-token"));
    hidden(&format!("{team:?}"));
    let team = team.build().unwrap();
    hidden(&format!(
        "{team:?} {:?} {:#?}",
        team.as_user("dbmid:1"),
        team.core()
    ));
    let app = AppClient::builder()
        .credential((AppKey::new("key"), AppSecret::new("s3cret")))
        .build()
        .unwrap();
    hidden(&format!("{app:?}"));
}

#[test]
fn calls_and_previews_hide_credentials_and_arguments() {
    let server = Server::start([]);
    let client = user(&server);
    let rpc: Call<(), ()> = Call::rpc(client.core(), &READ, Note::new("/hush"));
    let upload: Call<(), ()> =
        Call::upload(client.core(), &SEND, Note::new("/hush"), "/hush".into());
    hidden(&format!("{rpc:?} {upload:?}"));

    let previews = [rpc.to_request().unwrap(), upload.to_request().unwrap()];
    hidden(&format!("{previews:?} {previews:#?}"));
    for preview in &previews {
        assert_eq!(preview.headers["authorization"], "***");
    }
    // Whoever asks for the parts gets them.
    assert_eq!(
        previews[0].body.as_deref(),
        Some(br#"{"path":"/hush","size":0}"#.as_slice())
    );
    assert_eq!(
        previews[1].headers["dropbox-api-arg"],
        r#"{"path":"/hush","size":0}"#
    );
    assert_eq!(previews[1].body.as_deref(), Some(b"/hush".as_slice()));
    assert!(server.requests().is_empty());
}

#[test]
fn a_token_that_the_server_repeats_is_hidden() {
    let server =
        Server::with(|_| Reply::text(400, r#"Invalid authorization value "Bearer secret-token"."#));
    let client = user(&server);
    let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
    let error = wait(async { call.await }).unwrap_err();
    hidden(&format!("{error} {error:?} {}", error.raw()));
    assert!(error.raw().contains(r#""Bearer ***""#));
}

#[test]
fn a_token_that_fits_no_header_is_not_repeated() {
    let server = Server::start([]);
    let client = generated_sdk::UserClient::new(AccessToken::new("secret-token\u{0}"));
    let call: Call<(), ()> = Call::rpc(client.core(), &READ, ());
    let error = wait(async { call.await }).unwrap_err();
    assert_eq!(
        error.failure().unwrap().kind(),
        generated_sdk::FailureKind::Credential
    );
    hidden(&format!("{error} {error:?}"));
    drop((server, BaseUrls::default()));
}

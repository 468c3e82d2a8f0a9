//! Secrets show up nowhere but in the requests that need them.

use std::fmt::Debug;

use generated_sdk::oauth::{OAuth, Refresh};
use generated_sdk::sharing::GetSharedLinkFileArg;
use generated_sdk::{
    AccessToken, AppClient, AppKey, AppSecret, BaseUrls, Call, NoauthClient, RefreshToken,
    RetryPolicy, TeamClient, UserClient,
};
use tests::sample::{Note, NoteError, READ, SEND, user, wait};
use tests::server::{Recorded, Reply, Server};
use tests::witness::Witness;

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

/// Every secret that is in play below; the last ones are the pair of key and secret as a header has it, and texts and
/// content of the user.
const SECRETS: [&str; 9] = [
    "acc3ss-token-one",
    "acc3ss-token-two",
    "r3fresh-token",
    "app-s3cret",
    "authorization-c0de",
    "a2V5OmFwcC1zM2NyZXQ=",
    "passw0rd-of-a-link",
    "/s3cret/path",
    "s3cret content",
];

/// Repeats everything that it is told about who calls, as servers do.
fn echo(request: &Recorded) -> Reply {
    let said = request.header("authorization").unwrap_or_default();
    match request.path.as_str() {
        "/oauth2/token" if request.text().contains("c0de") => {
            Reply::text(400, &format!("cannot read {}", request.text()))
        }
        "/oauth2/token" => Reply::json(
            200,
            r#"{"access_token":"acc3ss-token-two","expires_in":14400}"#,
        ),
        _ if said.contains("one") => Reply::json(
            401,
            &format!(r#"{{"error_summary":"{said}","error":{{".tag":"expired_access_token"}}}}"#),
        ),
        _ => Reply::text(400, &format!("cannot read \"{said}\"")),
    }
}

/// All texts that can be made of something.
fn print(witness: &Witness, value: &(impl Debug + ?Sized)) {
    witness.note(format!("{value:?} {value:#?}"));
}

/// An error with all that it says and came from.
fn print_error<T>(witness: &Witness, result: Result<T, impl std::error::Error>) {
    let Err(error) = result else {
        panic!("the server refuses everything");
    };
    let mut next: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = next {
        witness.note(format!("{error} {error:?} {error:#?}"));
        next = error.source();
    }
}

#[test]
fn nothing_that_is_told_holds_a_secret() {
    let server = Server::with(echo);
    let witness = Witness::default();
    let listening = witness.listen();
    let urls = BaseUrls::single(server.url());
    let pair = (AppKey::new("key"), AppSecret::new("app-s3cret"));

    let tokens = generated_sdk::Tokens::new(AccessToken::new("acc3ss-token-one"))
        .refresh_token(RefreshToken::new("r3fresh-token"));
    print(&witness, &tokens);
    let refresh = Refresh::from_tokens(pair.0.clone(), tokens)
        .unwrap()
        .with_secret(pair.1.clone());
    print(&witness, &refresh);
    let builder = UserClient::builder()
        .credential(refresh)
        .base_urls(urls.clone())
        .retry(RetryPolicy::default().max_attempts(2))
        .hooks(witness.clone());
    print(&witness, &builder);
    let user = builder.build().unwrap();
    print(&witness, &user);
    let app = AppClient::builder()
        .credential(pair.clone())
        .base_urls(urls.clone())
        .hooks(witness.clone())
        .build()
        .unwrap();
    print(&witness, &app);
    let noauth = NoauthClient::builder()
        .base_urls(urls)
        .hooks(witness.clone())
        .build()
        .unwrap();
    let oauth = OAuth::new(noauth.core(), pair.0.clone()).with_secret(pair.1.clone());
    let asked = oauth.authorize().pkce().start().unwrap();
    print(&witness, &oauth);
    print(&witness, &asked);

    let link = || {
        GetSharedLinkFileArg::new("https://www.example.com/link")
            .path("/s3cret/path")
            .link_password("passw0rd-of-a-link")
    };
    wait(async {
        let upload: Call<Note, NoteError> = Call::upload(
            user.core(),
            &SEND,
            Note::new("/s3cret/path"),
            "s3cret content".into(),
        );
        print(&witness, &upload);
        print(&witness, &upload.to_request().unwrap());
        print_error(&witness, upload.await);
        let file = user.sharing().get_shared_link_file(link());
        print(&witness, &file);
        print(&witness, &file.to_request().unwrap());
        print_error(&witness, file.await);
        print_error(&witness, app.sharing().get_shared_link_file(link()).await);
        print_error(&witness, oauth.finish(&asked, "authorization-c0de").await);
    });
    drop(listening);

    let session = asked.to_session();
    let verifier = session.strip_prefix("verifier=").unwrap();
    let secrets: Vec<&str> = SECRETS.into_iter().chain([verifier]).collect();
    let lines = witness.lines();
    for part in ["dropbox.attempt", "Refreshed", "call Ended", "cannot read"] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part}");
    }
    for line in &lines {
        let found = secrets.iter().find(|secret| line.contains(**secret));
        assert_eq!(found, None, "{line}");
    }
    let sent: Vec<String> = server.requests().iter().map(Recorded::shown).collect();
    for secret in secrets {
        let in_play = sent.iter().any(|request| request.contains(secret));
        assert!(in_play, "{secret} was never sent");
    }
}

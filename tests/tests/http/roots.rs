//! Path roots: the team space, and roots that change.

use generated_sdk::common::PathRootError;
use generated_sdk::{AccessToken, BaseUrls, Call, FailureKind, PathRoot, TeamClient, UserClient};
use tests::sample::{READ, wait};
use tests::server::{Recorded, Reply, Server};

const ACCOUNT: &str = r#"{"account_id":"dbid:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","name":{"given_name":"A","surname":"B",
    "familiar_name":"A","display_name":"A B","abbreviated_name":"AB"},"email":"a@example.com","email_verified":true,
    "disabled":false,"locale":"en","referral_link":"https://example.com","is_paired":false,
    "account_type":{".tag":"business"},"root_info":{".tag":"team","root_namespace_id":"7","home_namespace_id":"8",
    "home_path":"/A B"}}"#;

const MOVED: &str = r#"{"error_summary":"invalid_root/..","error":{".tag":"invalid_root","invalid_root":{".tag":"team",
    "root_namespace_id":"9","home_namespace_id":"8","home_path":"/A B"}}}"#;

fn root(request: &Recorded) -> Option<&str> {
    request.header("dropbox-api-path-root")
}

/// Knows the account, and has 9 for its root.
fn server() -> Server {
    Server::with(|request| match request.path.as_str() {
        "/2/users/get_current_account" => Reply::json(200, ACCOUNT),
        _ if root(request) == Some(r#"{".tag":"root","root":"9"}"#) => Reply::json(200, "null"),
        _ => Reply::json(422, MOVED),
    })
}

fn user(server: &Server, follow: bool) -> UserClient {
    let builder = UserClient::builder().credential(AccessToken::new("t"));
    builder
        .base_urls(BaseUrls::single(server.url()))
        .follow_root(follow)
        .build()
        .unwrap()
}

fn read(client: &UserClient) -> Call<(), ()> {
    Call::rpc(client.core(), &READ, ())
}

#[test]
fn a_client_takes_its_root_from_the_account() {
    let server = server();
    let team = TeamClient::builder().credential(AccessToken::new("t"));
    let team = team
        .base_urls(BaseUrls::single(server.url()))
        .build()
        .unwrap();
    let member = team.as_user("dbmid:1");
    let outdated = member.with_path_root(PathRoot::Root("1".to_owned()));
    wait(async {
        for client in [member, outdated] {
            let client = client.at_team_space().await.unwrap();
            read(&client).await.unwrap_err();
        }
    });
    for pair in server.requests().chunks(2) {
        let member = pair[1].header("dropbox-api-select-user");
        assert_eq!(member, Some("dbmid:1"));
        assert_eq!(root(&pair[1]), Some(r#"{".tag":"root","root":"7"}"#));
        assert_ne!(root(&pair[0]), Some(r#"{".tag":"root","root":"1"}"#));
    }
}

#[test]
fn a_root_that_changed_is_an_error_that_names_the_new_one() {
    let server = server();
    let client = user(&server, false).with_path_root(PathRoot::Root("7".to_owned()));
    let error = wait(async { read(&client).await }).unwrap_err();
    let failure = error.failure().unwrap();
    assert_eq!(failure.kind(), FailureKind::PathRoot);
    assert_eq!(failure.root_namespace_id().as_deref(), Some("9"));
    let Some(PathRootError::InvalidRoot(info)) = failure.path_root_error() else {
        panic!("{error:?}");
    };
    assert_eq!(info.home_namespace_id(), "8");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_root_that_changed_is_followed_once_if_the_client_is_told_to() {
    let server = server();
    let client = user(&server, true).with_path_root(PathRoot::Root("7".to_owned()));
    wait(async { read(&client).await }).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(root(&requests[1]), Some(r#"{".tag":"root","root":"9"}"#));

    let stubborn = Server::with(|_| Reply::json(422, MOVED));
    let client = user(&stubborn, true).with_path_root(PathRoot::Root("7".to_owned()));
    wait(async { read(&client).await }).unwrap_err();
    assert_eq!(stubborn.requests().len(), 2);
}

#[test]
fn only_roots_are_followed() {
    let server = Server::with(|_| Reply::json(422, MOVED));
    let namespace = PathRoot::Namespace("7".to_owned());
    for client in [
        user(&server, true).with_path_root(namespace),
        user(&server, true),
    ] {
        let before = server.requests().len();
        wait(async { read(&client).await }).unwrap_err();
        assert_eq!(server.requests().len(), before + 1);
    }
}

#[test]
fn a_root_without_permission_says_so() {
    let body = r#"{"error_summary":"no_permission/.","error":{".tag":"no_permission"}}"#;
    let server = Server::with(move |_| Reply::json(422, body));
    let error = wait(async { read(&user(&server, true)).await }).unwrap_err();
    let failure = error.failure().unwrap();
    assert!(matches!(
        failure.path_root_error(),
        Some(PathRootError::NoPermission)
    ));
    assert_eq!(failure.root_namespace_id(), None);
}

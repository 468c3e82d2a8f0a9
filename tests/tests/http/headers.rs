//! The headers that say who calls, from where and in which language; and which calls carry none of them.

use generated_sdk::runtime::{Client, Route};
use generated_sdk::{
    AccessToken, AppClient, AppKey, AppSecret, BaseUrls, Call, FailureKind, NoauthClient, PathRoot,
    TeamClient, UserClient,
};
use tests::sample::{FETCH, MEMBERS, Note, NoteError, READ, SEND, SHARED, WATCH, user, wait};
use tests::server::{Recorded, Reply, Server};

fn server() -> Server {
    Server::with(|_| Reply::json(200, "null"))
}

fn team(server: &Server) -> TeamClient {
    let builder = TeamClient::builder().credential(AccessToken::new("secret-token"));
    builder
        .base_urls(BaseUrls::single(server.url()))
        .build()
        .unwrap()
}

fn call(client: &Client, route: &'static Route) -> Result<(), generated_sdk::Error<()>> {
    let call: Call<(), ()> = Call::rpc(client, route, ());
    wait(async { call.await })
}

/// The headers that are about the caller.
fn context(request: &Recorded) -> Vec<(&str, &str)> {
    let names = [
        "authorization",
        "dropbox-api-select-user",
        "dropbox-api-select-admin",
        "dropbox-api-path-root",
        "dropbox-api-user-locale",
    ];
    names
        .into_iter()
        .filter_map(|name| Some((name, request.header(name)?)))
        .collect()
}

#[test]
fn arguments_in_headers_are_plain_ascii() {
    let server = server();
    let client = user(&server);
    let cases = [
        (
            "some_üñîcødé_and_\u{7f}",
            r#"some_\u00fc\u00f1\u00eec\u00f8d\u00e9_and_\u007f"#,
        ),
        ("\u{1F600}", r"\ud83d\ude00"),
        (
            "é\u{7f}\u{1F600}\"\\\n",
            r#"\u00e9\u007f\ud83d\ude00\"\\\n"#,
        ),
        ("~ ", "~ "),
    ];
    for (path, escaped) in cases {
        let arg = format!(r#"{{"path":"{escaped}","size":0}}"#);
        let upload: Call<(), NoteError> =
            Call::upload(client.core(), &SEND, Note::new(path), "".into());
        wait(async { upload.await }).unwrap();
        let sent = server.requests().pop().unwrap();
        assert_eq!(sent.header("dropbox-api-arg"), Some(arg.as_str()));
        let download = Call::<generated_sdk::Download<()>, ()>::download(
            client.core(),
            &FETCH,
            Note::new(path),
        );
        let preview = download.to_request().unwrap();
        assert_eq!(preview.headers["dropbox-api-arg"], arg.as_str());
    }
}

#[test]
fn a_team_acts_for_members_and_administrators() {
    let server = server();
    let team = team(&server);
    call(team.core(), &MEMBERS).unwrap();
    call(team.as_user("dbmid:1").core(), &READ).unwrap();
    let upload: Call<(), ()> = Call::upload(team.as_admin("dbmid:2").core(), &SEND, (), "".into());
    wait(async { upload.await }).unwrap();

    let requests = server.requests();
    let token = ("authorization", "Bearer secret-token");
    assert_eq!(context(&requests[0]), [token]);
    assert_eq!(
        context(&requests[1]),
        [token, ("dropbox-api-select-user", "dbmid:1")]
    );
    assert_eq!(
        context(&requests[2]),
        [token, ("dropbox-api-select-admin", "dbmid:2")]
    );
}

#[test]
fn an_administrator_needs_a_route_that_is_meant_for_administrators() {
    let server = server();
    let error = call(team(&server).as_admin("dbmid:2").core(), &READ).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Credential);
    assert!(error.to_string().contains("select_admin_mode"), "{error}");
    assert!(server.requests().is_empty());

    let builder = TeamClient::builder()
        .credential(AccessToken::new("t"))
        .check_select_admin(false);
    let unchecked = builder
        .base_urls(BaseUrls::single(server.url()))
        .build()
        .unwrap();
    call(unchecked.as_admin("dbmid:2").core(), &READ).unwrap();
    assert_eq!(
        server.request().header("dropbox-api-select-admin"),
        Some("dbmid:2")
    );
}

#[test]
fn a_member_id_that_fits_no_header_is_an_error() {
    let server = server();
    let error = call(team(&server).as_user("dbmid:1\n").core(), &READ).unwrap_err();
    assert_eq!(
        error.failure().unwrap().kind(),
        FailureKind::InvalidArgument
    );
    assert!(server.requests().is_empty());
}

#[test]
fn path_roots_come_from_the_client_or_the_call() {
    let server = server();
    let client = user(&server);
    call(client.with_path_root(PathRoot::Home).core(), &READ).unwrap();
    call(
        team(&server)
            .with_path_root(PathRoot::Root("7".into()))
            .as_user("dbmid:1")
            .core(),
        &READ,
    )
    .unwrap();
    let namespaced: Call<(), ()> =
        Call::rpc(client.with_path_root(PathRoot::Home).core(), &READ, ());
    wait(async {
        namespaced
            .path_root(PathRoot::Namespace("\"é".into()))
            .await
    })
    .unwrap();
    call(client.core(), &READ).unwrap();

    let requests = server.requests();
    let roots: Vec<_> = requests
        .iter()
        .map(|request| request.header("dropbox-api-path-root"))
        .collect();
    let expected = [
        Some(r#"{".tag":"home"}"#),
        Some(r#"{".tag":"root","root":"7"}"#),
        Some(r#"{".tag":"namespace_id","namespace_id":"\"\u00e9"}"#),
        None,
    ];
    assert_eq!(roots, expected);
}

#[test]
fn routes_without_authentication_carry_nothing_about_the_caller() {
    let server = server();
    let urls = BaseUrls::single(server.url());
    let token = || AccessToken::new("secret-token");
    let root = PathRoot::Root("7".into());
    let user = UserClient::builder()
        .credential(token())
        .base_urls(urls.clone())
        .locale("de");
    let user = user.path_root(root.clone()).build().unwrap();
    let team = TeamClient::builder()
        .credential(token())
        .base_urls(urls.clone())
        .build()
        .unwrap();
    let app = AppClient::builder().credential((AppKey::new("key"), AppSecret::new("s3cret")));
    let app = app.base_urls(urls.clone()).build().unwrap();
    let noauth = NoauthClient::builder().base_urls(urls).build().unwrap();

    let administrator = team.with_path_root(root).as_admin("dbmid:2");
    for client in [
        user.core(),
        team.core(),
        administrator.core(),
        app.core(),
        noauth.core(),
    ] {
        call(client, &WATCH).unwrap();
    }
    for request in server.requests() {
        assert_eq!(context(&request), [], "{request:?}");
    }
}

#[test]
fn an_app_uses_its_key_and_secret() {
    let server = server();
    let app = AppClient::builder().credential((AppKey::new(" key\n"), AppSecret::new("s3cret\n")));
    let app = app
        .base_urls(BaseUrls::single(server.url()))
        .build()
        .unwrap();
    call(app.core(), &SHARED).unwrap();
    call(user(&server).core(), &SHARED).unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].header("authorization"),
        Some("Basic a2V5OnMzY3JldA==")
    );
    assert_eq!(
        requests[1].header("authorization"),
        Some("Bearer secret-token")
    );
}

#[test]
fn a_client_of_another_kind_is_told_so() {
    let server = server();
    let error = call(user(&server).core(), &MEMBERS).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Credential);
    assert_eq!(
        error.to_string(),
        "sample/members: the route takes team authentication, the client has user"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn the_application_names_itself_and_its_language() {
    let server = server();
    let builder = UserClient::builder()
        .credential(AccessToken::new("t"))
        .base_urls(BaseUrls::single(server.url() + "/"));
    let client = builder
        .user_agent("my-app/1.2")
        .locale("pt_BR")
        .header("X-Team", "blue")
        .build()
        .unwrap();
    let read: Call<(), ()> = Call::rpc(client.core(), &READ, ());
    wait(async { read.header("X-Call", "1").await }).unwrap();

    let request = server.request();
    let agent = request.header("user-agent").unwrap();
    let os = std::env::consts::OS;
    assert!(
        agent.starts_with("my-app/1.2 generated-sdk/")
            && agent.ends_with(&format!(" (rust; {os})")),
        "{agent}"
    );
    assert_eq!(request.header("dropbox-api-user-locale"), Some("pt-BR"));
    assert_eq!(request.header("x-team"), Some("blue"));
    assert_eq!(request.header("x-call"), Some("1"));
}

#[test]
fn managed_and_malformed_headers_are_refused() {
    let server = server();
    let client = user(&server);
    for (name, value) in [
        ("Authorization", "x"),
        ("dropbox-api-select-user", "x"),
        ("bad name", "x"),
        ("X-Ok", "a\nb"),
    ] {
        let read: Call<(), ()> = Call::rpc(client.core(), &READ, ());
        let error = wait(async { read.header(name, value).await }).unwrap_err();
        assert_eq!(
            error.failure().unwrap().kind(),
            FailureKind::InvalidArgument,
            "{name}"
        );
        assert!(
            UserClient::builder()
                .credential(AccessToken::new("t"))
                .header(name, value)
                .build()
                .is_err(),
            "{name}"
        );
    }
    assert!(server.requests().is_empty());
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let ready = || UserClient::builder().credential(AccessToken::new("t"));
    for url in [
        "",
        "api.example",
        "ftp://api.example",
        "https://api.example/?a=b",
        "https://a b",
    ] {
        let error = ready()
            .base_urls(BaseUrls::default().api(url))
            .build()
            .unwrap_err();
        assert!(error.to_string().contains("is not a base URL"), "{error}");
    }
    assert!(
        UserClient::builder()
            .build()
            .unwrap_err()
            .to_string()
            .contains("an access token")
    );
    let wrong = (AppKey::new("key"), AppSecret::new("secret"));
    assert!(TeamClient::builder().credential(wrong).build().is_err());
    assert!(
        AppClient::builder()
            .credential(AccessToken::new("t"))
            .build()
            .is_err()
    );
    let error = UserClient::builder()
        .credential(AccessToken::new("to\nken"))
        .build()
        .unwrap_err();
    assert!(!error.to_string().contains("ken"), "{error}");
}

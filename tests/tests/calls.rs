//! Every generated route is called over HTTP, and what arrives is held against the spec.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use generated_sdk::testing::Canned;
use generated_sdk::{
    AccessToken, AppClient, AppKey, AppSecret, BaseUrls, NoauthClient, RetryPolicy, TeamClient,
    UserClient,
};
use serde_json::Value;
use stone_parser::ast::LiteralValue;
use stone_parser::ir::{self, Api, Route, Type};
use tests::generated::calls::CALLS;
use tests::harness::{CONTENT, CallCase, Clients};
use tests::normal::normal;
use tests::server::{Recorded, Reply, Server};
use tests::snapshots;

/// A server for each host, all of which give the answer that is set.
struct Servers {
    by_host: BTreeMap<&'static str, Server>,
    reply: Arc<Mutex<Reply>>,
}

impl Servers {
    fn start() -> Self {
        let reply = Arc::new(Mutex::new(Reply::default()));
        let server = || {
            let reply = Arc::clone(&reply);
            Server::with(move |_| reply.lock().expect("no test thread panics here").clone())
        };
        let by_host = ["api", "content", "notify"]
            .map(|host| (host, server()))
            .into();
        Self { by_host, reply }
    }

    fn urls(&self) -> BaseUrls {
        let url = |host: &str| self.by_host[host].url();
        BaseUrls::default()
            .api(url("api"))
            .content(url("content"))
            .notify(url("notify"))
    }

    /// The one request that came in since `before`, and the host that it came to.
    fn received(&self, before: &BTreeMap<&'static str, usize>) -> Option<(&'static str, Recorded)> {
        let new = |(host, server): (&&'static str, &Server)| {
            let (host, seen) = (*host, before[host]);
            server
                .requests()
                .into_iter()
                .skip(seen)
                .map(move |request| (host, request))
                .collect::<Vec<_>>()
        };
        let mut new = self.by_host.iter().flat_map(new);
        new.next().filter(|_| new.next().is_none())
    }

    fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.by_host
            .iter()
            .map(|(host, server)| (*host, server.requests().len()))
            .collect()
    }
}

fn clients(urls: &BaseUrls) -> Clients {
    Clients {
        user: UserClient::builder()
            .credential(AccessToken::new("user-token"))
            .base_urls(urls.clone())
            .build()
            .expect("a client"),
        team: TeamClient::builder()
            .credential(AccessToken::new("team-token"))
            .base_urls(urls.clone())
            .build()
            .expect("a client"),
        app: AppClient::builder()
            .credential((AppKey::new("key"), AppSecret::new("secret")))
            .base_urls(urls.clone())
            .build()
            .expect("a client"),
        noauth: NoauthClient::builder()
            .base_urls(urls.clone())
            .build()
            .expect("a client"),
    }
}

#[tokio::test]
async fn every_route_says_what_the_spec_says() {
    let api = stone_parser::compile(&snapshots::sources(&snapshots::root().join("spec"))).api;
    let servers = Servers::start();
    let clients = clients(&servers.urls());
    let mut called = BTreeSet::new();
    for case in CALLS {
        let route = find(&api, case);
        *servers.reply.lock().expect("no other thread panics") = answer(route, case);
        let before = servers.counts();
        let outcome = (case.send)(&clients, case.arg).await;
        let (host, request) = servers
            .received(&before)
            .unwrap_or_else(|| panic!("{}: {outcome:?}", case.route.path));
        check_request(&api, route, case, host, &request);
        check_outcome(&api, route, case, outcome);
        called.insert((&route.name, route.version, route.namespace));
    }
    assert_eq!(called.len(), 276);
}

#[tokio::test]
async fn every_route_of_users_can_be_called_for_a_member() {
    let canned = Canned::new();
    let urls = BaseUrls::default();
    let team = TeamClient::builder().credential(AccessToken::new("team-token"));
    let team = team
        .transport(canned.clone())
        .retry(RetryPolicy::off())
        .build()
        .expect("a client");
    let clients = Clients {
        user: team.as_user("dbmid:1"),
        ..clients(&urls)
    };
    let cases = CALLS.iter().filter(|case| case.client == "user");
    let mut called = 0;
    for case in cases {
        // There is no answer for any of them; what counts is the request.
        (case.send)(&clients, case.arg).await.unwrap_err();
        let sent = canned.sent();
        let request = sent.last().expect("the call is sent");
        assert_eq!(request.path(), case.route.path);
        let member = (!case.route.is_noauth()).then_some("dbmid:1");
        assert_eq!(request.header("dropbox-api-select-user"), member);
        assert_eq!(request.header("dropbox-api-select-admin"), None);
        called += 1;
        assert_eq!(sent.len(), called);
    }
    // 156 routes of users, 15 that apps may call as well, and the one without authentication.
    assert_eq!(called, 172);
}

fn find<'a>(api: &'a Api, case: &CallCase) -> &'a Route {
    let facts = case.route;
    api.routes
        .iter()
        .find(|route| {
            api[route.namespace].name == facts.namespace
                && route.name == facts.name
                && route.version == u64::from(facts.version)
        })
        .unwrap_or_else(|| panic!("{} is not in the spec", facts.path))
}

fn attr<'a>(route: &'a Route, name: &str) -> &'a str {
    match &route.attrs[name].value {
        ir::Value::Literal(LiteralValue::String(text)) => text,
        _ => "",
    }
}

/// A success with an example of the result; a server's error where the spec has none.
fn answer(route: &Route, case: &CallCase) -> Reply {
    let Some(result) = case.result else {
        return Reply::text(500, "no example");
    };
    let compact = serde_json::from_str::<Value>(result)
        .expect("examples are JSON")
        .to_string();
    match attr(route, "style") {
        "download" => Reply::with(200, &[("Dropbox-API-Result", &compact)], CONTENT),
        _ => Reply::json(200, &compact),
    }
}

fn check_request(api: &Api, route: &Route, case: &CallCase, host: &str, request: &Recorded) {
    let namespace = &api[route.namespace].name;
    let version = if route.version > 1 {
        format!("_v{}", route.version)
    } else {
        String::new()
    };
    let path = format!("/2/{namespace}/{}{version}", route.name);
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", path.as_str())
    );
    assert_eq!(host, attr(route, "host"), "{path}");
    let authorization = match case.client {
        "user" if attr(route, "auth") != "noauth" => Some("Bearer user-token"),
        "team" if attr(route, "auth") != "noauth" => Some("Bearer team-token"),
        "app" if attr(route, "auth") != "noauth" => Some("Basic a2V5OnNlY3JldA=="),
        _ => None,
    };
    assert_eq!(request.header("authorization"), authorization, "{path}");
    let (arg, content_type, body) = match attr(route, "style") {
        "rpc" => (request.text(), Some("application/json"), None),
        "upload" => (
            header_arg(request),
            Some("application/octet-stream"),
            Some(CONTENT),
        ),
        _ => (header_arg(request), None, Some("")),
    };
    assert_eq!(request.header("content-type"), content_type, "{path}");
    assert!(
        body.is_none_or(|body| body == request.text()),
        "{path}: {:?}",
        request.body
    );
    let arg: Value = serde_json::from_str(arg).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(
        normal(api, &route.arg, &arg),
        expected(api, &route.arg, case.arg),
        "{path}"
    );
}

fn header_arg(request: &Recorded) -> &str {
    request
        .header("dropbox-api-arg")
        .expect("an argument in the header")
}

fn expected(api: &Api, ty: &Type, example: &str) -> Value {
    normal(
        api,
        ty,
        &serde_json::from_str(example).expect("examples are JSON"),
    )
}

fn check_outcome(api: &Api, route: &Route, case: &CallCase, outcome: Result<String, String>) {
    match (case.result, outcome) {
        (Some(result), Ok(actual)) => {
            let actual = normal(
                api,
                &route.result,
                &serde_json::from_str(&actual).expect("JSON"),
            );
            assert_eq!(
                actual,
                expected(api, &route.result, result),
                "{}",
                case.route.path
            );
        }
        (None, Err(_)) => {}
        (_, outcome) => panic!("{}: {outcome:?}", case.route.path),
    }
}

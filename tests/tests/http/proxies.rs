//! Proxies, and HTTP clients of one's own.

use generated_sdk::runtime::transport::ReqwestTransport;
use generated_sdk::{AccessToken, BaseUrls, Call, UserClient};
use tests::sample::{READ, wait};
use tests::server::{Reply, Server};

fn client(transport: ReqwestTransport, url: &str) -> UserClient {
    let builder = UserClient::builder().credential(AccessToken::new("t"));
    builder
        .base_urls(BaseUrls::single(url))
        .transport(transport)
        .build()
        .unwrap()
}

fn read(client: &UserClient) -> Result<(), generated_sdk::Error<()>> {
    let call: Call<(), ()> = Call::rpc(client.core(), &READ, ());
    wait(async { call.await })
}

#[test]
fn a_proxy_that_is_set_gets_the_requests() {
    let proxy = Server::start([Reply::json(200, "null")]);
    let url = proxy.url();
    let transport = ReqwestTransport::customized(None, |builder| {
        builder.proxy(reqwest::Proxy::http(url).unwrap())
    });
    read(&client(transport.unwrap(), "http://api.example")).unwrap();
    let request = proxy.request();
    assert_eq!(request.path, "http://api.example/2/sample/read");
    assert_eq!(request.header("host"), Some("api.example"));
}

#[test]
fn a_client_of_ones_own_is_used_as_it_is() {
    let server = Server::start([Reply::json(200, "null")]);
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let own = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .default_headers(
            [(http::header::FROM, "me".parse().unwrap())]
                .into_iter()
                .collect(),
        )
        .build()
        .unwrap();
    read(&client(own.into(), &server.url())).unwrap();
    assert_eq!(server.request().header("from"), Some("me"));
}

#[test]
fn tests_talk_to_loopback_without_a_proxy() {
    let spared = std::env::var("NO_PROXY").unwrap_or_default();
    assert!(
        spared.contains("127.0.0.1"),
        "`.cargo/config.toml` sets NO_PROXY for everything that cargo runs"
    );
}

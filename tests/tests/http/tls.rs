//! TLS: certificates of one's own, and HTTP/2 where the server offers it.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use generated_sdk::runtime::transport::ReqwestTransport;
use generated_sdk::{AccessToken, BaseUrls, Call, Error, FailureKind, RetryPolicy, UserClient};
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tests::sample::READ;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A certificate that nobody knows, in PEM format, and a server's configuration whose certificate it has signed.
fn authority() -> (String, rustls::ServerConfig) {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let root = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let names = ["localhost".to_owned()];
    let certificate = CertificateParams::new(names).unwrap();
    let certificate = certificate.signed_by(&key, &issuer).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    (root, config)
}

/// Answers each request with `null`, speaks nothing but HTTP/2, and ends with the runtime.
async fn serve(config: rustls::ServerConfig) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // A client that does not trust the certificate goes away.
            let Ok(stream) = acceptor.accept(stream).await else {
                continue;
            };
            let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(stream), service_fn(answer));
            tokio::spawn(connection);
        }
    });
    address
}

async fn answer(
    _: http::Request<hyper::body::Incoming>,
) -> Result<http::Response<Full<Bytes>>, Infallible> {
    Ok(http::Response::new(Full::from("null")))
}

async fn read(transport: ReqwestTransport, address: SocketAddr) -> Result<(), Error<()>> {
    let client = UserClient::builder()
        .credential(AccessToken::new("t"))
        .base_urls(BaseUrls::single(format!(
            "https://localhost:{}",
            address.port()
        )))
        .transport(transport)
        .retry(RetryPolicy::off())
        .build()
        .unwrap();
    let call: Call<(), ()> = Call::rpc(client.core(), &READ, ());
    call.await
}

#[tokio::test]
async fn a_root_of_ones_own_is_trusted_and_http_2_is_spoken() {
    let (root, config) = authority();
    let address = serve(config).await;
    let limit = Some(Duration::from_secs(10));
    let trusting = ReqwestTransport::with_roots(root.as_bytes(), limit).unwrap();
    read(trusting, address).await.unwrap();
}

#[tokio::test]
async fn a_root_that_nobody_knows_is_not_trusted() {
    let (_, config) = authority();
    let address = serve(config).await;
    let error = read(ReqwestTransport::new(None).unwrap(), address).await;
    let Err(Error::Failed(failure)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(failure.kind(), FailureKind::Transport, "{failure}");
}

#[test]
fn roots_that_are_none_are_refused() {
    for (pem, complaint) in [
        ("", "no certificate"),
        (
            "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n",
            "PEM",
        ),
    ] {
        let error = ReqwestTransport::with_roots(pem.as_bytes(), None).unwrap_err();
        let said = std::error::Error::source(&error).unwrap().to_string();
        assert!(said.contains(complaint), "{said}");
    }
}

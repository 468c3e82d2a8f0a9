//! A client for the loopback server.

use std::path::Path;
use std::sync::Arc;

use generated_sdk::files::{DownloadArg, FileMetadata, UploadArg};
use generated_sdk::runtime::transport::{
    Body, BoxFuture, Request, ReqwestTransport, Response, ResponseBody, Transport, TransportError,
    TransportErrorKind,
};
use generated_sdk::{AccessToken, BaseUrls, UploadBody, UserClient, json};
use harness::Outcome;
use harness::http::Sdk;
use harness::server::LARGE;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use rustls_platform_verifier::BuilderVerifierExt;

/// The SDK's client.
pub struct Loopback(UserClient);

impl Sdk for Loopback {
    fn new(base: &str, client: reqwest::Client) -> Outcome<Self> {
        let client = UserClient::builder()
            .credential(AccessToken::new("token"))
            .base_urls(BaseUrls::single(base))
            .transport(ReqwestTransport::from(client))
            .build()?;
        Ok(Self(client))
    }

    fn reqwest() -> Outcome<reqwest::Client> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_platform_verifier()?
            .with_no_client_auth();
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false);
        Ok(builder.build()?)
    }

    fn decode(text: &[u8]) -> Outcome {
        json::from_slice::<FileMetadata>(text)?;
        Ok(())
    }

    async fn call(&self) -> Outcome {
        self.0.files().get_metadata("/projects/plan.bin").await?;
        Ok(())
    }

    async fn upload(&self, file: &Path) -> Outcome {
        let arg = UploadArg::new("/projects/plan.bin");
        self.0
            .files()
            .upload(arg, UploadBody::from_path(file))
            .content_hash(false)
            .await?;
        Ok(())
    }

    async fn download(&self) -> Outcome<u64> {
        let arg = DownloadArg::new("/projects/plan.bin");
        let mut body = self.0.files().download(arg).await?.body;
        let mut size = 0;
        while let Some(piece) = body.chunk().await? {
            size += piece.len() as u64;
        }
        Ok(size)
    }

    async fn call_without_network(calls: u32) -> Outcome<bool> {
        let client = UserClient::builder()
            .credential(AccessToken::new("token"))
            .transport(AtOnce)
            .build()?;
        for _ in 0..calls {
            client.files().get_metadata("/projects/plan.bin").await?;
        }
        Ok(true)
    }

    const HELPS: bool = true;

    async fn upload_hashed(&self, file: &Path) -> Outcome {
        let arg = UploadArg::new("/projects/plan.bin");
        self.0
            .files()
            .upload(arg, UploadBody::from_path(file))
            .await?;
        Ok(())
    }

    async fn save(&self, file: &Path) -> Outcome {
        let arg = DownloadArg::new("/projects/plan.bin");
        self.0.files().download(arg).await?.to_file(file).await?;
        Ok(())
    }
}

/// Makes the request that reqwest would send, and answers with the metadata of a file.
#[derive(Debug)]
struct AtOnce;

impl Transport for AtOnce {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let url = reqwest::Url::parse(&request.url)
                .map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
            let mut sent = reqwest::Request::new(request.method, url);
            *sent.headers_mut() = request.headers;
            if let Body::Bytes(bytes) = request.body {
                *sent.body_mut() = Some(bytes.into());
            }
            drop(sent);
            Ok(Response {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body: ResponseBody::from_bytes(LARGE.metadata),
            })
        })
    }
}

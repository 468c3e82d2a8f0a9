//! A client for the loopback server. The default client of the SDK speaks to the real one alone, over HTTPS; this one
//! does what that does, with another address.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use dropbox_sdk::async_client_trait::{
    HttpClient, HttpRequest, HttpRequestResultRaw, UserAuthClient,
};
use dropbox_sdk::async_routes::files;
use dropbox_sdk::types::files::{DownloadArg, FileMetadata, GetMetadataArg, UploadArg};
use futures::{AsyncReadExt, TryStreamExt};
use harness::Outcome;
use harness::http::Sdk;

/// A client with another address.
pub struct Loopback {
    client: reqwest::Client,
    base: String,
    token: Arc<String>,
}

/// A request on its way.
pub struct Request(reqwest::RequestBuilder);

impl HttpRequest for Request {
    fn set_header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }
}

fn failure(error: reqwest::Error) -> dropbox_sdk::Error {
    dropbox_sdk::Error::HttpClient(Box::new(error))
}

impl HttpClient for Loopback {
    type Request = Request;

    async fn execute(
        &self,
        request: Request,
        body: Bytes,
    ) -> Result<HttpRequestResultRaw, dropbox_sdk::Error> {
        let mut request = request.0.build().map_err(failure)?;
        if !body.is_empty() {
            *request.body_mut() = Some(body.into());
        }
        let response = self.client.execute(request).await.map_err(failure)?;
        let header = |name| {
            let value = response.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let result_header = header("dropbox-api-result");
        let content_length = header("content-length").and_then(|length| length.parse().ok());
        let status = response.status().as_u16();
        let body = response.bytes_stream().map_err(std::io::Error::other);
        Ok(HttpRequestResultRaw {
            status,
            result_header,
            content_length,
            body: Box::new(body.into_async_read()),
        })
    }

    fn new_request(&self, url: &str) -> Request {
        let (_, path) = url.split_once(".com").unwrap_or(("", url));
        Request(self.client.post(format!("{}{path}", self.base)))
    }

    fn token(&self) -> Option<Arc<String>> {
        Some(self.token.clone())
    }
}

impl UserAuthClient for Loopback {}

impl Sdk for Loopback {
    fn new(base: &str, client: reqwest::Client) -> Outcome<Self> {
        Ok(Self {
            client,
            base: base.to_owned(),
            token: Arc::new("token".to_owned()),
        })
    }

    fn reqwest() -> Outcome<reqwest::Client> {
        Ok(reqwest::Client::builder().build()?)
    }

    fn decode(text: &[u8]) -> Outcome {
        serde_json::from_slice::<FileMetadata>(text)?;
        Ok(())
    }

    async fn call(&self) -> Outcome {
        let arg = GetMetadataArg::new("/projects/plan.bin".to_owned());
        files::get_metadata(self, &arg).await?;
        Ok(())
    }

    /// The SDK takes content from memory only.
    async fn upload(&self, file: &Path) -> Outcome {
        let arg = UploadArg::new("/projects/plan.bin".to_owned());
        files::upload(self, &arg, std::fs::read(file)?.into()).await?;
        Ok(())
    }

    async fn download(&self) -> Outcome<u64> {
        let arg = DownloadArg::new("/projects/plan.bin".to_owned());
        let answer = files::download(self, &arg, None, None).await?;
        let mut body = answer.body.ok_or("the answer has no content")?;
        let mut piece = vec![0; 64 << 10];
        let mut size = 0;
        loop {
            match body.read(&mut piece).await? {
                0 => return Ok(size),
                read => size += read as u64,
            }
        }
    }
}

//! One request with the HTTP stack that the SDK sets up, and nothing else: what is subtracted from a program's size.

use std::sync::Arc;

use rustls_platform_verifier::BuilderVerifierExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .build()?;
    let request = client.post("https://api.dropboxapi.com/2/files/list_folder");
    println!("{:?}", request.body("{}").send().await?.text().await);
    Ok(())
}

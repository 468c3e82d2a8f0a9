//! The TLS configuration, made here and handed over, so that nothing depends on a provider that the process may or may
//! not have installed, and none of the C libraries of other providers is built.
//!
//! In: certificates to trust beside those of the operating system, if there are any. Out: a configuration, or a
//! sentence on why there is none.

use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

/// Reading the trust store of the operating system takes a while, so that it is done once per process.
static SHARED: OnceLock<ClientConfig> = OnceLock::new();

/// The configuration that trusts what the operating system trusts.
pub(super) fn shared() -> Result<ClientConfig, String> {
    match SHARED.get() {
        Some(config) => Ok(config.clone()),
        None => {
            let provider = provider();
            let config = configured(Verifier::new(provider.clone()), provider)?;
            Ok(SHARED.get_or_init(|| config).clone())
        }
    }
}

/// A configuration that trusts the certificates of a PEM text, too.
#[cfg(not(target_os = "android"))]
pub(super) fn with_roots(pem: &[u8]) -> Result<ClientConfig, String> {
    let roots: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let roots = roots.map_err(|error| format!("the roots are not in PEM format: {error}"))?;
    if roots.is_empty() {
        return Err("there is no certificate among the roots".to_owned());
    }
    let provider = provider();
    let verifier = Verifier::new_with_extra_roots(roots, provider.clone());
    configured(verifier, provider)
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// TLS 1.2 and 1.3, offering HTTP/2 before HTTP/1.1.
fn configured(
    verifier: Result<Verifier, rustls::Error>,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig, String> {
    let verifier = verifier.map_err(|error| error.to_string())?;
    // What is dangerous about it is that a verifier could accept everything; this one asks the platform.
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

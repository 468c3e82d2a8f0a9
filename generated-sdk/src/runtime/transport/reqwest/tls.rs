//! The TLS configuration, made here and handed over, so that nothing depends on a provider that the process may or may
//! not have installed, and none of the C libraries of other providers is built.
//!
//! In: certificates to trust beside those of the operating system, if there are any. Out: a configuration, or a
//! sentence on why there is none.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;

/// What clients share. Reading the trust store of the operating system takes a while, so that it is done once per
/// process.
static SHARED: OnceLock<(Arc<Platform>, Resumption)> = OnceLock::new();

/// The configuration that trusts what the operating system trusts.
pub(super) fn shared() -> Result<ClientConfig, String> {
    let provider = provider();
    let (verifier, sessions) = match SHARED.get() {
        Some(shared) => shared,
        None => {
            let verifier = Platform::new(Verifier::new(provider.clone()))?;
            SHARED.get_or_init(|| (verifier, Resumption::default()))
        }
    };
    let mut config = configured(verifier.clone(), provider)?;
    config.resumption = sessions.clone();
    Ok(config)
}

/// A configuration that trusts the certificates of a PEM text, too.
#[cfg(not(target_os = "android"))]
pub(super) fn with_roots(pem: &[u8]) -> Result<ClientConfig, String> {
    let mut roots = Vec::new();
    for root in CertificateDer::pem_slice_iter(pem) {
        roots.push(root.map_err(|error| format!("the roots are not in PEM format: {error}"))?);
    }
    if roots.is_empty() {
        return Err("there is no certificate among the roots".to_owned());
    }
    let provider = provider();
    let verifier = Verifier::new_with_extra_roots(roots, provider.clone());
    configured(Platform::new(verifier)?, provider)
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// TLS 1.2 and 1.3, offering HTTP/2 before HTTP/1.1.
fn configured(
    verifier: Arc<Platform>,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig, String> {
    // What is dangerous about it is that a verifier could accept everything; this one asks the platform.
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The verifier of the platform without its `Debug`, which is derived from that of certificates, revocation lists and
/// more, all of it compiled for whoever makes a trait object of it.
struct Platform(Verifier);

impl Platform {
    fn new(verifier: Result<Verifier, Error>) -> Result<Arc<Self>, String> {
        match verifier {
            Ok(verifier) => Ok(Arc::new(Self(verifier))),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Platform")
    }
}

impl ServerCertVerifier for Platform {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.0
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

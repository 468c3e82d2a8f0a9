//! Proof Key for Code Exchange, RFC 7636: a secret made for one authorization, and the hash of it that is shown first.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::error::NoRandomness;
use crate::runtime::auth::AccessToken;

/// The secret of one authorization. Prints as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct PkceVerifier(AccessToken);

impl PkceVerifier {
    /// Makes one from 32 random bytes, as RFC 7636 recommends.
    pub(super) fn random() -> Result<Self, NoRandomness> {
        Ok(Self(AccessToken::new(random_text::<32>()?)))
    }

    /// Takes up one that was kept; it must have 43 to 128 characters out of `A–Z a–z 0–9 - . _ ~`.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut fits = matches!(text.len(), 43..=128);
        for byte in text.bytes() {
            fits &= byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        }
        fits.then(|| Self(AccessToken::new(text)))
    }

    /// The secret itself. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The hash that the authorization page is shown (method `S256`).
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.expose()))
    }
}

impl std::fmt::Debug for PkceVerifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PkceVerifier(***)")
    }
}

/// As many random bytes from the operating system, as text that is safe in URLs.
pub(super) fn random_text<const BYTES: usize>() -> Result<String, NoRandomness> {
    let mut bytes = [0; BYTES];
    getrandom::getrandom(&mut bytes).map_err(NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::PkceVerifier;

    #[test]
    fn the_vector_of_rfc_7636_appendix_b() {
        let verifier =
            PkceVerifier::from_text("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
        assert_eq!(
            verifier.challenge(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn verifiers_differ_and_are_what_the_rfc_allows() {
        let [one, other] = [(); 2].map(|()| PkceVerifier::random().unwrap());
        assert_ne!(one, other);
        assert_eq!(PkceVerifier::from_text(one.expose()), Some(one.clone()));
        for text in [
            "",
            &"a".repeat(42),
            &"a".repeat(129),
            &format!("{}ä", "a".repeat(50)),
            &format!("{} ", "a".repeat(50)),
        ] {
            assert_eq!(PkceVerifier::from_text(text), None, "{text}");
        }
    }
}

//! A text for bug reports: what the SDK is made of, and how a client is set up. It holds no secrets, and nothing about
//! whose client it is.

use std::env::consts::{ARCH, OS};
use std::fmt;

use crate::generated::NAMESPACES;
use crate::runtime::{Client, Setup};

/// The features that are no namespaces.
const FEATURES: [(&str, bool); 9] = [
    ("blocking", cfg!(feature = "blocking")),
    ("chrono", cfg!(feature = "chrono")),
    ("gzip", cfg!(feature = "gzip")),
    ("jiff", cfg!(feature = "jiff")),
    ("preview", cfg!(feature = "preview")),
    ("serde", cfg!(feature = "serde")),
    ("testing", cfg!(feature = "testing")),
    ("tracing", cfg!(feature = "tracing")),
    ("transport-reqwest", cfg!(feature = "transport-reqwest")),
];

/// What to put into a bug report, made by [`Client::diagnostics`]; print it.
#[derive(Debug)]
pub struct Diagnostics<'a>(Setup<'a>);

impl Client {
    /// The version of the SDK, its features, the platform and the settings of the client, for bug reports. Secrets are
    /// left out, and so are ids of members, path roots and headers.
    ///
    /// ```
    /// # #[cfg(feature = "transport-reqwest")] {
    /// let client = generated_sdk::NoauthClient::new();
    /// println!("{}", client.core().diagnostics());
    /// # }
    /// ```
    pub fn diagnostics(&self) -> Diagnostics<'_> {
        Diagnostics(self.setup())
    }
}

impl fmt::Display for Diagnostics<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = env!("CARGO_PKG_VERSION");
        let name = env!("CARGO_PKG_NAME");
        write!(f, "{name} {version} on {ARCH} {OS}\nfeatures:")?;
        for (name, on) in &FEATURES {
            if *on {
                f.write_str(" ")?;
                f.write_str(name)?;
            }
        }
        f.write_str("\nnamespaces:")?;
        for (name, _) in NAMESPACES {
            f.write_str(" ")?;
            f.write_str(name)?;
        }
        f.write_str("\n")?;
        self.0.fmt(f)
    }
}

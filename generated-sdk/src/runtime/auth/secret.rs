//! Values that must not show up in logs: they print as `***` and are read only through `expose`.

use std::fmt;
use std::sync::Arc;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the secret text; white space around it is left out, as it comes along when text is read from files.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(text.as_ref().trim().into())
            }

            /// The secret itself. Whoever calls this answers for where it goes.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("***")
            }
        }
    };
}

secret! {
    /// The token that a user or a team gave to the app. Prints as `***`.
    AccessToken
}

secret! {
    /// The token that gets new access tokens, for as long as the authorization lasts. Prints as `***`.
    RefreshToken
}

secret! {
    /// Who a user is, signed by the server as OpenID Connect has it. Prints as `***`.
    IdToken
}

secret! {
    /// The secret that belongs to an [`AppKey`]. Prints as `***`.
    AppSecret
}

/// The public key of an app, as the app console shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppKey(Arc<str>);

impl AppKey {
    /// Takes the key; white space around it is left out.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().trim().into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

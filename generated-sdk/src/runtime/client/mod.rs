//! The clients: one per kind of authentication, each a thin wrapper around the shared [`Client`].
//!
//! In go credentials and settings; out come handles on which the generated code hangs the routes. All clients are
//! cheap to clone and share connections with their clones and with the clients derived from them.

mod builder;
mod config;
mod core;
mod path_root;
mod setup;

use std::sync::Arc;

#[cfg(feature = "transport-reqwest")]
use super::auth::{AccessToken, AppKey, AppSecret, Credential};
use super::route::Auth;

pub use self::builder::{BuildError, ClientBuilder};
pub use self::config::BaseUrls;
pub(crate) use self::config::Config;
pub use self::core::Client;
pub(crate) use self::core::{Acting, Core};
pub use self::path_root::PathRoot;
pub(crate) use self::setup::Setup;

/// The four kinds of clients, as [`ClientBuilder`] sees them.
pub trait ClientKind: sealed::Sealed {
    /// The kind of authentication.
    const AUTH: Auth;
}

mod sealed {
    /// Keeps others from adding kinds of clients, and makes a client of its shared part.
    pub trait Sealed {
        /// Wraps the shared part.
        fn wrap(client: super::Client) -> Self;
    }
}

macro_rules! client {
    ($(#[$doc:meta])* $name:ident, $auth:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(Client);

        impl $name {
            /// Starts with the default settings.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new()
            }

            /// The part that all kinds of clients share; calls are made on it.
            pub fn core(&self) -> &Client {
                &self.0
            }
        }

        impl ClientKind for $name {
            const AUTH: Auth = $auth;
        }

        impl sealed::Sealed for $name {
            fn wrap(client: Client) -> Self {
                Self(client)
            }
        }
    };
}

client! {
    /// Calls the routes of one user.
    #[cfg_attr(
        all(feature = "auth", feature = "files", feature = "team", feature = "transport-reqwest"),
        doc = include_str!("user.md")
    )]
    UserClient, Auth::User
}

client! {
    /// Calls the routes of a team, and acts for its members.
    #[cfg_attr(
        all(feature = "auth", feature = "files", feature = "team", feature = "transport-reqwest"),
        doc = include_str!("team.md")
    )]
    TeamClient, Auth::Team
}

client! {
    /// Calls the routes that an app calls in its own name.
    #[cfg_attr(
        all(feature = "auth", feature = "files", feature = "team", feature = "transport-reqwest"),
        doc = include_str!("app.md")
    )]
    AppClient, Auth::App
}

client! {
    /// Calls the routes that need no authentication.
    #[cfg_attr(
        all(feature = "auth", feature = "files", feature = "team", feature = "transport-reqwest"),
        doc = include_str!("noauth.md")
    )]
    NoauthClient, Auth::Noauth
}

impl UserClient {
    /// A client with the default settings.
    #[cfg(feature = "transport-reqwest")]
    pub fn new(token: AccessToken) -> Self {
        Self(Client::with_defaults(Auth::User, token.into()))
    }

    /// A client whose paths are relative to another root.
    pub fn with_path_root(&self, root: PathRoot) -> Self {
        Self(self.0.with_path_root(&root))
    }
}

impl TeamClient {
    /// A client with the default settings.
    #[cfg(feature = "transport-reqwest")]
    pub fn new(token: AccessToken) -> Self {
        Self(Client::with_defaults(Auth::Team, token.into()))
    }

    /// A client whose paths are relative to another root.
    pub fn with_path_root(&self, root: PathRoot) -> Self {
        Self(self.0.with_path_root(&root))
    }

    /// A client that acts as this member of the team, whose id starts with `dbmid:`.
    pub fn as_user(&self, member_id: impl Into<Arc<str>>) -> UserClient {
        UserClient(self.0.acting(Acting::User(member_id.into())))
    }

    /// A client that acts as this administrator of the team. It reaches what
    /// [`Route::select_admin`](super::Route::select_admin) says; other routes fail before anything is sent.
    pub fn as_admin(&self, member_id: impl Into<Arc<str>>) -> UserClient {
        UserClient(self.0.acting(Acting::Admin(member_id.into())))
    }
}

impl AppClient {
    /// A client with the default settings.
    #[cfg(feature = "transport-reqwest")]
    pub fn new(key: AppKey, secret: AppSecret) -> Self {
        Self(Client::with_defaults(Auth::App, (key, secret).into()))
    }
}

impl NoauthClient {
    /// A client with the default settings.
    #[cfg(feature = "transport-reqwest")]
    pub fn new() -> Self {
        Self(Client::with_defaults(Auth::Noauth, Credential::NONE))
    }
}

#[cfg(feature = "transport-reqwest")]
impl Default for NoauthClient {
    fn default() -> Self {
        Self::new()
    }
}

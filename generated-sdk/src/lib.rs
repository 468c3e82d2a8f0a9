//! The Dropbox API for Rust.
//!
//! Not an official Dropbox product. Types and routes are generated from the public Stone description of the API;
//! [`runtime`] is what they stand on: clients, calls, errors, the codec and the HTTP transport.
#![cfg_attr(
    all(feature = "files", feature = "transport-reqwest"),
    doc = "",
    doc = include_str!("../README.md")
)]
#![deny(missing_docs)]

mod catalog;
mod diagnostics;
#[cfg(any(feature = "auth", feature = "common"))]
mod failures;
#[rustfmt::skip]
mod generated;
pub mod runtime;
#[cfg(feature = "users")]
mod team_space;

#[allow(unused_imports)] // There is nothing in it when no namespace is switched on.
pub use generated::*;

pub use catalog::{route, routes};
pub use diagnostics::Diagnostics;
pub use runtime::hooks::Hooks;
pub use runtime::oauth;
#[cfg(feature = "testing")]
pub use runtime::testing;
pub use runtime::wire::json;
pub use runtime::{
    AccessToken, ApiError, AppClient, AppKey, AppSecret, BaseUrls, BuildError, Call, ClientBuilder,
    ContentHash, ContentHasher, Credential, CredentialError, CredentialErrorKind, Date, Detailed,
    Download, DownloadBody, Error, Failure, FailureKind, Held, NoauthClient, PathRoot, RawJson,
    RefreshToken, RepeatSafety, RequestPreview, RetryPolicy, Route, TeamClient, Timestamp,
    TokenProvider, Tokens, Unknown, UploadBody, UserClient, ValidationError, scopes,
};

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

#[rustfmt::skip]
mod generated;
pub mod runtime;

#[allow(unused_imports)] // There is nothing in it when no namespace is switched on.
pub use generated::*;

pub use runtime::oauth;
pub use runtime::wire::json;
pub use runtime::{
    AccessToken, ApiError, AppClient, AppKey, AppSecret, BaseUrls, BuildError, Call, ClientBuilder,
    ContentHash, ContentHasher, Credential, CredentialError, CredentialErrorKind, Date, Detailed,
    Download, DownloadBody, Error, Failure, FailureKind, Held, NoauthClient, PathRoot,
    RefreshToken, RepeatSafety, RequestPreview, RetryPolicy, Route, TeamClient, Timestamp,
    TokenProvider, Tokens, Unknown, UploadBody, UserClient, scopes,
};

//! What the generated code stands on: clients and calls, the codec, errors and the HTTP transport.

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod call;
mod client;
pub mod clock;
mod content_hash;
mod download;
mod error;
mod headers;
pub mod hooks;
pub mod oauth;
#[cfg(feature = "transport-reqwest")]
mod offload;
mod raw;
mod retry;
mod route;
#[cfg(feature = "testing")]
pub mod testing;
pub mod time;
mod timing;
pub mod transport;
pub mod wire;

pub use crate::{validate_methods, wire_traits};
pub use auth::{
    AccessToken, AppKey, AppSecret, Credential, CredentialError, CredentialErrorKind, IdToken,
    RefreshToken, TokenContext, TokenProvider, Tokens,
};
#[cfg(feature = "blocking")]
pub use blocking::DownloadReader;
pub use body::UploadBody;
pub use bytes::Bytes;
pub use call::{Call, CallFuture, Detailed, Output, RequestPreview};
pub(crate) use client::Setup;
pub use client::{
    AppClient, BaseUrls, BuildError, Client, ClientBuilder, ClientKind, NoauthClient, PathRoot,
    TeamClient, UserClient,
};
pub use content_hash::{ContentHash, ContentHasher, ParseContentHashError};
#[cfg(feature = "transport-reqwest")]
pub use download::AsyncDownloadReader;
pub use download::{Download, DownloadBody};
pub use error::{ApiError, Error, Failure, FailureKind};
pub use retry::{Attempt, RetryPolicy, Verdict};
pub use route::{Auth, Host, RepeatSafety, Route, SelectAdmin, Style, scopes};
pub use time::{Date, Timestamp};
pub use wire::{Held, RawJson, Unknown, ValidationError};

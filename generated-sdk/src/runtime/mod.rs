//! What the generated code stands on: clients and calls, the codec, errors and the HTTP transport.

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod call;
mod client;
mod download;
mod error;
mod headers;
mod raw;
mod route;
pub mod time;
mod timing;
pub mod transport;
pub mod wire;

pub use crate::{validate_methods, wire_traits};
pub use auth::{AccessToken, AppKey, AppSecret, Credential};
#[cfg(feature = "blocking")]
pub use blocking::DownloadReader;
pub use body::UploadBody;
pub use bytes::Bytes;
pub use call::{Call, CallFuture, Output, RequestPreview};
pub use client::{
    AppClient, BaseUrls, BuildError, Client, ClientBuilder, ClientKind, NoauthClient, PathRoot,
    TeamClient, UserClient,
};
pub use download::{Download, DownloadBody};
pub use error::{ApiError, Error, Failure, FailureKind};
pub use route::{Auth, Host, Route, SelectAdmin, Style};
pub use time::{Date, Timestamp};
pub use wire::{Held, Unknown, ValidationError};

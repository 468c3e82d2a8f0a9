//! The Dropbox API for Rust.
//!
//! Not an official Dropbox product. Types and routes are generated from the public Stone description of the API;
//! [`runtime`] is what they stand on: clients, calls, errors, the codec and the HTTP transport.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod runtime;

pub use runtime::{
    AccessToken, ApiError, AppClient, AppKey, AppSecret, BaseUrls, Call, Download, DownloadBody, Error, Failure,
    FailureKind, NoauthClient, PathRoot, TeamClient, UploadBody, UserClient,
};

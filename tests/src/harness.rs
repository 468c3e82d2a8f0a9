//! What the generated tables of types and calls are made of.
//!
//! In: JSON. Out: JSON that went through a generated type, or a call of a generated route.

use std::future::Future;
use std::pin::Pin;

use generated_sdk::runtime::Route;
use generated_sdk::runtime::wire::{Blank, Wire, validate};
use generated_sdk::{
    AppClient, Call, Download, Error, NoauthClient, TeamClient, UploadBody, UserClient, json,
};

/// A generated type under its name in the spec.
pub struct TypeCase {
    /// `namespace.Name`
    pub name: &'static str,
    /// Decodes and encodes again.
    pub again: fn(&str) -> Result<String, String>,
}

/// Decodes a value, holds it against the constraints of its type, and encodes it again.
pub fn again<T: Wire + Blank>(text: &str) -> Result<String, String> {
    let value: T = json::from_str(text).map_err(|error| error.to_string())?;
    validate(&value).map_err(|error| format!("refused: {error}"))?;
    Ok(json::to_string(&value))
}

/// A client of each kind, all for the same server.
pub struct Clients {
    /// For routes with user authentication.
    pub user: UserClient,
    /// For routes with team authentication.
    pub team: TeamClient,
    /// For routes with app authentication.
    pub app: AppClient,
    /// For routes without authentication.
    pub noauth: NoauthClient,
}

/// Answer of a call that only matters as text: the result as JSON, or the error.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>>;

/// A generated route with an argument from the spec's examples.
pub struct CallCase {
    /// The client that calls it.
    pub client: &'static str,
    /// Facts of the route as generated.
    pub route: &'static Route,
    /// The argument; `null` for none.
    pub arg: &'static str,
    /// A result from the spec's examples, if there is one.
    pub result: Option<&'static str>,
    /// Calls the route with the argument.
    pub send: for<'a> fn(&'a Clients, &'static str) -> Answer<'a>,
}

/// An argument from JSON that is known to be valid.
pub fn arg<T: Wire + Blank>(text: &str) -> Result<T, String> {
    json::from_str(text).map_err(|error| format!("the example does not decode: {error}"))
}

/// What every call of an upload route sends.
pub const CONTENT: &str = "content of a file";

/// The body of an upload.
pub fn upload_body() -> UploadBody {
    UploadBody::from(CONTENT)
}

/// Awaits a call whose result is JSON.
pub async fn rpc<T, E>(call: Call<T, E>) -> Result<String, String>
where
    T: Wire + Blank + Send + 'static,
    E: Wire + Blank + Send + 'static,
    Error<E>: std::fmt::Display,
{
    call.await
        .map(|result| json::to_string(&result))
        .map_err(|error| error.to_string())
}

/// Awaits a download and reads it to its end.
pub async fn download<T, E>(call: Call<Download<T>, E>) -> Result<String, String>
where
    T: Wire + Blank + Send + 'static,
    E: Wire + Blank + Send + 'static,
    Error<E>: std::fmt::Display,
{
    let download = call.await.map_err(|error| error.to_string())?;
    let result = json::to_string(&download.result);
    let content = download
        .body
        .bytes(1 << 20)
        .await
        .map_err(|error| error.to_string())?;
    if content == CONTENT {
        Ok(result)
    } else {
        Err(format!("the body is {content:?}"))
    }
}

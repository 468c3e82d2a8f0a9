//! The names of headers, and which of them callers may set themselves.

use http::{HeaderName, HeaderValue};

pub(crate) static API_ARG: HeaderName = HeaderName::from_static("dropbox-api-arg");
pub(crate) static API_RESULT: HeaderName = HeaderName::from_static("dropbox-api-result");
pub(crate) static SELECT_USER: HeaderName = HeaderName::from_static("dropbox-api-select-user");
pub(crate) static SELECT_ADMIN: HeaderName = HeaderName::from_static("dropbox-api-select-admin");
pub(crate) static PATH_ROOT: HeaderName = HeaderName::from_static("dropbox-api-path-root");
pub(crate) static USER_LOCALE: HeaderName = HeaderName::from_static("dropbox-api-user-locale");
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("x-dropbox-request-id");

/// Headers that say who calls and what for: they follow from the client and the route alone.
fn is_managed(name: &str) -> bool {
    match name.to_ascii_lowercase().as_str() {
        "authorization" | "host" | "content-length" | "transfer-encoding" | "if-none-match" => true,
        name => name.starts_with("dropbox-api-"),
    }
}

/// A header that a caller wants to add, or a sentence on why it cannot be.
pub(crate) fn custom(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed =
        HeaderName::try_from(name).map_err(|_| format!("`{name}` is not a header name"))?;
    if is_managed(name) {
        return Err(format!(
            "the header `{parsed}` is set by the client; use the setting that it belongs to"
        ));
    }
    let value = HeaderValue::try_from(value).map_err(|_| {
        format!("the value of the header `{parsed}` has characters that no header can carry")
    })?;
    Ok((parsed, value))
}

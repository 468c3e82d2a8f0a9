//! What the server said when it did not give a result: status, headers and body, read leniently.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode, header};

use super::retry_after::from_header;
use crate::runtime::auth::blackened;
use crate::runtime::headers;
use crate::runtime::raw::Raw;
use crate::runtime::route::Route;
use crate::runtime::wire::json::read_slice;
use crate::runtime::wire::{DecodeError, Wire};

/// An answer that is an error. Whatever form it has, the status and the text remain.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(super) route: &'static Route,
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    pub(crate) raw: String,
    pub(super) summary: String,
    pub(super) user_message: Option<String>,
    pub(crate) tag_path: String,
    pub(crate) retry_after: Option<Duration>,
}

impl Reply {
    /// How much of the body of an error is read and kept.
    pub(crate) const RAW_LIMIT: usize = 64 * 1024;

    pub(crate) fn new(
        route: &'static Route,
        status: StatusCode,
        headers: &HeaderMap,
        raw: String,
    ) -> Box<Self> {
        let text = |name| {
            headers
                .get(name)
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let json = Raw::new(&raw);
        let error = json.get("error");
        Box::new(Self {
            route,
            status,
            request_id: text(&headers::REQUEST_ID),
            summary: json
                .get("error_summary")
                .or(json.get("error_description"))
                .and_then(Raw::text)
                .unwrap_or_default(),
            user_message: json
                .get("user_message")
                .and_then(|message| message.get("text")?.text()),
            tag_path: error.map(tag_path).unwrap_or_default(),
            retry_after: None,
            raw,
        })
    }

    /// Reads how long the server asks to wait: the longer of what the header and the body say.
    pub(crate) fn set_wait(&mut self, headers: &HeaderMap, now: SystemTime) {
        let header = headers.get(&header::RETRY_AFTER);
        let header_wait = header.and_then(|value| from_header(value.to_str().ok()?, now));
        let error = Raw::new(&self.raw).get("error");
        let body_wait = error
            .and_then(|error| error.get("retry_after")?.number())
            .map(Duration::from_secs);
        self.retry_after = header_wait.max(body_wait);
    }

    /// Content endpoints hide what is wrong with a token: the tag is `other`, and the message for the user is the JSON
    /// of the error proper. Whether that was so; the error proper takes its place.
    pub(crate) fn uncover_auth_error(&mut self) -> bool {
        let (Some(message), "other") = (&self.user_message, self.tag_path.as_str()) else {
            return false;
        };
        let hidden = Raw::new(message);
        let tags = tag_path(hidden.get("error").unwrap_or(hidden));
        let found = AUTH_TAGS.contains(&tags.as_str());
        if found {
            self.tag_path = tags;
            self.user_message = None;
        }
        found
    }

    /// Takes a secret out that the server repeated.
    pub(super) fn redact(&mut self, secret: &str) {
        let blacken = |text: &mut String| *text = blackened(text, secret);
        blacken(&mut self.raw);
        blacken(&mut self.summary);
        blacken(&mut self.tag_path);
        if let Some(text) = &mut self.user_message {
            blacken(text);
        }
    }

    /// The JSON of the member `error`.
    pub(crate) fn error_json(&self) -> Option<&str> {
        Raw::new(&self.raw).get("error").map(Raw::json)
    }

    /// Reads the error into a blank one of the type that the route declares.
    pub(super) fn read_error(&self, error: &mut dyn Wire) -> Result<(), DecodeError> {
        read_slice(self.error_json().unwrap_or("null").as_bytes(), error)
    }

    /// A text below the outermost tag of the error: beside the tag, or in the member that the tag names.
    pub(crate) fn detail(&self, name: &str) -> Option<String> {
        let error = Raw::new(self.error_json()?);
        let text = match error.get(name) {
            Some(text) => text,
            None => error.get(&tag_of(error)?)?.get(name)?,
        };
        text.text()
    }

    /// Whether it is one of the errors of the route that say that the same call may succeed later.
    pub(crate) fn is_busy(&self) -> bool {
        self.route.try_again.contains(&self.tag_path.as_str())
    }
}

/// The errors of authentication (`auth.AuthError` in the specification).
const AUTH_TAGS: [&str; 7] = [
    "invalid_access_token",
    "invalid_select_user",
    "invalid_select_admin",
    "user_suspended",
    "expired_access_token",
    "missing_scope",
    "route_access_denied",
];

/// The deepest that tags are followed; no error of the API comes near.
const MAX_TAGS: usize = 32;

/// The tags of an error from the outside in. A payload is under its tag, or its fields are beside the tag; the
/// summaries of the server are made in the same way.
fn tag_path(error: Raw<'_>) -> String {
    let mut path = String::new();
    let mut count = 0;
    let mut at = Some(error);
    while let Some(value) = at
        && count < MAX_TAGS
    {
        let Some(tag) = tag_of(value) else {
            at = tagged_member(value);
            continue;
        };
        at = match value.get(&tag) {
            Some(payload) if is_tagged(payload) => Some(payload),
            _ => tagged_member(value),
        };
        if count > 0 {
            path.push('/');
        }
        path += &tag;
        count += 1;
    }
    path
}

/// The tag of an object, or a tag that stands alone.
fn tag_of(value: Raw<'_>) -> Option<String> {
    value.get(".tag").unwrap_or(value).text()
}

/// Whether the value is a union. A bare string could be one too, but it may as well be what the user sent.
fn is_tagged(value: Raw<'_>) -> bool {
    value.get(".tag").is_some()
}

fn tagged_member(value: Raw<'_>) -> Option<Raw<'_>> {
    let (_, member) = value.members().find(|(_, member)| is_tagged(*member))?;
    Some(member)
}

/// What all errors tell of the answer that they came with. Each of them has a `reply()` of its own.
macro_rules! reply_accessors {
    () => {
        /// The status that the server answered with.
        pub fn status(&self) -> Option<http::StatusCode> {
            self.reply().map(|reply| reply.status)
        }

        /// The id of the call, which the support of Dropbox asks for.
        pub fn request_id(&self) -> Option<&str> {
            self.reply()?.request_id.as_deref()
        }

        /// The summary that the server gave, empty when it gave none. It changes without notice: compare
        /// [`tag_path`](Self::tag_path) instead.
        pub fn summary(&self) -> &str {
            match self.reply() {
                Some(reply) => &reply.summary,
                None => "",
            }
        }

        /// A text for the person who uses the application.
        pub fn user_message(&self) -> Option<&str> {
            self.reply()?.user_message.as_deref()
        }

        /// The tags of the error from the outside in, such as `path/not_found`; empty when the server gave none.
        pub fn tag_path(&self) -> &str {
            match self.reply() {
                Some(reply) => &reply.tag_path,
                None => "",
            }
        }

        /// The body of the answer, up to 64 KiB of it; empty when there was no answer.
        pub fn raw(&self) -> &str {
            match self.reply() {
                Some(reply) => &reply.raw,
                None => "",
            }
        }

        /// The error itself as JSON, for a look at what its type does not show.
        pub fn error_json(&self) -> Option<&str> {
            self.reply()?.error_json()
        }

        /// How long the server asks to wait before the next attempt.
        pub fn retry_after(&self) -> Option<std::time::Duration> {
            self.reply()?.retry_after
        }
    };
}

pub(super) use reply_accessors;

#[cfg(test)]
mod tests {
    use super::{Raw, tag_path};

    #[test]
    fn tags_are_joined_from_the_outside_in() {
        let cases = [
            (
                r#"{".tag":"path","path":{".tag":"not_found"}}"#,
                "path/not_found",
            ),
            (
                r#"{".tag":"path","reason":{".tag":"conflict","conflict":{".tag":"file"}},"upload_session_id":"x"}"#,
                "path/conflict/file",
            ),
            (
                r#"{"reason":{".tag":"too_many_requests"},"retry_after":5}"#,
                "too_many_requests",
            ),
            (r#"{"reason":"too_many_requests"}"#, ""),
            (r#""not_found""#, "not_found"),
            (
                r#"{".tag":"malformed_path","malformed_path":"/a/b"}"#,
                "malformed_path",
            ),
            (r#"{"retry_after":5}"#, ""),
            ("null", ""),
            ("oops", ""),
        ];
        for (json, path) in cases {
            assert_eq!(tag_path(Raw::new(json)), path, "{json}");
        }
    }
}

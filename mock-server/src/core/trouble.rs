//! What is answered instead of what was asked for.

use bytes::Bytes;

use crate::errors::{error_reply, tag};
use crate::fault::{Fault, RateBody};
use crate::reply::Reply;

/// What is answered when the route does not do its work.
pub(super) fn instead(fault: &Fault) -> Reply {
    match fault {
        Fault::ExpiredToken => error_reply(401, &tag("expired_access_token"), None),
        Fault::RateLimited { header, body, wait } => {
            let reply = rate_limited(*body, *wait);
            match header {
                Some(seconds) => reply.header("Retry-After", seconds.to_string()),
                None => reply,
            }
        }
        Fault::Status { code, retry_after } => {
            let reply = Reply::text(*code, "the mock server was told to fail");
            match retry_after {
                Some(seconds) => reply.header("Retry-After", seconds.to_string()),
                None => reply,
            }
        }
        _ => Reply::text(500, "the mock server was told to fail"),
    }
}

fn rate_limited(body: RateBody, wait: u64) -> Reply {
    let reason = serde_json::json!({ "reason": tag("too_many_requests") });
    match body {
        RateBody::Json => {
            let mut error = reason;
            error["retry_after"] = wait.into();
            error_reply(429, &error, None)
        }
        RateBody::Bare => error_reply(429, &reason, None),
        RateBody::Text => Reply::text(429, "too many requests"),
        RateBody::Html => Reply::new(
            429,
            "text/html",
            "<html><body><h1>Too many requests</h1></body></html>",
        ),
        RateBody::None => Reply {
            status: 429,
            headers: Vec::new(),
            body: Bytes::new(),
        },
    }
}

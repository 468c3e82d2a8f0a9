//! What is told of an outcome to those who watch.

use std::time::Duration;

use http::StatusCode;

use super::answer::Content;
use super::exchange::Outcome;
use crate::runtime::headers;
use crate::runtime::hooks::Ending;

impl Outcome {
    pub(crate) fn ending(&self) -> Ending {
        match self {
            Self::Answered(_) => Ending::Succeeded,
            Self::Refused(_) => Ending::Refused,
            Self::Failed(failure) => Ending::Failed(failure.kind()),
        }
    }

    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Answered(answer) => Some(answer.status),
            Self::Refused(reply) => Some(reply.status),
            Self::Failed(failure) => failure.status(),
        }
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        match self {
            Self::Answered(answer) => answer.headers.get(&headers::REQUEST_ID)?.to_str().ok(),
            Self::Refused(reply) => reply.request_id.as_deref(),
            Self::Failed(failure) => failure.request_id(),
        }
    }

    pub(crate) fn tag_path(&self) -> &str {
        match self {
            Self::Answered(_) => "",
            Self::Refused(reply) => &reply.tag_path,
            Self::Failed(failure) => failure.tag_path(),
        }
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Answered(_) => None,
            Self::Refused(reply) => reply.retry_after,
            Self::Failed(failure) => failure.retry_after(),
        }
    }

    /// The size of the body, as far as it was read.
    pub(crate) fn length(&self) -> Option<u64> {
        let length = match self {
            Self::Answered(answer) => match &answer.content {
                Content::Json(json) => Some(json.len()),
                Content::Stream(_) => None,
            },
            Self::Refused(reply) => Some(reply.raw.len()),
            Self::Failed(failure) => failure.status().map(|_| failure.raw().len()),
        };
        length.map(|length| length as u64)
    }
}

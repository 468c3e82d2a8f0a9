//! What the head of an answer says of the content below it: in go the headers, out come the differences to what came.

use http::{HeaderMap, StatusCode, header};

use crate::runtime::content_hash::ContentHash;
use crate::runtime::error::Failure;
use crate::runtime::headers;
use crate::runtime::raw::Raw;
use crate::runtime::route::{Route, Style};

/// How much content was announced, and which.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Announced {
    pub(super) length: Option<u64>,
    /// The hash of all of the content, where the result of the route has it and no part was asked for.
    pub(super) hash: Option<ContentHash>,
}

impl Announced {
    pub(crate) fn of(route: &Route, status: StatusCode, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name)?.to_str().ok();
        let is_hashed = route.content_hash && route.style == Style::Download;
        let hash = |result| Raw::new(result).get("content_hash")?.text()?.parse().ok();
        Self {
            length: text(&header::CONTENT_LENGTH).and_then(|length| length.parse().ok()),
            hash: match text(&headers::API_RESULT) {
                Some(result) if is_hashed && status == StatusCode::OK => hash(result),
                _ => None,
            },
        }
    }

    /// What is wrong with an end after so many bytes.
    pub(super) fn shortfall(&self, route: &'static Route, received: u64) -> Option<Box<Failure>> {
        match self.length {
            Some(length) if received < length => {
                let message = mismatch(received, length);
                Some(Failure::cut_off(route, message.into()))
            }
            _ => None,
        }
    }

    /// What is wrong with so many bytes.
    pub(super) fn excess(&self, route: &'static Route, received: u64) -> Option<Box<Failure>> {
        match self.length {
            Some(length) if received > length => {
                Some(Failure::corrupt(route, mismatch(received, length)))
            }
            _ => None,
        }
    }
}

fn mismatch(received: u64, length: u64) -> String {
    format!("{received} bytes came and {length} were announced")
}

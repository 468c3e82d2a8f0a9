//! What a caller asks for one call: faults are kept until the call is made, so that settings can be chained.

use std::ops::Bound;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, header};

use crate::runtime::headers;
use crate::runtime::retry::RetryPolicy;

/// The settings of one call.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) content_hash: Option<bool>,
    pub(super) path_root: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) retry: Option<RetryPolicy>,
    /// Whether the path root was replaced by the one that the server named.
    pub(super) moved: bool,
    /// What is wrong with the settings; the first fault counts.
    pub(super) fault: Option<String>,
}

impl Settings {
    pub(super) fn header(&mut self, name: &str, value: &str) {
        match headers::custom(name, value) {
            Ok((name, value)) => drop(self.headers.append(name, value)),
            Err(fault) => self.refuse(fault),
        }
    }

    pub(super) fn range(&mut self, start: Bound<u64>, end: Bound<u64>) {
        match byte_range(start, end) {
            Some(value) => self.set_range(value),
            None => self.refuse(format!("the range {start:?} to {end:?} has no bytes")),
        }
    }

    pub(super) fn last_bytes(&mut self, count: u64) {
        match count {
            0 => self.refuse("a range of the last 0 bytes has no bytes".to_owned()),
            count => self.set_range(format!("bytes=-{count}")),
        }
    }

    fn set_range(&mut self, value: String) {
        if let Ok(value) = HeaderValue::try_from(value) {
            self.headers.insert(header::RANGE, value);
        }
    }

    pub(super) fn if_none_match(&mut self, tag: &str) {
        match HeaderValue::try_from(tag) {
            Ok(value) => drop(self.headers.insert(header::IF_NONE_MATCH, value)),
            Err(_) => self.refuse("the tag has characters that no header can carry".to_owned()),
        }
    }

    /// HTTP knows the answer that nothing has changed for `GET` alone, which only downloads can go by.
    pub(super) fn method(&self) -> Method {
        match self.headers.contains_key(header::IF_NONE_MATCH) {
            true => Method::GET,
            false => Method::POST,
        }
    }

    pub(super) fn refuse(&mut self, fault: String) {
        if self.fault.is_none() {
            self.fault = Some(fault);
        }
    }
}

/// The value of a `Range` header, whose ends are both included; nothing when no byte is meant.
fn byte_range(start: Bound<u64>, end: Bound<u64>) -> Option<String> {
    let first = match start {
        Bound::Included(first) => first,
        Bound::Excluded(before) => before.checked_add(1)?,
        Bound::Unbounded => 0,
    };
    let last = match end {
        Bound::Included(last) => last,
        Bound::Excluded(after) => after.checked_sub(1)?,
        Bound::Unbounded => return Some(format!("bytes={first}-")),
    };
    (first <= last).then(|| format!("bytes={first}-{last}"))
}

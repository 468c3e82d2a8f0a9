//! The content of downloads: ranges and conditions.
//!
//! In: a request, the result of its route and all of the content. Out: the answer with what was asked for of it.

use std::ops::Range;

use bytes::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::errors::error_reply;
use crate::reply::{Reply, header_safe};
use crate::request::Received;

/// Answers a download.
pub(crate) fn reply(request: &Received, result: &Value, content: &Bytes) -> Reply {
    let tag = etag(result);
    let body = |status, body: Bytes| {
        Reply::new(status, "application/octet-stream", body)
            .header("Dropbox-API-Result", header_safe(result))
            .header("ETag", tag.clone())
            .header("Accept-Ranges", "bytes")
    };
    if request
        .header("if-none-match")
        .is_some_and(|tags| names(tags, &tag))
    {
        return body(304, Bytes::new());
    }
    let size = content.len() as u64;
    match request.header("range").map(|text| range(text, size)) {
        None | Some(Asked::All) => body(200, content.clone()),
        Some(Asked::Part(part)) => {
            let (start, end) = (part.start as usize, part.end as usize);
            let named = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            body(206, content.slice(start..end)).header("Content-Range", named)
        }
        // There is no part of nothing that could be named.
        Some(Asked::Nothing) if size == 0 => {
            let error = json!({ ".tag": "range", "range": { ".tag": "not_satisfiable" } });
            error_reply(409, &error, None)
        }
        Some(Asked::Nothing) => Reply::text(416, "the range is beyond the end of the content")
            .header("Content-Range", format!("bytes */{size}")),
    }
}

/// A name for what the result is about.
fn etag(result: &Value) -> String {
    let hash = Sha256::digest(result.to_string());
    let digits = hash.iter().take(8).map(|byte| format!("{byte:02x}"));
    format!("\"{}\"", digits.collect::<String>())
}

fn names(tags: &str, tag: &str) -> bool {
    let mut tags = tags.split(',').map(str::trim);
    tags.any(|other| other == "*" || other.trim_start_matches("W/") == tag)
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    All,
    Part(Range<u64>),
    /// A part that there is not.
    Nothing,
}

/// Reads the header `Range`. What is not one range of bytes is as good as none.
fn range(text: &str, size: u64) -> Asked {
    let bounds = text
        .strip_prefix("bytes=")
        .and_then(|text| text.split_once('-'));
    let Some((first, last)) = bounds else {
        return Asked::All;
    };
    let part = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..size,
        (Err(_), Ok(count)) if first.trim().is_empty() => size.saturating_sub(count)..size,
        _ => return Asked::All,
    };
    match part.is_empty() {
        true => Asked::Nothing,
        false => Asked::Part(part),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, range};

    #[test]
    fn ranges_are_read_as_http_says() {
        assert_eq!(range("bytes=0-3", 10), Asked::Part(0..4));
        assert_eq!(range("bytes=8-30", 10), Asked::Part(8..10));
        assert_eq!(range("bytes=4-", 10), Asked::Part(4..10));
        assert_eq!(range("bytes=-3", 10), Asked::Part(7..10));
        assert_eq!(range("bytes=-30", 10), Asked::Part(0..10));
        for nothing in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(range(nothing, 10), Asked::Nothing, "{nothing}");
        }
        for all in [
            "bytes=3-1",
            "bytes=0-1,3-4",
            "lines=1-2",
            "bytes=x-y",
            "bytes=-",
        ] {
            assert_eq!(range(all, 10), Asked::All, "{all}");
        }
    }
}

//! Errors as the service puts them: statuses, bodies and summaries.

use serde_json::{Value, json};

use crate::reply::Reply;

/// Why a request gets no answer from its route.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub reply: Reply,
    /// What the client did wrong; nothing for what clients cannot know, such as that a token has just ended.
    pub violation: Option<String>,
}

impl Refusal {
    /// A request that is malformed: status 400 with a text.
    pub fn bad(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            reply: Reply::text(400, text.clone()),
            violation: Some(text),
        }
    }

    /// A request that is malformed for what it asks of a route.
    pub fn of_route(path: &str, problem: impl std::fmt::Display) -> Self {
        Self::bad(format!("Error in call to API function {path:?}: {problem}"))
    }

    /// A token or a select header that does not do.
    pub fn auth(error: &Value, violation: impl Into<String>) -> Self {
        Self {
            reply: error_reply(401, error, None),
            violation: Some(violation.into()),
        }
    }

    /// What is nobody's fault.
    pub fn innocent(reply: Reply) -> Self {
        Self {
            reply,
            violation: None,
        }
    }
}

/// `{"error_summary": …, "error": …}` with a message for the user, if there is one.
pub(crate) fn error_reply(status: u16, error: &Value, user_message: Option<&str>) -> Reply {
    let mut body = json!({ "error_summary": summary(error), "error": error });
    if let Some(text) = user_message {
        body["user_message"] = json!({ "text": text, "locale": "en" });
    }
    Reply::json(status, &body)
}

/// An error that is a void tag.
pub(crate) fn tag(name: &str) -> Value {
    json!({ ".tag": name })
}

/// The deepest that tags are followed.
const MAX_TAGS: usize = 32;

/// The tags of an error from the outside in, and the dots that keep people from comparing it.
pub(crate) fn summary(error: &Value) -> String {
    let mut tags: Vec<&str> = Vec::new();
    let mut at = Some(error);
    while let (Some(value), true) = (at, tags.len() < MAX_TAGS) {
        let tag = value.get(".tag").and_then(Value::as_str);
        tags.extend(tag);
        at = inner(value, tag);
    }
    format!("{}/..", tags.join("/"))
}

/// The union within a value: under its tag, or the first one beside it.
fn inner<'a>(value: &'a Value, tag: Option<&str>) -> Option<&'a Value> {
    let is_union = |value: &&Value| value.get(".tag").is_some();
    let nested = tag.and_then(|tag| value.get(tag)).filter(is_union);
    nested.or_else(|| value.as_object()?.values().find(is_union))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::summary;

    #[test]
    fn summaries_name_the_tags() {
        let cases = [
            (
                json!({".tag": "path", "path": {".tag": "not_found"}}),
                "path/not_found/..",
            ),
            (
                json!({".tag": "path", "reason": {".tag": "conflict", "conflict": {".tag": "file"}}, "id": "x"}),
                "path/conflict/file/..",
            ),
            (
                json!({"reason": {".tag": "too_many_requests"}}),
                "too_many_requests/..",
            ),
            (
                json!({".tag": "malformed", "malformed": "/a"}),
                "malformed/..",
            ),
        ];
        for (error, expected) in cases {
            assert_eq!(summary(&error), expected);
        }
    }
}

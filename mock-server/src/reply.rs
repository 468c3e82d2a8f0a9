//! An answer before it is bytes on a connection.

use bytes::Bytes;
use serde_json::Value;

/// Status, headers and body. `Content-Length` is added when it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", content_type.to_owned())],
            body: body.into(),
        }
    }

    pub fn json(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json", value.to_string())
    }

    pub fn text(status: u16, text: impl Into<String>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.into())
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// JSON that fits into a header: what is not plain ASCII is escaped, in UTF-16 code units.
pub(crate) fn header_safe(value: &Value) -> String {
    let mut out = String::new();
    for char in value.to_string().chars() {
        if char < '\u{7f}' {
            out.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::header_safe;

    #[test]
    fn headers_are_ascii() {
        let value = json!({"a": "é\u{7f}😀\"\n"});
        assert_eq!(
            header_safe(&value),
            r#"{"a":"\u00e9\u007f\ud83d\ude00\"\n"}"#
        );
    }
}

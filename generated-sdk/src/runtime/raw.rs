//! Looks into JSON without types: error bodies are read this way, as they come in forms that no type foresees.

/// The text of one JSON value. Text that is not JSON has no members and no content, but does no harm.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw<'a>(&'a str);

use super::wire::from_str;

impl<'a> Raw<'a> {
    pub(crate) fn new(json: &'a str) -> Self {
        Self(json.trim_ascii())
    }

    pub(crate) fn json(self) -> &'a str {
        self.0
    }

    /// The value, when it is a string.
    pub(crate) fn text(self) -> Option<String> {
        self.0.starts_with('"').then(|| from_str(self.0).ok())?
    }

    /// The value, when it is a number without sign and fraction.
    pub(crate) fn number(self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// A member of an object.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        for (name, value) in self.members() {
            if name == key {
                return Some(value);
            }
        }
        None
    }

    /// The members of an object, in the order in which they are written.
    pub(crate) fn members(self) -> Members<'a> {
        let rest = self.0.strip_prefix('{').unwrap_or_default();
        Members { rest }
    }
}

/// Walks through an object and ends where it stops being JSON.
pub(crate) struct Members<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Members<'a> {
    type Item = (String, Raw<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.trim_ascii_start();
        let start = start.strip_prefix(',').unwrap_or(start);
        let (key, rest) = split_value(start.trim_ascii_start())?;
        let rest = rest.trim_ascii_start().strip_prefix(':')?;
        let (value, rest) = split_value(rest.trim_ascii_start())?;
        self.rest = rest;
        Some((Raw(key).text()?, Raw(value)))
    }
}

/// The first value of the text, and what follows it. Brackets are counted, not matched: the text was written by a
/// machine, and a wrong guess shows up as a value that cannot be read.
fn split_value(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            if quoted || depth > 0 {
                continue;
            }
            return text.split_at_checked(at + 1);
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return text.split_at_checked(at + 1),
            b'}' | b']' if depth > 1 => depth -= 1,
            b',' | b':' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => {
                return if at > 0 {
                    text.split_at_checked(at)
                } else {
                    None
                };
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Raw;

    #[test]
    fn finds_members_by_name_and_in_order() {
        let raw = Raw::new(r#" { "a" : 1, "b":{"c":"}\"]", "d":[{},[1,2]]} , "e":"x\u00e9" } "#);
        let names: Vec<String> = raw.members().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b", "e"]);
        assert_eq!(raw.get("a").and_then(Raw::number), Some(1));
        assert_eq!(raw.get("e").and_then(Raw::text).as_deref(), Some("xé"));
        let inner = raw.get("b").unwrap();
        assert_eq!(inner.get("c").and_then(Raw::text).as_deref(), Some("}\"]"));
        assert_eq!(inner.get("d").map(Raw::json), Some("[{},[1,2]]"));
    }

    #[test]
    fn text_that_is_no_json_has_no_members() {
        for text in [
            "",
            "{",
            "{\"a",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "<html>",
            "{]",
            "[1]",
            "{\"a\":}",
            "{,,,",
            "\u{1F600}",
        ] {
            assert_eq!(Raw::new(text).members().count(), 0, "{text}");
        }
    }
}

//! Prints a [`Json`] value.
//!
//! In: a value. Out: text with sorted keys, two spaces of indentation and no escapes but the necessary ones.

use std::fmt::{self, Display, Formatter, Write};

use crate::ir::Json;

impl Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        value(f, self, 0)
    }
}

fn value(f: &mut Formatter<'_>, json: &Json, depth: usize) -> fmt::Result {
    match json {
        Json::Null => f.write_str("null"),
        Json::Bool(bool) => write!(f, "{bool}"),
        Json::Int(int) => write!(f, "{int}"),
        Json::Float(float) => number(f, *float),
        Json::String(text) => string(f, text),
        Json::Array(items) => block(f, depth, ('[', ']'), items.iter(), |f, item| {
            value(f, item, depth + 1)
        }),
        Json::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            block(
                f,
                depth,
                ('{', '}'),
                fields.into_iter(),
                |f, (key, field)| {
                    string(f, key)?;
                    f.write_str(": ")?;
                    value(f, field, depth + 1)
                },
            )
        }
    }
}

/// Items on lines of their own between brackets.
fn block<T>(
    f: &mut Formatter<'_>,
    depth: usize,
    (open, close): (char, char),
    items: impl ExactSizeIterator<Item = T>,
    mut item: impl FnMut(&mut Formatter<'_>, T) -> fmt::Result,
) -> fmt::Result {
    f.write_char(open)?;
    let empty = items.len() == 0;
    for (i, it) in items.enumerate() {
        let comma = if i > 0 { "," } else { "" };
        write!(f, "{comma}\n{:width$}", "", width = 2 * (depth + 1))?;
        item(f, it)?;
    }
    if !empty {
        write!(f, "\n{:width$}", "", width = 2 * depth)?;
    }
    f.write_char(close)
}

/// The shortest form that reads back as the same number. JSON has no infinity, yet a literal too large for a float
/// stands for one in every reader.
fn number(f: &mut Formatter<'_>, float: f64) -> fmt::Result {
    if float.is_finite() {
        write!(f, "{float:?}")
    } else {
        f.write_str(if float < 0.0 { "-1e999" } else { "1e999" })
    }
}

fn string(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    let mut plain = 0;
    for (at, byte) in text
        .bytes()
        .enumerate()
        .filter(|(_, b)| matches!(b, b'"' | b'\\' | 0..0x20))
    {
        f.write_str(&text[plain..at])?;
        escape(f, byte)?;
        plain = at + 1;
    }
    f.write_str(&text[plain..])?;
    f.write_char('"')
}

fn escape(f: &mut Formatter<'_>, byte: u8) -> fmt::Result {
    match byte {
        b'"' => f.write_str("\\\""),
        b'\\' => f.write_str("\\\\"),
        b'\n' => f.write_str("\\n"),
        b'\r' => f.write_str("\\r"),
        b'\t' => f.write_str("\\t"),
        0x08 => f.write_str("\\b"),
        0x0c => f.write_str("\\f"),
        control => write!(f, "\\u{control:04x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(fields: impl IntoIterator<Item = (&'static str, Json)>) -> Json {
        Json::Object(
            fields
                .into_iter()
                .map(|(key, json)| (key.to_owned(), json))
                .collect(),
        )
    }

    #[test]
    fn sorts_keys_and_indents() {
        let json = object([
            ("b", Json::Array(vec![Json::Null, Json::Bool(true)])),
            ("a", object([])),
            ("B", Json::Array(Vec::new())),
        ]);
        assert_eq!(
            json.to_string(),
            "{\n  \"B\": [],\n  \"a\": {},\n  \"b\": [\n    null,\n    true\n  ]\n}"
        );
    }

    #[test]
    fn keeps_floats_floats() {
        let floats = [2.0, -0.5, 1e300, f64::NEG_INFINITY];
        assert_eq!(
            floats.map(|x| Json::Float(x).to_string()),
            ["2.0", "-0.5", "1e300", "-1e999"]
        );
    }

    #[test]
    fn escapes_what_must_be() {
        let text = Json::String("ü\"\\\n\u{1}/\u{7f}".to_owned());
        assert_eq!(text.to_string(), "\"ü\\\"\\\\\\n\\u0001/\u{7f}\"");
    }
}

//! JSON text of values without parts.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Encoder;
use crate::runtime::wire::Scalar;
use crate::runtime::wire::scan::clean_prefix;

impl Encoder<'_> {
    pub(super) fn write_scalar(&mut self, scalar: &Scalar<'_>) {
        match scalar {
            Scalar::Blank => self.text.push_str("null"),
            Scalar::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Scalar::Int(value) => self.write_integer(*value),
            Scalar::Single(value) => self.write_float(f64::from(*value), format_args!("{value:?}")),
            Scalar::Float(value) => self.write_float(*value, format_args!("{value:?}")),
            Scalar::Text(value) => self.write_text(value),
            Scalar::Bytes(value) => self.write_bytes(value),
            Scalar::Timestamp(value) => self.write_display(format_args!("\"{}\"", value.to_wire())),
            Scalar::Date(value) => self.write_display(format_args!("\"{value}\"")),
        }
    }

    /// Writes a string with its quotes: clean runs at once, the rest escaped.
    pub(super) fn write_text(&mut self, value: &str) {
        self.text.push('"');
        let mut rest = value;
        loop {
            let (clean, tail) = rest
                .split_at_checked(clean_prefix(rest.as_bytes()))
                .unwrap_or((rest, ""));
            self.text.push_str(clean);
            let mut chars = tail.chars();
            let Some(special) = chars.next() else { break };
            self.write_escape(special);
            rest = chars.as_str();
        }
        self.text.push('"');
    }

    #[cold]
    fn write_escape(&mut self, special: char) {
        match special {
            '"' => self.text.push_str("\\\""),
            '\\' => self.text.push_str("\\\\"),
            '\n' => self.text.push_str("\\n"),
            '\r' => self.text.push_str("\\r"),
            '\t' => self.text.push_str("\\t"),
            control => self.write_display(format_args!("\\u{:04x}", u32::from(control))),
        }
    }

    /// Writes an integer; all integers of the wire fit 64 bits and a sign.
    fn write_integer(&mut self, value: i128) {
        let mut digits = [b'0'; 20];
        let mut rest = u64::try_from(value.unsigned_abs()).unwrap_or(u64::MAX);
        let mut start = digits.len();
        for place in digits.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            start -= 1;
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            self.text.push('-');
        }
        let used = digits.get(start..).unwrap_or_default();
        self.text.push_str(str::from_utf8(used).unwrap_or_default());
    }

    /// Writes the shortest text that reads back as the same number. JSON has none for what is not finite.
    fn write_float(&mut self, value: f64, text: std::fmt::Arguments<'_>) {
        if value.is_finite() {
            self.write_display(text);
        } else {
            self.text.push_str("null");
        }
    }

    fn write_bytes(&mut self, value: &[u8]) {
        self.text.push('"');
        STANDARD.encode_string(value, &mut self.text);
        self.text.push('"');
    }

    fn write_display(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(text);
    }
}

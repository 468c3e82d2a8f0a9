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
            Scalar::Blank => self.write("null"),
            Scalar::Bool(value) => self.write(if *value { "true" } else { "false" }),
            Scalar::Int(value) => self.write_integer(*value),
            Scalar::Single(value) => self.write_float(f64::from(*value), format_args!("{value:?}")),
            Scalar::Float(value) => self.write_float(*value, format_args!("{value:?}")),
            Scalar::Text(value) => self.write_text(value),
            Scalar::Bytes(value) => self.write_bytes(value),
            Scalar::Timestamp(value) => self.write_plain(&value.wire_text()),
            Scalar::Date(value) => self.write_plain(&value.wire_text()),
        }
    }

    /// Writes the opening bracket of an object or list.
    pub(in super::super) fn open(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Writes a key and its colon.
    pub(in super::super) fn write_key(&mut self, key: &str) {
        self.write_text(key);
        self.text.push(':');
    }

    /// Writes the comma that every member leaves behind.
    pub(in super::super) fn separate(&mut self) {
        self.text.push(',');
    }

    /// Ends an object or list.
    pub(in super::super) fn close(&mut self, bracket: char) {
        if self.text.ends_with(',') {
            self.text.truncate(self.text.len() - 1);
        }
        self.text.push(bracket);
    }

    /// Writes a string with its quotes: clean runs at once, the rest escaped.
    pub(super) fn write_text(&mut self, value: &str) {
        self.text.push('"');
        let mut rest = value;
        while let Some((clean, tail)) = rest.split_at_checked(clean_prefix(rest.as_bytes()))
            && let Some(special) = tail.bytes().next()
        {
            self.write(clean);
            self.write_escape(special);
            rest = tail.get(1..).unwrap_or_default();
        }
        self.write(rest);
        self.text.push('"');
    }

    #[cold]
    fn write_escape(&mut self, special: u8) {
        match special {
            b'"' => self.write("\\\""),
            b'\\' => self.write("\\\\"),
            b'\n' => self.write("\\n"),
            b'\r' => self.write("\\r"),
            b'\t' => self.write("\\t"),
            control => self.write_display(format_args!("\\u{control:04x}")),
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
        self.write(str::from_utf8(used).unwrap_or_default());
    }

    /// Writes the shortest text that reads back as the same number. JSON has none for what is not finite.
    fn write_float(&mut self, value: f64, text: std::fmt::Arguments<'_>) {
        if value.is_finite() {
            self.write_display(text);
        } else {
            self.write("null");
        }
    }

    /// Writes a string that needs no escapes.
    fn write_plain(&mut self, ascii: &[u8]) {
        self.text.push('"');
        self.write(str::from_utf8(ascii).unwrap_or_default());
        self.text.push('"');
    }

    fn write_bytes(&mut self, value: &[u8]) {
        self.text.push('"');
        self.write(&STANDARD.encode(value));
        self.text.push('"');
    }

    fn write_display(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(text);
    }
}

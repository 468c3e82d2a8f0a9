//! JSON text of values without parts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Encoder;
use crate::runtime::wire::Scalar;

impl Encoder<'_> {
    #[inline(always)]
    pub(super) fn write_scalar(&mut self, scalar: &Scalar<'_>) {
        match scalar {
            Scalar::Blank => self.write("null"),
            Scalar::Bool(value) => self.write_bool(*value),
            Scalar::Int(value) => self.write_integer(*value),
            Scalar::Single(value) => self.write_float(f64::from(*value), format_args!("{value:?}")),
            Scalar::Float(value) => self.write_float(*value, format_args!("{value:?}")),
            Scalar::Text(value) => self.write_text(value),
            Scalar::Bytes(value) => self.write_bytes(value),
            Scalar::Timestamp(value) => self.out.plain(&value.wire_text()),
            Scalar::Date(value) => self.out.plain(&value.wire_text()),
        }
    }

    /// Writes the opening bracket of an object or list.
    pub(in super::super) fn open(&mut self, bracket: u8) {
        self.out.push(bracket);
    }

    /// Writes a key and its colon.
    pub(in super::super) fn write_key(&mut self, key: &str) {
        self.write_text(key);
        self.out.push(b':');
    }

    /// Writes the comma that every member leaves behind.
    pub(in super::super) fn separate(&mut self) {
        self.out.push(b',');
    }

    /// Ends an object or list.
    pub(in super::super) fn close(&mut self, bracket: u8) {
        self.out.close(bracket);
    }

    /// Writes a string with its quotes.
    pub(super) fn write_text(&mut self, value: &str) {
        self.out.string(value);
    }

    fn write_bool(&mut self, value: bool) {
        if value {
            self.out.literal(b"true");
        } else {
            self.out.literal(b"false");
        }
    }

    /// Writes an integer; all integers of the wire fit 64 bits and a sign.
    fn write_integer(&mut self, value: i128) {
        if value < 0 {
            self.out.push(b'-');
        }
        let number = u64::try_from(value.unsigned_abs());
        self.out.number(number.unwrap_or(u64::MAX));
    }

    /// Writes the shortest text that reads back as the same number. JSON has none for what is not finite.
    fn write_float(&mut self, value: f64, text: std::fmt::Arguments<'_>) {
        if value.is_finite() {
            self.out.display(text);
        } else {
            self.write("null");
        }
    }

    fn write_bytes(&mut self, value: &[u8]) {
        let text = STANDARD.encode(value);
        self.out.enclose(b"\"", text.as_bytes(), b"\"");
    }
}

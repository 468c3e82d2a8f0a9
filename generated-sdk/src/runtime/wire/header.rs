//! JSON that may stand in an HTTP header: visible ASCII and spaces only.

use std::fmt::Write;

use super::{Wire, to_string};

/// The JSON text of a value with everything outside of visible ASCII escaped, for `Dropbox-API-Arg`.
pub fn header_safe(value: &dyn Wire) -> String {
    let json = to_string(value);
    if json.bytes().all(is_safe) {
        json
    } else {
        escape(&json)
    }
}

fn is_safe(byte: u8) -> bool {
    matches!(byte, 0x20..0x7f)
}

/// Characters beyond ASCII only occur inside of JSON strings, where an escape means the same. Raw control characters only
/// occur outside of them, as white space.
fn escape(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() * 2);
    for char in json.chars() {
        match char {
            ' '..='~' => safe.push(char),
            '\0'..='\u{1f}' => safe.push(' '),
            _ => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    push_unit(&mut safe, *unit);
                }
            }
        }
    }
    safe
}

fn push_unit(safe: &mut String, unit: u16) {
    // Writing to a string cannot fail.
    let _ = write!(safe, "\\u{unit:04x}");
}

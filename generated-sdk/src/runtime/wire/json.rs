//! Values of any generated type to JSON text and back.

pub use super::{Blank, DecodeError, RawJson, ValidationError, Wire};

use super::{Decoder, Encoder};

/// The JSON text of a value.
pub fn to_string(value: &dyn Wire) -> String {
    encoded(value).finish_text()
}

/// The JSON text of a value as bytes.
pub fn to_vec(value: &dyn Wire) -> Vec<u8> {
    encoded(value).finish()
}

fn encoded(value: &dyn Wire) -> Encoder<'static> {
    let mut out = Encoder::json();
    value.encode(&mut out);
    out
}

/// Reads a value the way a client must: what a newer server adds is ignored or kept as unknown, constraints are not checked.
pub fn from_slice<T: Wire + Blank>(json: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::fresh();
    read_slice(json, &mut value)?;
    Ok(value)
}

/// Reads a value into a blank one of its type.
pub(in crate::runtime) fn read_slice(json: &[u8], value: &mut dyn Wire) -> Result<(), DecodeError> {
    Decoder::read_bytes(json, value)
}

/// Like [`from_slice`], for text.
pub fn from_str<T: Wire + Blank>(json: &str) -> Result<T, DecodeError> {
    let mut value = T::fresh();
    Decoder::read(json, false, &mut value)?;
    Ok(value)
}

/// Reads a value the way a server of exactly this specification does: unknown fields and tags are errors, so are duplicate
/// keys, nulls for defaulted fields and broken constraints.
pub fn from_slice_strict<T: Wire + Blank>(json: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::fresh();
    Decoder::read_bytes_strict(json, &mut value)?;
    Ok(value)
}

//! JSON text that was kept of an unknown tag, to a serde format.

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::super::DecodeError;
use super::super::decode::reader::Reader;

/// One JSON value, as it was received.
pub(super) struct Raw<'a>(pub(super) &'a str);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reader = Reader::new(self.0);
        match reader.peek() {
            Some(b'{') => serialize_object(&mut reader, serializer),
            Some(b'[') => serialize_list(&mut reader, serializer),
            Some(b'"') => {
                let text = reader.string("a string");
                checked(&mut reader)?;
                serializer.serialize_str(&text.unwrap_or_default())
            }
            Some(b't' | b'f') => serializer.serialize_bool(reader.boolean()),
            Some(b'n') => serializer.serialize_none(),
            _ => serialize_number(self.0, serializer),
        }
    }
}

fn serialize_object<S: Serializer>(
    reader: &mut Reader<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut first = reader.enter(b'{');
    while reader.more(std::mem::take(&mut first), b'}') {
        let Some(key) = reader.key() else { break };
        map.serialize_entry(&key, &next(reader))?;
    }
    checked(reader)?;
    map.end()
}

fn serialize_list<S: Serializer>(
    reader: &mut Reader<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(None)?;
    let mut first = reader.enter(b'[');
    while reader.more(std::mem::take(&mut first), b']') {
        list.serialize_element(&next(reader))?;
    }
    checked(reader)?;
    list.end()
}

/// The next member. It is read once more for its parts, at each of a bounded number of levels.
fn next<'a>(reader: &mut Reader<'a>) -> Raw<'a> {
    let start = reader.mark();
    reader.skip();
    Raw(reader.since(start))
}

fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse() {
        serializer.serialize_i64(value)
    } else if let Ok(value) = text.parse() {
        serializer.serialize_u64(value)
    } else {
        serializer.serialize_f64(text.parse().map_err(S::Error::custom)?)
    }
}

fn checked<E: Error>(reader: &mut Reader<'_>) -> Result<(), E> {
    reader
        .error
        .take()
        .map_or(Ok(()), |error: DecodeError| Err(E::custom(error)))
}

//! Any value to a serde format.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::super::encode::is_default;
use super::super::{
    Entries, Field, Fields, Items, Scalar, StructMeta, UnionMeta, Unknown, View, Wire, is_null,
    view,
};
use super::raw::Raw;

/// Serializes a value in the shape that it has in JSON.
pub fn serialize<S: Serializer>(value: &dyn Wire, serializer: S) -> Result<S::Ok, S::Error> {
    let mut serializer = Some(serializer);
    let mut result = None;
    view(value, |view| {
        result = serializer.take().map(|serializer| level(&view, serializer));
    });
    result.unwrap_or_else(|| Err(S::Error::custom("the value did not show itself")))
}

struct Shown<'a>(&'a dyn Wire);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

fn level<S: Serializer>(view: &View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match view {
        View::Null => serializer.serialize_none(),
        View::Scalar(scalar) => serialize_scalar(scalar, serializer),
        View::Struct(meta, fields) => {
            let mut map = serializer.serialize_map(None)?;
            serialize_fields(meta, fields, &mut map)?;
            map.end()
        }
        View::Union(meta, index, payload) => serialize_union(meta, *index, *payload, serializer),
        View::Unknown(unknown) => serialize_unknown(unknown, serializer),
        View::List(items) => serialize_items(*items, serializer),
        View::Map(entries) => serialize_entries(*entries, serializer),
    }
}

fn serialize_scalar<S: Serializer>(scalar: &Scalar<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match scalar {
        Scalar::Blank => serializer.serialize_unit(),
        Scalar::Bool(value) => serializer.serialize_bool(*value),
        Scalar::Int(value) => match i64::try_from(*value) {
            Ok(value) => serializer.serialize_i64(value),
            Err(_) => serializer.serialize_u64(u64::try_from(*value).unwrap_or(u64::MAX)),
        },
        Scalar::Single(value) => serializer.serialize_f32(*value),
        Scalar::Float(value) => serializer.serialize_f64(*value),
        Scalar::Text(value) => serializer.serialize_str(value),
        Scalar::Bytes(value) => serializer.serialize_str(&STANDARD.encode(value)),
        Scalar::Timestamp(value) => serialize_ascii(&value.wire_text(), serializer),
        Scalar::Date(value) => serialize_ascii(&value.wire_text(), serializer),
    }
}

fn serialize_ascii<S: Serializer>(text: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(str::from_utf8(text).map_err(S::Error::custom)?)
}

fn serialize_fields<M: SerializeMap>(
    meta: &StructMeta,
    fields: &Fields<'_>,
    map: &mut M,
) -> Result<(), M::Error> {
    for index in 0..meta.keys.len() {
        let name = meta.field_name(index);
        match fields.get(meta, index) {
            (_, Field::Unset) => {}
            (b's' | b'x' | b'd', field) if is_default(field, meta.default_of(index)) => {}
            (_, Field::Text(text)) => map.serialize_entry(name, text)?,
            (_, Field::Other(other)) => serialize_unless_null(name, other, map)?,
        }
    }
    Ok(())
}

fn serialize_unless_null<M: SerializeMap>(
    key: &str,
    value: &dyn Wire,
    map: &mut M,
) -> Result<(), M::Error> {
    if is_null(value) {
        Ok(())
    } else {
        map.serialize_entry(key, &Shown(value))
    }
}

fn serialize_union<S: Serializer>(
    meta: &UnionMeta,
    index: u16,
    payload: &dyn Wire,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry(".tag", meta.tag(index))?;
    match meta.kind(index) {
        b'f' | b'F' => serialize_flattened(payload, &mut map)?,
        b'k' | b'K' => serialize_unless_null(meta.tag(index), payload, &mut map)?,
        _ => {}
    }
    map.end()
}

fn serialize_flattened<M: SerializeMap>(payload: &dyn Wire, map: &mut M) -> Result<(), M::Error> {
    let mut result = Ok(());
    view(payload, |view| {
        if let View::Struct(meta, fields) = view {
            result = serialize_fields(meta, &fields, map);
        }
    });
    result
}

fn serialize_unknown<S: Serializer>(unknown: &Unknown, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(raw) = unknown.raw() {
        return Raw(raw).serialize(serializer);
    }
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(".tag", unknown.tag())?;
    map.end()
}

fn serialize_items<S: Serializer>(items: &dyn Items, serializer: S) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(items.count()))?;
    for item in (0..items.count()).filter_map(|index| items.item(index)) {
        list.serialize_element(&Shown(item))?;
    }
    list.end()
}

fn serialize_entries<S: Serializer>(
    entries: &dyn Entries,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(entries.count()))?;
    let mut result = Ok(());
    entries.each(&mut |key, value| {
        if result.is_ok() {
            result = map.serialize_entry(key, &Shown(value));
        }
    });
    result?;
    map.end()
}

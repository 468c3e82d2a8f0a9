//! `Debug` of every generated type, as if it were derived, except that secrets are not shown.

use std::fmt::{self, Debug, Formatter};

use super::{
    Entries, Field, Fields, Items, Scalar, StructMeta, UnionMeta, View, Wire, is_null, view,
};

/// Writes a value as a derived `Debug` would.
pub(super) fn show(value: &dyn Wire, f: &mut Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    view(value, |view| result = debug_level(&view, f));
    result
}

struct Shown<'a>(&'a dyn Wire);

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        show(self.0, f)
    }
}

/// A value that may be null: `Some(..)` around what is not.
struct ShownOption<'a>(&'a dyn Wire);

impl Debug for ShownOption<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_null(self.0) {
            f.write_str("None")
        } else {
            f.debug_tuple("Some").field(&Shown(self.0)).finish()
        }
    }
}

fn debug_level(view: &View<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    match view {
        View::Null => f.write_str("None"),
        View::Scalar(scalar) => debug_scalar(scalar, f),
        View::Struct(meta, fields) => debug_struct(meta, fields, f),
        View::Union(meta, index, payload) => debug_union(meta, *index, *payload, f),
        View::Unknown(unknown) => f.debug_tuple("Other").field(unknown).finish(),
        View::List(items) => debug_list(*items, f),
        View::Map(entries) => debug_map(*entries, f),
    }
}

fn debug_scalar(scalar: &Scalar<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    match scalar {
        Scalar::Blank => f.write_str("()"),
        Scalar::Bool(value) => value.fmt(f),
        Scalar::Int(value) => value.fmt(f),
        Scalar::Single(value) => value.fmt(f),
        Scalar::Float(value) => value.fmt(f),
        Scalar::Text(value) => value.fmt(f),
        Scalar::Bytes(value) => value.fmt(f),
        Scalar::Timestamp(value) => value.fmt(f),
        Scalar::Date(value) => value.fmt(f),
    }
}

fn debug_struct(meta: &StructMeta, fields: &Fields<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(meta.name);
    for index in 0..meta.keys.len() {
        let name = meta.field_name(index);
        let (kind, field) = fields.get(meta, index);
        match (kind, field) {
            (b'X' | b'x', _) => out.field(name, &format_args!("***")),
            (b'Y', Field::Text(_)) => out.field(name, &format_args!("Some(***)")),
            (b'O', Field::Text(text)) => out.field(name, &Some(text)),
            (b'o', Field::Other(other)) => out.field(name, &ShownOption(other)),
            (_, Field::Text(text)) => out.field(name, &text),
            (_, Field::Other(other)) => out.field(name, &Shown(other)),
            (_, Field::Unset) => out.field(name, &format_args!("None")),
        };
    }
    out.finish()
}

fn debug_union(
    meta: &UnionMeta,
    index: u16,
    payload: &dyn Wire,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let name = variant_name(meta.tag(index));
    match meta.kind(index) {
        b'v' => f.write_str(&name),
        _ if meta.is_secret(index) => f.debug_tuple(&name).field(&format_args!("***")).finish(),
        b'F' | b'K' => f.debug_tuple(&name).field(&ShownOption(payload)).finish(),
        _ => f.debug_tuple(&name).field(&Shown(payload)).finish(),
    }
}

/// The Rust name of the variant for a tag.
fn variant_name(tag: &str) -> String {
    let mut name = String::with_capacity(tag.len());
    let mut starts_word = true;
    for letter in tag.chars() {
        if matches!(letter, '_' | '-' | '/' | ' ' | '.') {
            starts_word = true;
        } else if std::mem::take(&mut starts_word) {
            name.push(letter.to_ascii_uppercase());
        } else {
            name.push(letter);
        }
    }
    name
}

fn debug_list(items: &dyn Items, f: &mut Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_list();
    for index in 0..items.count() {
        if let Some(item) = items.item(index) {
            out.entry(&Shown(item));
        }
    }
    out.finish()
}

fn debug_map(entries: &dyn Entries, f: &mut Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_map();
    entries.each(&mut |key, value| {
        out.entry(&key, &Shown(value));
    });
    out.finish()
}

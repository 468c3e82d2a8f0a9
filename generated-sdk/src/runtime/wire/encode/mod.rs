//! The encoder: writes JSON, or shows one level of a value to a viewer.

mod output;
mod room;
mod text;

use output::Output;

use super::{
    DefaultValue, Entries, Field, Fields, Items, Scalar, StructMeta, UnionMeta, Unknown, View,
    Wire, view,
};

/// Where a value shows itself: a JSON text under construction, or a viewer.
pub struct Encoder<'a> {
    out: Output,
    viewer: Option<&'a mut dyn FnMut(View<'_>)>,
    /// The value that was just shown is null: nothing was written, and the container decides what stands for it.
    absent: bool,
    /// A union has opened an object and written the tag; the payload adds its fields and closes it.
    open: bool,
}

impl<'a> Encoder<'a> {
    pub(super) fn json() -> Self {
        Self {
            out: Output::new(),
            viewer: None,
            absent: false,
            open: false,
        }
    }

    pub(super) fn viewing(viewer: &'a mut dyn FnMut(View<'_>)) -> Self {
        Self {
            out: Output::new(),
            viewer: Some(viewer),
            absent: false,
            open: false,
        }
    }

    /// The JSON text of what was shown.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.null_if_absent();
        self.out.into_bytes()
    }

    /// The same as a string.
    pub(super) fn finish_text(self) -> String {
        // Nothing but UTF-8 is written.
        String::from_utf8(self.finish()).unwrap_or_default()
    }

    /// Shows a null.
    pub fn null(&mut self) {
        match &mut self.viewer {
            Some(see) => see(View::Null),
            None => self.absent = true,
        }
    }

    /// Shows a value without parts.
    #[inline(always)]
    pub fn scalar(&mut self, scalar: Scalar<'_>) {
        match &mut self.viewer {
            Some(see) => see(View::Scalar(scalar)),
            None => self.write_scalar(&scalar),
        }
    }

    pub(super) fn show_object(&mut self, meta: &'static StructMeta, fields: Fields<'_>) {
        match &mut self.viewer {
            Some(see) => see(View::Struct(meta, fields)),
            None => self.write_object(meta, &fields),
        }
    }

    pub(super) fn show_variant(
        &mut self,
        meta: &'static UnionMeta,
        index: u16,
        payload: &dyn Wire,
    ) {
        match &mut self.viewer {
            Some(see) => see(View::Union(meta, index, payload)),
            None => self.write_variant(meta.tag(index), meta.kind(index), payload),
        }
    }

    pub(super) fn show_unknown(&mut self, unknown: &Unknown) {
        match (&mut self.viewer, unknown.raw()) {
            (Some(see), _) => see(View::Unknown(unknown)),
            (None, Some(raw)) => self.write(raw),
            (None, None) => {
                self.write("{\".tag\":");
                self.write_text(unknown.tag());
                self.out.push(b'}');
            }
        }
    }

    /// Writes JSON text as it is. There is nothing in it that a viewer could see.
    pub(super) fn raw(&mut self, json: &str) {
        if self.viewer.is_none() {
            self.write(json);
        }
    }

    /// Shows a list.
    pub fn list(&mut self, items: &dyn Items) {
        match &mut self.viewer {
            Some(see) => see(View::List(items)),
            None => self.write_list(items),
        }
    }

    /// Shows a map.
    pub fn map(&mut self, entries: &dyn Entries) {
        match &mut self.viewer {
            Some(see) => see(View::Map(entries)),
            None => self.write_map(entries),
        }
    }

    fn write_object(&mut self, meta: &'static StructMeta, fields: &Fields<'_>) {
        if !std::mem::take(&mut self.open) {
            self.out.push(b'{');
        }
        let mut strings = fields.strings.iter();
        let mut options = fields.options.iter();
        let mut others = fields.others.iter();
        for (index, (key, kind)) in meta.keys.iter().zip(meta.places).enumerate() {
            // Three ways and no more, so that branches can be predicted, which a jump into a table would not be.
            match kind {
                b'S' | b'X' | b's' | b'x' => {
                    if let Some(text) = strings.next()
                        && !(kind.is_ascii_lowercase()
                            && is_default(Field::Text(text), meta.default_of(index)))
                    {
                        self.out.member(key, text);
                    }
                }
                b'O' | b'Y' => {
                    if let Some(Some(text)) = options.next() {
                        self.out.member(key, text);
                    }
                }
                _ => {
                    if let Some(other) = others.next()
                        && !(*kind == b'd'
                            && is_default(Field::Other(*other), meta.default_of(index)))
                    {
                        self.write_member(key, *other);
                    }
                }
            }
        }
        self.close(b'}');
    }

    /// Writes a key and its value, or neither if the value is null.
    fn write_member(&mut self, key: &str, value: &dyn Wire) {
        let before = self.out.end();
        self.write(key);
        self.write_value(before, value);
    }

    /// Writes the value of a key that has been written, or takes the key back.
    fn write_value(&mut self, before: usize, value: &dyn Wire) {
        value.encode(self);
        if std::mem::take(&mut self.absent) {
            self.out.cut(before);
        } else {
            self.out.push(b',');
        }
    }

    fn write_variant(&mut self, tag: &str, kind: u8, payload: &dyn Wire) {
        self.out.enclose(b"{\".tag\":\"", tag.as_bytes(), b"\",");
        match kind {
            b'f' | b'F' => {
                self.open = true;
                payload.encode(self);
                self.absent = false;
                if std::mem::take(&mut self.open) {
                    self.close(b'}');
                }
            }
            b'k' | b'K' => {
                let before = self.out.end();
                self.out.enclose(b"\"", tag.as_bytes(), b"\":");
                self.write_value(before, payload);
                self.close(b'}');
            }
            _ => self.close(b'}'),
        }
    }

    fn write_list(&mut self, items: &dyn Items) {
        self.open(b'[');
        let mut index = 0;
        while let Some(item) = items.item(index) {
            item.encode(self);
            self.null_if_absent();
            self.out.push(b',');
            index += 1;
        }
        self.close(b']');
    }

    fn write_map(&mut self, entries: &dyn Entries) {
        self.open(b'{');
        entries.each(&mut |key, value| {
            self.write_key(key);
            value.encode(self);
            self.null_if_absent();
            self.separate();
        });
        self.close(b'}');
    }

    fn null_if_absent(&mut self) {
        if std::mem::take(&mut self.absent) {
            self.write("null");
        }
    }

    #[inline]
    fn write(&mut self, text: &str) {
        self.out.write(text.as_bytes());
    }
}

/// Whether a field holds the default of its table entry.
pub(super) fn is_default(field: Field<'_>, default: Option<&DefaultValue>) -> bool {
    match (field, default) {
        (Field::Text(text), Some(DefaultValue::Str(default))) => text == *default,
        (Field::Other(other), Some(default)) => other_is_default(other, default),
        _ => false,
    }
}

fn other_is_default(value: &dyn Wire, default: &DefaultValue) -> bool {
    let mut same = false;
    view(value, |view| {
        same = match (view, default) {
            (View::Scalar(Scalar::Bool(value)), DefaultValue::Bool(default)) => value == *default,
            (View::Scalar(Scalar::Int(value)), DefaultValue::Int(default)) => {
                value == i128::from(*default)
            }
            (View::Scalar(Scalar::Int(value)), DefaultValue::Uint(default)) => {
                value == i128::from(*default)
            }
            (View::Scalar(Scalar::Float(value)), DefaultValue::Float(default)) => value == *default,
            (View::Scalar(Scalar::Single(value)), DefaultValue::Float(default)) => {
                value == *default as f32
            }
            (View::Scalar(Scalar::Text(value)), DefaultValue::Str(default)) => value == *default,
            (View::Union(meta, index, _), DefaultValue::Tag(default)) => {
                meta.tag(index) == *default
            }
            _ => false,
        };
    });
    same
}

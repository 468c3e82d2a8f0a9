//! The encoder: writes JSON, or shows one level of a value to a viewer.

mod text;

use super::{
    DefaultValue, Entries, Field, Fields, Items, Scalar, StructMeta, UnionMeta, Unknown, View,
    Wire, view,
};

/// Where a value shows itself: a JSON text under construction, or a viewer.
pub struct Encoder<'a> {
    text: String,
    viewer: Option<&'a mut dyn FnMut(View<'_>)>,
    /// The value that was just shown is null: nothing was written, and the container decides what stands for it.
    absent: bool,
    /// A union has opened an object and written the tag; the payload adds its fields and closes it.
    open: bool,
}

/// Room for most arguments, so that they do not grow byte by byte.
const USUAL_LENGTH: usize = 128;

impl<'a> Encoder<'a> {
    pub(super) fn json() -> Self {
        Self {
            text: String::with_capacity(USUAL_LENGTH),
            viewer: None,
            absent: false,
            open: false,
        }
    }

    pub(super) fn viewing(viewer: &'a mut dyn FnMut(View<'_>)) -> Self {
        Self {
            text: String::new(),
            viewer: Some(viewer),
            absent: false,
            open: false,
        }
    }

    /// The JSON text of what was shown.
    pub(super) fn finish(mut self) -> String {
        self.null_if_absent();
        self.text
    }

    /// Shows a null.
    pub fn null(&mut self) {
        match &mut self.viewer {
            Some(see) => see(View::Null),
            None => self.absent = true,
        }
    }

    /// Shows a value without parts.
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
                self.text.push('}');
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
            self.text.push('{');
        }
        let mut strings = fields.strings.iter();
        let mut options = fields.options.iter();
        let mut others = fields.others.iter();
        for (index, (key, kind)) in meta.keys.iter().zip(meta.places).enumerate() {
            match kind {
                b'S' | b'X' => {
                    if let Some(text) = strings.next() {
                        self.write_text_member(key, text);
                    }
                }
                b'O' | b'Y' => {
                    if let Some(Some(text)) = options.next() {
                        self.write_text_member(key, text);
                    }
                }
                b's' | b'x' => {
                    if let Some(text) = strings.next()
                        && !is_default(Field::Text(text), meta.default_of(index))
                    {
                        self.write_text_member(key, text);
                    }
                }
                b'd' => {
                    if let Some(other) = others.next()
                        && !is_default(Field::Other(*other), meta.default_of(index))
                    {
                        self.write_member(key, *other);
                    }
                }
                _ => {
                    if let Some(other) = others.next() {
                        self.write_member(key, *other);
                    }
                }
            }
        }
        self.close('}');
    }

    #[inline]
    fn write_text_member(&mut self, key: &str, text: &str) {
        self.write(key);
        self.write_text(text);
        self.text.push(',');
    }

    /// Writes a key and its value, or neither if the value is null.
    fn write_member(&mut self, key: &str, value: &dyn Wire) {
        let before = self.text.len();
        self.write(key);
        self.write_value(before, value);
    }

    /// Writes the value of a key that has been written, or takes the key back.
    fn write_value(&mut self, before: usize, value: &dyn Wire) {
        value.encode(self);
        if std::mem::take(&mut self.absent) {
            self.text.truncate(before);
        } else {
            self.text.push(',');
        }
    }

    fn write_variant(&mut self, tag: &str, kind: u8, payload: &dyn Wire) {
        self.write("{\".tag\":\"");
        self.write(tag);
        self.write("\",");
        match kind {
            b'f' | b'F' => {
                self.open = true;
                payload.encode(self);
                self.absent = false;
                if std::mem::take(&mut self.open) {
                    self.close('}');
                }
            }
            b'k' | b'K' => {
                let before = self.text.len();
                self.write("\"");
                self.write(tag);
                self.write("\":");
                self.write_value(before, payload);
                self.close('}');
            }
            _ => self.close('}'),
        }
    }

    fn write_list(&mut self, items: &dyn Items) {
        self.open('[');
        let mut index = 0;
        while let Some(item) = items.item(index) {
            item.encode(self);
            self.null_if_absent();
            self.text.push(',');
            index += 1;
        }
        self.close(']');
    }

    fn write_map(&mut self, entries: &dyn Entries) {
        self.open('{');
        entries.each(&mut |key, value| {
            self.write_key(key);
            value.encode(self);
            self.null_if_absent();
            self.separate();
        });
        self.close('}');
    }

    fn null_if_absent(&mut self) {
        if std::mem::take(&mut self.absent) {
            self.write("null");
        }
    }

    #[inline]
    fn write(&mut self, text: &str) {
        self.text.push_str(text);
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

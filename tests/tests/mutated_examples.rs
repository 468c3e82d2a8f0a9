//! Every example of the spec, written differently and damaged: what means the same reads the same, and what means
//! nothing is refused or read, but never half.

use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use stone_parser::ir::{Api, Type};
use tests::examples::examples;
use tests::generated::types::TYPES;
use tests::normal::normal;
use tests::snapshots;

/// An example as a document, with the way through its generated type.
struct Document {
    name: String,
    ty: Type,
    value: Value,
    again: fn(&str) -> Result<String, String>,
}

fn documents() -> (Api, Vec<Document>) {
    let api = stone_parser::compile(&snapshots::sources(&snapshots::root().join("spec"))).api;
    let documents = examples(&api).into_iter().map(|(name, ty, example)| {
        let case = TYPES.iter().find(|case| case.name == name);
        Document {
            again: case.expect("each type has a case").again,
            value: serde_json::from_str(&example.value.to_string()).expect("examples are JSON"),
            name,
            ty,
        }
    });
    let documents: Vec<_> = documents.collect();
    assert!(documents.len() > 1_800, "only {}", documents.len());
    (api, documents)
}

/// Holds a way of writing against what it means.
fn means_the_same(write: fn(&Value) -> String) {
    let (api, documents) = documents();
    for document in documents {
        let text = write(&document.value);
        let written: Value = serde_json::from_str(&text).expect("what is written is JSON");
        let again = (document.again)(&text);
        let again = again.unwrap_or_else(|error| panic!("{}: {error}\n{text}", document.name));
        let again: Value = serde_json::from_str(&again).expect("what is encoded is JSON");
        assert_eq!(
            normal(&api, &document.ty, &again),
            normal(&api, &document.ty, &written),
            "{}",
            document.name
        );
    }
}

#[test]
fn unknown_fields_in_every_object_change_nothing() {
    means_the_same(|value| with_unknown(value).to_string());
}

fn with_unknown(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut out: Map<_, _> = object
                .iter()
                .map(|(key, value)| (key.clone(), with_unknown(value)))
                .collect();
            let unknown =
                serde_json::json!({ "a": [1.5e3, null, { "]}": "\"\\\u{1}é" }], ".tag": 7 });
            out.insert("field_of_next_year".into(), unknown);
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(with_unknown).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_order_of_members_changes_nothing() {
    means_the_same(reversed);
}

/// Members come in the order that is the reverse of the usual one, so that `.tag` is the last.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let members = object
                .iter()
                .rev()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), reversed(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(reversed).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}

#[test]
fn white_space_changes_nothing() {
    means_the_same(|value| format!(" \r\n{value:#}\t"));
}

#[test]
fn escapes_change_nothing() {
    means_the_same(escaped);
}

/// Every character of every string and key is an escape of UTF-16.
fn escaped(value: &Value) -> String {
    let string = |text: &str| {
        let units: String = text
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04X}"))
            .collect();
        format!("\"{units}\"")
    };
    match value {
        Value::Object(object) => {
            let members = object
                .iter()
                .map(|(key, value)| format!("{}:{}", string(key), escaped(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(escaped).collect();
            format!("[{}]", items.join(","))
        }
        Value::String(text) => string(text),
        other => other.to_string(),
    }
}

/// How many places of each example are damaged.
const PLACES: usize = 32;

/// What is put in the place of a character.
const DAMAGE: [&str; 12] = [
    "", "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "null", "\u{0}",
];

#[test]
fn damaged_text_is_refused_or_read_whole() {
    let (_, documents) = documents();
    let (mut read, mut refused) = (0, 0);
    for (number, document) in documents.iter().enumerate() {
        let text = document.value.to_string();
        for step in 0..PLACES {
            let at = text.floor_char_boundary(step * text.len() / PLACES);
            let rest = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
            let damage = DAMAGE[(number + step * 5) % DAMAGE.len()];
            let damaged = format!("{}{damage}{}", &text[..at], &text[rest..]);
            *if is_sound(document, &damaged) {
                &mut read
            } else {
                &mut refused
            } += 1;
        }
    }
    assert!(
        read > 1_000 && refused > 10_000,
        "{read} read, {refused} refused"
    );
}

#[test]
fn values_of_another_type_are_refused_or_read_whole() {
    let (_, documents) = documents();
    let mut refused = 0;
    for document in &documents {
        for foreign in ["null", "-1.5", "\"\"", "[[{}]]", r#"{".tag":1}"#] {
            let foreign: Value = serde_json::from_str(foreign).expect("this is JSON");
            for number in 0.. {
                let mut left = number;
                let mut damaged = document.value.clone();
                if !replace(&mut damaged, &mut left, &foreign) {
                    break;
                }
                refused += usize::from(!is_sound(document, &damaged.to_string()));
            }
        }
    }
    assert!(refused > 10_000, "{refused} refused");
}

/// Replaces one value, counted from the outside in; false if there are not so many.
fn replace(value: &mut Value, left: &mut usize, by: &Value) -> bool {
    if *left == 0 {
        *value = by.clone();
        return true;
    }
    *left -= 1;
    match value {
        Value::Object(object) => object.values_mut().any(|value| replace(value, left, by)),
        Value::Array(items) => items.iter_mut().any(|value| replace(value, left, by)),
        _ => false,
    }
}

/// Whether a text is read. If it is, it is JSON, and what was read is read again from what is written of it; if it is
/// not, the error says something.
fn is_sound(document: &Document, text: &str) -> bool {
    let name = &document.name;
    match (document.again)(text) {
        Ok(once) => {
            let valid = serde_json::from_str::<IgnoredAny>(text);
            assert!(valid.is_ok(), "{name} reads what is no JSON: {text}");
            assert_eq!(
                (document.again)(&once).as_ref(),
                Ok(&once),
                "{name}: {text}"
            );
            true
        }
        Err(error) => {
            assert!(!error.is_empty(), "{name}: {text}");
            false
        }
    }
}

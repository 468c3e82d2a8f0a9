//! The JSON reader against serde_json: both accept and refuse the same documents, and read the same values.

use generated_sdk::json::{Blank, Wire, from_slice, from_str, to_string};
use proptest::prelude::*;
use serde_json::Value;

use crate::config;
use crate::shop::{AllOpt, C, Child, Empty, S, U, Vessel};
use crate::tree::Tree;

/// Whether our reader passes over a document.
fn passes(json: &str) -> bool {
    from_str::<Empty>(&format!("{{\"x\":{json}}}")).is_ok()
}

fn reference_passes(json: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(&format!("{{\"x\":{json}}}")).is_ok()
}

/// Texts that are JSON or nearly so.
fn nearly_json() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "true", "false", "null", " ", "\n", "\t",
        ]).prop_map(str::to_owned),
        1 => "-?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,2})?",
        1 => "\"[ -~]{0,4}\"",
        1 => prop::sample::select(vec![
            "\\n", "\\u0041", "\\ud83d\\ude00", "\\ud83d", "\\u12", "\\x", "\u{1}", "é", "😀", "\u{7f}",
        ]).prop_map(|piece| format!("\"{piece}\"")),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Valid documents with a byte changed, dropped or doubled.
fn damaged_json() -> impl Strategy<Value = String> {
    (any_value(), any::<prop::sample::Index>(), "[ -~]", 0..4_u8).prop_map(
        |(value, index, byte, what)| {
            let mut chars: Vec<char> = value.to_string().chars().collect();
            let at = index.index(chars.len());
            match what {
                0 => drop(chars.remove(at)),
                1 => chars.insert(at, chars[at]),
                2 => chars[at] = byte.chars().next().unwrap(),
                _ => {}
            }
            chars.into_iter().collect()
        },
    )
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        prop::num::f64::NORMAL.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-c.]{0,4}", inner, 0..4)
                .prop_map(|map| Value::from(serde_json::Map::from_iter(map))),
        ]
    })
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn passes_over_the_same_documents(json in prop_oneof![nearly_json(), damaged_json()]) {
        prop_assert_eq!(passes(&json), reference_passes(&json), "{}", json);
    }

    #[test]
    fn reads_the_same_strings(json in prop_oneof!["\"([ -~é😀]|\\\\[\"/bfnrtu\\\\]|\\\\u[dD][89a-f][0-9a-f]{2}){0,6}\"", nearly_json()]) {
        prop_assert_eq!(from_str::<String>(&json).ok(), serde_json::from_str::<String>(&json).ok(), "{}", json);
    }

    #[test]
    fn reads_the_same_numbers(json in "-?(0|[1-9][0-9]{0,22}|[0-9]{1,3})(\\.[0-9]{0,3})?([eE][+-]?[0-9]{0,3})?") {
        // A negative zero is an integer token for us and a float for serde_json.
        prop_assume!(json != "-0");
        prop_assert_eq!(from_str::<i32>(&json).ok(), serde_json::from_str::<i32>(&json).ok(), "{}", json);
        prop_assert_eq!(from_str::<u32>(&json).ok(), serde_json::from_str::<u32>(&json).ok(), "{}", json);
        prop_assert_eq!(from_str::<i64>(&json).ok(), serde_json::from_str::<i64>(&json).ok(), "{}", json);
        prop_assert_eq!(from_str::<u64>(&json).ok(), serde_json::from_str::<u64>(&json).ok(), "{}", json);
        prop_assert_eq!(from_str::<f64>(&json).ok(), serde_json::from_str::<f64>(&json).ok(), "{}", json);
    }

    #[test]
    fn writes_strings_that_others_read(text in any::<String>()) {
        let json = to_string(&text);
        prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text.clone());
        let header = generated_sdk::runtime::wire::header_safe(&text);
        prop_assert!(header.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{}", header);
        prop_assert_eq!(serde_json::from_str::<String>(&header).unwrap(), text);
    }

    #[test]
    fn writes_numbers_that_read_back(double: f64, single: f32, signed: i64, unsigned: u64) {
        prop_assert_eq!(to_string(&signed), signed.to_string());
        prop_assert_eq!(to_string(&unsigned), unsigned.to_string());
        if double.is_finite() {
            prop_assert_eq!(from_str::<f64>(&to_string(&double)).unwrap().to_bits(), double.to_bits());
        }
        if single.is_finite() {
            prop_assert_eq!(from_str::<f32>(&to_string(&single)).unwrap().to_bits(), single.to_bits());
        }
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        for outcome in outcomes(&bytes) {
            prop_assert!(outcome, "{:?}", bytes);
        }
    }

    #[test]
    fn arbitrary_documents_are_read_or_refused(json in prop_oneof![nearly_json(), damaged_json(), damaged_vector()]) {
        for outcome in outcomes(json.as_bytes()) {
            prop_assert!(outcome, "{}", json);
        }
    }
}

/// Documents of the shared vectors, damaged.
fn damaged_vector() -> impl Strategy<Value = String> {
    let vectors: Value = serde_json::from_str(include_str!(
        "../../../tests/fixtures/emit/shop/vectors.json"
    ))
    .unwrap();
    let inputs = vectors["vectors"].as_array().unwrap().iter();
    let inputs: Vec<String> = inputs
        .map(|vector| vector["input"].as_str().unwrap().to_owned())
        .collect();
    let index = any::<prop::sample::Index>();
    (prop::sample::select(inputs), index, "[ -~]{0,2}").prop_map(|(input, index, patch)| {
        let at = index.index(input.len());
        format!(
            "{}{patch}{}",
            &input[..at],
            input.get(at + 1..).unwrap_or_default()
        )
    })
}

/// For every type, whether what it reads of a document, if anything, encodes to what reads and encodes alike.
fn outcomes(json: &[u8]) -> Vec<bool> {
    fn stable<T: Wire + Blank>(json: &[u8]) -> bool {
        let Ok(value) = from_slice::<T>(json) else {
            return true;
        };
        let encoded = to_string(&value);
        from_str::<T>(&encoded).is_ok_and(|again| to_string(&again) == encoded)
    }
    vec![
        stable::<S>(json),
        stable::<U>(json),
        stable::<C>(json),
        stable::<Child>(json),
        stable::<Vessel>(json),
        stable::<AllOpt>(json),
        stable::<Tree>(json),
    ]
}

#[test]
fn depth_is_bounded_while_passing_over() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    // The object around them is one level.
    assert!(passes(&nested(126)) && passes(&nested(127)));
    assert!(!passes(&nested(128)));
    assert!(!passes(&"[".repeat(1_000_000)));
    assert!(!passes(&"{\"a\":".repeat(1_000_000)));
}

#[test]
fn mixed_brackets_are_told_apart() {
    assert!(passes(r#"[{"a":[{"b":[]},[{}]]},{}]"#));
    for json in [
        "[}",
        "{]",
        "[{]}",
        r#"{"a":[}]"#,
        "[1 2]",
        r#"{"a" 1}"#,
        r#"{"a":1 "b":2}"#,
    ] {
        assert!(!passes(json), "{json}");
    }
}

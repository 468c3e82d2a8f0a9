//! Debug, Clone and PartialEq, which are read from the tables.

use std::collections::HashSet;

use generated_sdk::json::{from_str, to_string};
use generated_sdk::runtime::wire::{self as w, Blank, Decoder, Encoder, UnionMeta, Wire};

use crate::shop::{Boat, C, Child, Inner, S, U, Vessel};

const FULL: &str = r#"{"req":"r","opt":"o","def_int":6,"def_u":{".tag":"neg","neg":-1},"nested":{"x":1},"blob":"aGk=","time":"2020-01-02T03:04:05Z","f":2.5,"l":[1,2],"m":{"k":{"x":3,"y":4}}}"#;

#[test]
fn debug_looks_derived() {
    let s: S = from_str(FULL).unwrap();
    assert_eq!(
        format!("{s:?}"),
        "S { req: \"r\", opt: Some(\"o\"), def_int: 6, def_u: Neg(-1), nested: Some(Coord { x: 1, y: 7 }), \
         blob: Some(b\"hi\"), time: Some(2020-01-02T03:04:05Z), f: Some(2.5), l: Some([1, 2]), \
         m: Some({\"k\": Coord { x: 3, y: 4 }}) }"
    );
}

#[test]
fn debug_obeys_the_alternate_form() {
    let child: Child = from_str(r#"{".tag":"maybe_coord","x":1}"#).unwrap();
    let pretty = "MaybeCoord(\n    Some(\n        Coord {\n            x: 1,\n            y: 7,\n        },\n    ),\n)";
    assert_eq!(format!("{child:#?}"), pretty);
    assert_eq!(
        format!("{:?}", from_str::<U>(r#""void_tag""#).unwrap()),
        "VoidTag"
    );
    assert_eq!(
        format!("{:?}", from_str::<U>(r#""maybe_num""#).unwrap()),
        "MaybeNum(None)"
    );
    assert_eq!(
        format!("{:?}", from_str::<U>(r#""new""#).unwrap()),
        "Other(Unknown(\"new\"))"
    );
}

#[test]
fn clones_are_equal_and_their_own() {
    let s: S = from_str(FULL).unwrap();
    let mut copy = s.clone();
    assert_eq!(copy, s);
    assert_eq!(to_string(&copy), FULL);
    copy.m.as_mut().unwrap().get_mut("k").unwrap().y = 5;
    assert_ne!(copy, s);
}

#[test]
fn unknown_subtypes_keep_base_and_text() {
    let json = r#"{ ".tag": "ship", "guns": [1, {"a": "\u00e9"}], "name": "n" }"#;
    let vessel: Vessel = from_str(json).unwrap();
    let Vessel::Other(unknown) = vessel.clone() else {
        panic!("{vessel:?}")
    };
    assert_eq!(unknown.base().name, "n");
    assert_eq!(unknown.tag(), "ship");
    assert_eq!(unknown.raw(), Some(json));
    assert_eq!(to_string(&vessel), json);
    assert_eq!(vessel.clone(), vessel);
}

#[test]
fn every_part_counts_in_equality() {
    let documents = [
        r#"{"req":"r"}"#,
        r#"{"req":"R"}"#,
        r#"{"req":"r","opt":"o"}"#,
        r#"{"req":"r","def_int":6}"#,
        r#"{"req":"r","def_u":{".tag":"neg","neg":0}}"#,
        r#"{"req":"r","def_u":{".tag":"neg","neg":1}}"#,
        r#"{"req":"r","def_u":"new"}"#,
        r#"{"req":"r","def_u":"newer"}"#,
        r#"{"req":"r","nested":{"x":0}}"#,
        r#"{"req":"r","blob":""}"#,
        r#"{"req":"r","time":"1970-01-01T00:00:00Z"}"#,
        r#"{"req":"r","time":"1970-01-01T00:00:00.5Z"}"#,
        r#"{"req":"r","f":0}"#,
        r#"{"req":"r","l":[]}"#,
        r#"{"req":"r","l":[0]}"#,
        r#"{"req":"r","l":[0,0]}"#,
        r#"{"req":"r","m":{}}"#,
        r#"{"req":"r","m":{"a":{"x":1}}}"#,
        r#"{"req":"r","m":{"b":{"x":1}}}"#,
        r#"{"req":"r","m":{"b":{"x":2}}}"#,
    ];
    let values: Vec<S> = documents
        .iter()
        .map(|json| from_str(json).unwrap())
        .collect();
    for (i, left) in values.iter().enumerate() {
        for (j, right) in values.iter().enumerate() {
            assert_eq!(
                left == right,
                i == j,
                "{} and {}",
                documents[i],
                documents[j]
            );
        }
    }
}

#[test]
fn closed_unions_and_subtypes_clone() {
    let c: C = from_str(r#"{".tag":"b","b":4}"#).unwrap();
    assert!(matches!(c.clone(), C::B(4)));
    let boat = Boat {
        name: "n".to_owned(),
        oars: 2,
    };
    let vessel = Vessel::Boat(boat.clone());
    assert_eq!(to_string(&vessel), r#"{".tag":"boat","name":"n","oars":2}"#);
    assert_eq!(to_string(&boat), r#"{"name":"n","oars":2}"#);
    assert!(matches!(Inner::Neg(3).clone(), Inner::Neg(3)));
}

/// A closed union without payload.
#[allow(clippy::derived_hash_with_manual_eq)] // As generated code does.
#[derive(Copy, Eq, Hash)]
enum Colour {
    Red,
    DarkGreen,
}

static COLOUR: UnionMeta = UnionMeta {
    name: "Colour",
    tags: &["red", "dark_green"],
    kinds: b"vv",
    open: false,
    root: false,
    rules: &[],
};

impl Blank for Colour {
    const BLANK: Self = Self::Red;
}

impl Wire for Colour {
    fn encode(&self, out: &mut Encoder<'_>) {
        let index = match self {
            Self::Red => 0,
            Self::DarkGreen => 1,
        };
        out.variant(&COLOUR, index, &());
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&COLOUR) {
            0 => Self::Red,
            1 => Self::DarkGreen,
            _ => return,
        };
    }
}

crate::runtime::wire_traits!(Colour);

#[test]
fn unions_without_payload_are_plain_values() {
    let green: Colour = from_str(r#""dark_green""#).unwrap();
    let copy = green;
    assert_eq!(
        (green, format!("{copy:?}")),
        (Colour::DarkGreen, "DarkGreen".to_owned())
    );
    assert_eq!(HashSet::from([green, copy, Colour::Red]).len(), 2);
}

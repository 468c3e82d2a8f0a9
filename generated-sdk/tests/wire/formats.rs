//! serde: the same values as through our own JSON, in other formats too.

use std::fmt::Debug;

use generated_sdk::json::{Blank, Wire, from_str, to_string};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::shop::{AllOpt, Boat, C, Child, Closed, Empty, S, U, Vessel};
use crate::tree::{BARE, Tree};

trait Both: Wire + Blank + Serialize + DeserializeOwned + PartialEq + Debug {}

impl<T: Wire + Blank + Serialize + DeserializeOwned + PartialEq + Debug> Both for T {}

const VECTORS: &str = include_str!("../../../tests/fixtures/emit/shop/vectors.json");

#[test]
fn agrees_with_our_own_json_on_every_vector() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors["vectors"].as_array().unwrap() {
        let check = match vector["type"].as_str().unwrap() {
            "shop.U" => agrees::<U>,
            "shop.C" => agrees::<C>,
            "shop.Child" => agrees::<Child>,
            "shop.Vessel" => agrees::<Vessel>,
            "shop.Closed" => agrees::<Closed>,
            "shop.Boat" => agrees::<Boat>,
            "shop.S" => agrees::<S>,
            "shop.AllOpt" => agrees::<AllOpt>,
            other => panic!("no type for {other}"),
        };
        check(vector["input"].as_str().unwrap());
    }
}

fn agrees<T: Both>(json: &str) {
    let ours = from_str::<T>(json).ok();
    let theirs = serde_json::from_str::<T>(json).ok();
    match (&ours, &theirs) {
        // What was received of an unknown tag is kept as text, which may be spaced differently.
        (Some(ours), Some(theirs)) => assert_eq!(
            parsed(&to_string(ours)),
            parsed(&to_string(theirs)),
            "{json}"
        ),
        _ => assert_eq!(ours.is_some(), theirs.is_some(), "{json}"),
    }
    let Some(value) = ours else { return };
    let encoded = serde_json::to_value(&value).unwrap();
    assert_eq!(encoded, parsed(&to_string(&value)), "{json}");
    assert_eq!(
        serde_json::to_value(serde_json::from_value::<T>(encoded.clone()).unwrap()).unwrap(),
        encoded
    );
    let reader = std::io::Cursor::new(serde_json::to_vec(&value).unwrap());
    assert_eq!(
        serde_json::to_value(serde_json::from_reader::<_, T>(reader).unwrap()).unwrap(),
        encoded
    );
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn paths_lead_to_the_value() {
    let error = |json| serde_json::from_str::<Tree>(json).unwrap_err().to_string();
    let inner = BARE.replace("[]", "[[]]");
    let json = BARE.replace("{}", &format!(r#"{{"a":{inner}}}"#));
    assert_eq!(
        error(&json),
        "named.a.children[0]: expected an object, found a list at line 1 column 44"
    );
    let json = BARE.replace(r#""gaps":[]"#, r#""gaps":[1, x]"#);
    assert_eq!(error(&json), "expected value at line 1 column 38");
    let union = json!({".tag": "items", "items": [{"x": 1, "y": "2"}]});
    let error = serde_json::from_value::<U>(union).unwrap_err().to_string();
    assert_eq!(error, "items[0].y: expected an integer, found a string");
}

#[test]
fn tags_that_come_late_are_found() {
    let vessel: Vessel = serde_json::from_str(r#"{"name":"n","oars":2,".tag":"boat"}"#).unwrap();
    assert_eq!(
        vessel,
        Vessel::Boat(Boat {
            name: "n".to_owned(),
            oars: 2
        })
    );
    let error = serde_json::from_str::<Vessel>(r#"{"name":4,".tag":"boat"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "name: expected a string, found a number at line 1 column 24"
    );
}

#[test]
fn unknown_tags_keep_what_came_in() {
    let raw = json!({".tag": "ship", "name": "n", "guns": [1, -2, 2.5, null, true, "é\n", {"a": 18446744073709551615_u64}]});
    let vessel: Vessel = serde_json::from_value(raw.clone()).unwrap();
    let Vessel::Other(unknown) = &vessel else {
        panic!("{vessel:?}")
    };
    assert_eq!(unknown.base().name, "n");
    assert_eq!(serde_json::to_value(&vessel).unwrap(), raw);
}

#[test]
fn repeated_keys_are_treated_as_in_our_own_json() {
    for json in [
        r#"{"req":"a","nested":{"x":1,"y":2},"nested":{"x":2}}"#,
        r#"{"req":"a","def_int":9,"def_int":null,"m":{"k":{"x":1,"y":2},"k":{"x":1}}}"#,
    ] {
        assert_eq!(
            serde_json::from_str::<S>(json).unwrap(),
            from_str::<S>(json).unwrap()
        );
    }
    for json in [
        r#"{".tag":"num","num":1,".tag":"num"}"#,
        r#"{".tag":"coord","x":1,".tag":"coord"}"#,
        r#"{".tag":"void_tag",".tag":"void_tag"}"#,
    ] {
        assert!(serde_json::from_str::<U>(json).is_err(), "{json}");
    }
    assert!(serde_json::from_str::<Empty>(r#"{".tag":1,".tag":2}"#).is_err());
}

#[test]
fn binary_formats_work() {
    for json in [
        r#"{"req":"r","def_int":6,"def_u":{".tag":"neg","neg":-1},"nested":{"x":1},"blob":"aGk=","time":"2020-01-02T03:04:05Z","f":2.5,"l":[1,2],"m":{"k":{"x":3,"y":4}}}"#,
        r#"{"req":"r","def_u":{".tag":"new","a":[{"b":null}]}}"#,
    ] {
        let value: S = from_str(json).unwrap();
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).unwrap();
        assert_eq!(
            ciborium::from_reader::<S, _>(bytes.as_slice()).unwrap(),
            value
        );
    }
}

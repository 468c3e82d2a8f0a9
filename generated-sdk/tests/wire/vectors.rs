//! Every document of the shared vectors, read in both modes and written again.

use std::fmt::Write;

use generated_sdk::json::{Blank, DecodeError, Wire, from_slice, from_slice_strict, to_string};
use generated_sdk::runtime::wire::header_safe;
use serde_json::Value;

use crate::shop;

const VECTORS: &str = include_str!("../../../tests/fixtures/emit/shop/vectors.json");

#[test]
fn verdicts_and_encodings() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let mut report = String::new();
    let mut count = 0;
    for vector in vectors["vectors"].as_array().unwrap() {
        for mode in ["lenient", "strict"] {
            let ours = &vector["ours"][mode];
            let wanted = if ours.is_null() { &vector[mode] } else { ours };
            let input = vector["input"].as_str().unwrap();
            let found = read(vector["type"].as_str().unwrap(), mode, input.as_bytes());
            if let Some(complaint) = judge(wanted, &found) {
                writeln!(report, "{} {mode} {input}: {complaint}", vector["type"]).unwrap();
            }
            count += 1;
        }
    }
    assert_eq!(report, "");
    assert_eq!(count, 246);
}

/// The encoding of what was read.
type Read = Result<String, DecodeError>;

fn read(name: &str, mode: &str, input: &[u8]) -> Read {
    let reader = match name {
        "shop.U" => recode::<shop::U>,
        "shop.C" => recode::<shop::C>,
        "shop.Child" => recode::<shop::Child>,
        "shop.Vessel" => recode::<shop::Vessel>,
        "shop.Closed" => recode::<shop::Closed>,
        "shop.Boat" => recode::<shop::Boat>,
        "shop.S" => recode::<shop::S>,
        "shop.AllOpt" => recode::<shop::AllOpt>,
        other => panic!("no type for {other}"),
    };
    reader(mode, input)
}

fn recode<T: Wire + Blank>(mode: &str, input: &[u8]) -> Read {
    let value: T = if mode == "strict" {
        from_slice_strict(input)?
    } else {
        from_slice(input)?
    };
    Ok(to_string(&value))
}

fn judge(wanted: &Value, found: &Read) -> Option<String> {
    match (wanted["ok"].as_bool().unwrap(), found) {
        (true, Err(error)) => Some(format!("should be accepted, but {error}")),
        (false, Ok(encoded)) => Some(format!("should be refused, but gave {encoded}")),
        (true, Ok(encoded)) => {
            let found: Value = serde_json::from_str(encoded).unwrap();
            (found != wanted["encoded"]).then(|| format!("encodes to {encoded}"))
        }
        (false, Err(_)) => None,
    }
}

#[test]
fn header_values() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors["header"].as_array().unwrap() {
        let value: shop::S = from_slice(vector["json"].to_string().as_bytes()).unwrap();
        let header = vector["header"].as_str().unwrap().replace("\": ", "\":");
        assert_eq!(header_safe(&value), header);
    }
}

//! What errors say: where, what, and at which byte.

use generated_sdk::json::{Blank, Wire, from_slice, from_slice_strict, from_str};

use crate::shop::{Child, S, U, Vessel};
use crate::tree::{BARE, Tree};

fn complaint<T: Wire + Blank>(json: &str) -> String {
    from_str::<T>(json).err().expect(json).to_string()
}

fn strict_complaint<T: Wire + Blank>(json: &str) -> String {
    from_slice_strict::<T>(json.as_bytes())
        .err()
        .expect(json)
        .to_string()
}

#[test]
fn paths_lead_to_the_value() {
    let json = r#"{".tag":"items","items":[{"x":1},{"x":2,"y":"3"}]}"#;
    assert_eq!(
        complaint::<U>(json),
        "items[1].y: expected an integer, found a string at byte 44"
    );
    let json = r#"{"req":"a","m":{"k k":{"x":1.5}}}"#;
    assert_eq!(
        complaint::<S>(json),
        "m[\"k k\"].x: expected an integer, found 1.5 at byte 27"
    );
    let json = r#"{".tag":"vessel","vessel":{".tag":"boat","name":"n"}}"#;
    let expected = "vessel: the required field `oars` is missing at byte 52";
    assert_eq!(complaint::<Child>(json), expected);
    let json = r#"{ "x": 1, ".tag":"ship", "name": 4 }"#;
    assert_eq!(
        complaint::<Vessel>(json),
        "name: expected a string, found a number at byte 33"
    );
    let inner = BARE.replace("[]", "[[]]");
    let json = BARE.replace("{}", &format!(r#"{{"a":{inner}}}"#));
    assert_eq!(
        complaint::<Tree>(&json),
        "named.a.children[0]: expected an object, found a list at byte 41"
    );
}

#[test]
fn messages_name_what_was_expected() {
    for (json, message) in [
        (
            "",
            "expected an object, found the end of the input at byte 0",
        ),
        (
            r#"{"req":"a"} x"#,
            "expected the end of the input, found 'x' at byte 12",
        ),
        (
            r#"{"req":"a""#,
            "expected `,` or `}`, found the end of the input at byte 10",
        ),
        (r#"{"req" "a"}"#, "expected `:`, found a string at byte 7"),
        (r#"{"req":"a",}"#, "expected a key, found '}' at byte 11"),
        (
            r#"{"req":"a","#,
            "expected a key, found the end of the input at byte 11",
        ),
        (
            r#"{"req":"a\x"}"#,
            "req: not an escape sequence of JSON at byte 9",
        ),
        (
            "{\"req\":\"a\n\"}",
            "req: control characters must be escaped in strings at byte 9",
        ),
        (
            r#"{"req":"\ud800"}"#,
            "req: a surrogate stands alone at byte 14",
        ),
        (
            r#"{"req":"a","l":[01]}"#,
            "l[0]: not a number of JSON at byte 17",
        ),
        (
            r#"{"req":"a","l":[2147483648]}"#,
            "l[0]: the number is not within -2147483648 and 2147483647 at byte 16",
        ),
        (
            r#"{"req":"a","f":1e999}"#,
            "f: the number 1e999 is too large at byte 15",
        ),
        (
            r#"{"req":"a","blob":"*"}"#,
            "blob: expected base64 with padding, found \"*\" at byte 18",
        ),
        (
            r#"{"req":"a","time":"x"}"#,
            "time: expected a time such as 2020-01-31T12:00:00Z, found \"x\" at byte 18",
        ),
        (
            r#"{"req":"a","z":tru}"#,
            "expected a value, found a boolean at byte 15",
        ),
    ] {
        assert_eq!(complaint::<S>(json), message, "{json}");
    }
    assert_eq!(
        complaint::<U>(r#""coord""#),
        "the tag `coord` needs an object with its value at byte 7"
    );
    assert_eq!(
        complaint::<U>(r#"{".tag":"num",".tag":"num"}"#),
        "the key `.tag` occurs twice at byte 21"
    );
}

#[test]
fn strict_readers_refuse_more() {
    for (json, message) in [
        (r#"{"req":"a","zz":1}"#, "unknown key `zz` at byte 16"),
        (
            r#"{"req":"a","req":"b"}"#,
            "req: the key `req` occurs twice at byte 17",
        ),
        (
            r#"{"req":"a","m":{"k":{"x":1},"k":{"x":1}}}"#,
            "m: the key `k` occurs twice at byte 32",
        ),
        (
            r#"{"req":"a","def_u":"zz"}"#,
            "def_u: `zz` is not a tag of Inner at byte 23",
        ),
        (
            r#"{"req":"a","time":"2020-01-02T03:04:05+01:00"}"#,
            "time: expected a time such as 2020-01-31T12:00:00Z, found \"2020-01-02T03:04:05+01:00\" at byte 18",
        ),
        (
            r#"{"req":"a","l":[1,2,3]}"#,
            "l: has 3 items, may have at most 2",
        ),
    ] {
        assert_eq!(strict_complaint::<S>(json), message, "{json}");
    }
}

#[test]
fn bytes_must_be_utf_8() {
    let error = from_slice::<S>(b"{\"req\":\"\xff\"}").unwrap_err();
    assert_eq!(error.to_string(), "the input is not UTF-8 at byte 8");
    assert_eq!((error.path(), error.offset()), ("", Some(8)));
}

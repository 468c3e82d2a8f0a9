//! The checker against documents whose verdict is known: the shared vectors, and one document per constraint.

use std::sync::Arc;

use serde_json::Value;
use stone_parser::ir::{Api, StructId, Type, UnionId};
use stone_parser::source::SourceMap;

use super::json;
use super::value::Values;

fn compile(text: &str) -> Arc<Api> {
    let mut sources = SourceMap::new();
    sources.add("test.stone", text.to_owned());
    Arc::new(stone_parser::compile(&sources).api)
}

fn find(api: &Api, name: &str) -> Type {
    let mut structs = (0..).map(StructId).zip(&api.structs);
    let found = structs.find(|(_, item)| item.name == name);
    let mut unions = (0..).map(UnionId).zip(&api.unions);
    match found {
        Some((id, _)) => Type::Struct(id),
        None => {
            let found = unions.find(|(_, item)| item.name == name);
            Type::Union(found.expect("the type is in the spec").0)
        }
    }
}

fn verdict(values: &Values, ty: &Type, text: &str) -> Result<(), String> {
    let value = json::parse(text.as_bytes())?;
    values
        .check(ty, &value)
        .map_err(|misfit| misfit.to_string())
}

#[test]
fn strict_verdicts_agree_with_the_vectors() {
    let vectors = include_str!("../../../tests/fixtures/emit/shop/vectors.json");
    let vectors: Value = serde_json::from_str(vectors).expect("the vectors are JSON");
    let api = compile(include_str!("../../../tests/fixtures/emit/shop/shop.stone"));
    let values = Values::new(api.clone());
    let mut wrong = Vec::new();
    let vectors = vectors["vectors"].as_array().expect("there are vectors");
    for vector in vectors {
        let ours = &vector["ours"]["strict"];
        let wanted = if ours.is_null() {
            &vector["strict"]
        } else {
            ours
        };
        let (name, input) = (vector["type"].as_str(), vector["input"].as_str());
        let (name, input) = (name.unwrap_or_default(), input.unwrap_or_default());
        let ty = find(&api, name.trim_start_matches("shop."));
        let found = verdict(&values, &ty, input);
        if Some(found.is_ok()) != wanted["ok"].as_bool() {
            wrong.push(format!("{name} {input}: {found:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(vectors.len() > 100);
}

const LIMITS: &str = r#"namespace limits

struct All
    text String(min_length=2, max_length=3, pattern="[a-zé]*|x.*")?
    small Int32(min_value=-2, max_value=7)?
    big UInt64?
    real Float32(min_value=0.5)?
    list List(Int32, min_items=1, max_items=2)?
    map Map(String(max_length=1), List(String?))?
    day Timestamp("%Y-%m-%d")?
    bytes Bytes?
    inner All?
"#;

#[test]
fn constraints_hold() {
    let api = compile(LIMITS);
    let (values, ty) = (Values::new(api.clone()), find(&api, "All"));
    for text in [
        r#"{"text": "éa"}"#,
        r#"{"text": "x§"}"#,
        r#"{"small": -2, "big": 18446744073709551615, "real": 1}"#,
        r#"{"list": [1, 2], "map": {"a": [null, "x"]}}"#,
        r#"{"day": "2026-02-28", "bytes": "AAE="}"#,
        r#"{"inner": {"inner": {}}, "text": null}"#,
    ] {
        assert_eq!(verdict(&values, &ty, text), Ok(()), "{text}");
    }
    for (text, problem) in [
        (r#"{"text": "a"}"#, "text: 1 characters is less than 2"),
        (r#"{"text": "éééé"}"#, "text: 4 characters is more than 3"),
        (
            r#"{"text": "a1"}"#,
            "text: \"a1\" does not match the pattern \"[a-zé]*|x.*\"",
        ),
        (r#"{"small": 8}"#, "small: 8 is more than 7"),
        (
            r#"{"small": 1.0}"#,
            "small: expected an integer, got a number that is not an integer",
        ),
        (r#"{"big": -1}"#, "big: -1 is less than 0"),
        (r#"{"real": 0.4}"#, "real: 0.4 is less than 0.5"),
        (
            r#"{"real": 4e38}"#,
            "real: 400000000000000000000000000000000000000 is too large for a Float32",
        ),
        (r#"{"list": []}"#, "list: 0 items is less than 1"),
        (
            r#"{"list": [1, "2"]}"#,
            "list[1]: expected an integer, got a string",
        ),
        (
            r#"{"map": {"ab": []}}"#,
            "map.ab: 2 characters is more than 1",
        ),
        (
            r#"{"map": {"a": [1]}}"#,
            "map.a[0]: expected a string, got a number",
        ),
        (
            r#"{"day": "2026-02-30"}"#,
            "day: \"2026-02-30\" is no time in the format \"%Y-%m-%d\"",
        ),
        (
            r#"{"bytes": "AAE"}"#,
            "bytes: the string is not base64 with padding",
        ),
        (
            r#"{"inner": {"inner": {"colour": 1}}}"#,
            "inner.inner: unknown field \"colour\"",
        ),
        (r#"{"inner": 1}"#, "inner: expected an object, got a number"),
    ] {
        assert_eq!(
            verdict(&values, &ty, text),
            Err(problem.to_owned()),
            "{text}"
        );
    }
}

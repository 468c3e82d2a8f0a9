//! Every example of the spec goes through its generated type: decode, encode, compare as JSON.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::examples::examples;
use tests::generated::types::TYPES;
use tests::harness::TypeCase;
use tests::normal::normal;
use tests::snapshots;

#[test]
fn every_example_survives_its_generated_type() {
    let api = stone_parser::compile(&snapshots::sources(&snapshots::root().join("spec"))).api;
    let cases: BTreeMap<&str, &TypeCase> = TYPES.iter().map(|case| (case.name, case)).collect();
    assert_eq!(
        cases.len(),
        1809 + 591,
        "one case for each struct and union"
    );
    let mut count = 0;
    for (name, ty, example) in examples(&api) {
        let expected: Value =
            serde_json::from_str(&example.value.to_string()).expect("examples are JSON");
        let again = (cases[name.as_str()].again)(&expected.to_string());
        let again =
            again.unwrap_or_else(|error| panic!("{name}, example {}: {error}", example.label));
        let actual: Value = serde_json::from_str(&again).expect("what is encoded is JSON");
        let (expected, actual) = (normal(&api, &ty, &expected), normal(&api, &ty, &actual));
        assert_eq!(actual, expected, "{name}, example {}", example.label);
        count += 1;
    }
    assert!(count > 1_800, "only {count} examples were found");
}

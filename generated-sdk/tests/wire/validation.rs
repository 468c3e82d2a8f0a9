//! Constraints, which are checked on what is sent.

use generated_sdk::json::{Wire, from_str};
use generated_sdk::runtime::wire::{
    Blank, Decoder, Encoder, Rule, StructMeta, UnionMeta, validate,
};

use crate::shop::{S, U};
use crate::tree::bare;

fn complaint(value: &dyn Wire) -> String {
    validate(value)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

#[test]
fn rules_are_checked_where_they_stand() {
    let s: S = from_str(r#"{"req":"","l":[1,2,3]}"#).unwrap();
    assert_eq!(complaint(&s), "req: has 0 characters, needs at least 1");
    let s: S = from_str(r#"{"req":"é","l":[1,2,3]}"#).unwrap();
    assert_eq!(complaint(&s), "l: has 3 items, may have at most 2");
    let s: S = from_str(r#"{"req":"é","l":[1,2]}"#).unwrap();
    assert_eq!(complaint(&s), "");
}

#[test]
fn bounds_are_inclusive_and_checked_at_every_depth() {
    for (count, expected) in [
        (0, "children[1].count: 0 is less than the minimum 1"),
        (1, ""),
        (9, ""),
        (10, "children[1].count: 10 is greater than the maximum 9"),
    ] {
        let mut tree = bare();
        tree.children = vec![bare(), bare()];
        tree.children[1].count = count;
        assert_eq!(complaint(&tree), expected);
    }
}

#[test]
fn what_cannot_be_sent_is_refused() {
    let s: S = from_str(r#"{"req":"a","def_u":"new"}"#).unwrap();
    assert_eq!(complaint(&s), "def_u: the unknown tag `new` cannot be sent");
    let u: U = from_str(r#"{".tag":"vessel","vessel":{".tag":"ship","name":"n"}}"#).unwrap();
    assert_eq!(
        complaint(&u),
        "vessel: the unknown tag `ship` cannot be sent"
    );
    let mut tree = bare();
    tree.ratio = f32::NAN;
    assert_eq!(complaint(&tree), "ratio: the number NaN cannot be sent");
}

/// A union and a struct whose constraints lie in payloads, keys and items.
struct Tagged(Vec<String>);

struct Words(std::collections::BTreeMap<String, String>);

static TAGGED: UnionMeta = UnionMeta {
    name: "Tagged",
    tags: &["ids"],
    kinds: b"k",
    open: false,
    root: false,
    rules: &[(
        0,
        &Rule {
            min_items: 1,
            item: Some(ID),
            ..Rule::NONE
        },
    )],
};

static WORDS: StructMeta = StructMeta::new("Words", &["\"words\":"], b"D\0").rules(&[(
    0,
    &Rule {
        max_items: 2,
        key: Some(ID),
        item: Some(SHORT),
        ..Rule::NONE
    },
)]);

const ID: &Rule = &Rule {
    pattern: Some(r"\A(?:id:.+)\z"),
    ..Rule::NONE
};
const SHORT: &Rule = &Rule {
    max_length: 2,
    ..Rule::NONE
};

impl Blank for Tagged {
    const BLANK: Self = Self(Vec::new());
}

impl Wire for Tagged {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.variant(&TAGGED, 0, &self.0);
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        if inp.variant(&TAGGED) == 0 {
            inp.payload(&mut self.0);
        }
    }
}

impl Blank for Words {
    const BLANK: Self = Self(std::collections::BTreeMap::new());
}

impl Wire for Words {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&WORDS, &[], &[], &[&self.0]);
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&WORDS, &mut [], &mut [], &mut [&mut self.0]);
    }
}

#[test]
fn payloads_items_and_keys_have_rules() {
    let tagged = |ids: &[&str]| Tagged(ids.iter().map(|id| id.to_string()).collect());
    assert_eq!(complaint(&tagged(&["id:1"])), "");
    assert_eq!(
        complaint(&tagged(&[])),
        "ids: has 0 items, needs at least 1"
    );
    let expected = r"ids[1]: does not match the pattern `\A(?:id:.+)\z`";
    assert_eq!(complaint(&tagged(&["id:1", "xid:1"])), expected);

    let words = |json| complaint(&from_str::<Words>(json).unwrap());
    assert_eq!(words(r#"{"words":{"id:a":"éé"}}"#), "");
    assert_eq!(
        words(r#"{"words":{"id:a":"ééé"}}"#),
        "words[\"id:a\"]: has 3 characters, may have at most 2"
    );
    assert_eq!(
        words(r#"{"words":{"a":""}}"#),
        r"words.a: does not match the pattern `\A(?:id:.+)\z`"
    );
}

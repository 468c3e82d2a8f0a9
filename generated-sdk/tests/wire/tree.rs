//! A type that contains itself in every way there is, secrets and every kind of default.

use std::collections::BTreeMap;

use generated_sdk::json::{from_str, to_string};
use generated_sdk::runtime::wire::{
    self as w, Blank, Bound, Decoder, DefaultValue, Encoder, Rule, StructMeta, Wire,
};

/// Everything that `shop.stone` has no use for.
pub struct Tree {
    pub label: String,
    pub password: String,
    pub hint: Option<String>,
    pub next: Option<Box<Tree>>,
    pub children: Vec<Tree>,
    pub named: BTreeMap<String, Tree>,
    pub gaps: Vec<Option<i64>>,
    pub flag: bool,
    pub count: u32,
    pub ratio: f32,
    pub day: crate::runtime::Date,
}

const LEVEL: &Rule = &Rule {
    min: Some(Bound::Uint(1)),
    max: Some(Bound::Uint(9)),
    ..Rule::NONE
};

static TREE: StructMeta = StructMeta::new(
    "Tree",
    &[
        "\"label\":",
        "\"password\":",
        "\"hint\":",
        "\"next\":",
        "\"children\":",
        "\"named\":",
        "\"gaps\":",
        "\"flag\":",
        "\"count\":",
        "\"ratio\":",
        "\"day\":",
    ],
    b"sxYoDDDdddD\x00\x01\x00\x00\x01\x02\x03\x04\x05\x06\x07",
)
.defaults(&[
    (0, DefaultValue::Str("leaf")),
    (1, DefaultValue::Str("")),
    (7, DefaultValue::Bool(true)),
    (8, DefaultValue::Uint(3)),
    (9, DefaultValue::Float(0.1)),
])
.rules(&[(8, LEVEL)]);

impl Blank for Tree {
    const BLANK: Self = Self {
        label: String::new(),
        password: String::new(),
        hint: None,
        next: None,
        children: Vec::new(),
        named: BTreeMap::new(),
        gaps: Vec::new(),
        flag: true,
        count: 3,
        ratio: 0.1,
        day: crate::runtime::Date::EPOCH,
    };
}

impl Wire for Tree {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(
            &TREE,
            &[&self.label, &self.password],
            &[&self.hint],
            &[
                &self.next,
                &self.children,
                &self.named,
                &self.gaps,
                &self.flag,
                &self.count,
                &self.ratio,
                &self.day,
            ],
        )
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(
            &TREE,
            &mut [&mut self.label, &mut self.password],
            &mut [&mut self.hint],
            &mut [
                &mut self.next,
                &mut self.children,
                &mut self.named,
                &mut self.gaps,
                &mut self.flag,
                &mut self.count,
                &mut self.ratio,
                &mut self.day,
            ],
        )
    }
}

crate::runtime::wire_traits!(Tree);

crate::runtime::validate_methods!(Tree);

/// A tree with nothing in it, in JSON.
pub const BARE: &str = r#"{"children":[],"named":{},"gaps":[],"day":"1970-01-01"}"#;

pub fn bare() -> Tree {
    from_str(BARE).unwrap()
}

#[test]
fn absent_defaults_are_filled_in_and_left_out_again() {
    let tree = bare();
    assert_eq!(tree.label, "leaf");
    assert!(tree.flag);
    assert_eq!((tree.count, tree.ratio), (3, 0.1));
    assert_eq!(to_string(&tree), BARE);
}

#[test]
fn null_stands_for_defaults() {
    let nulls = r#""label":null,"password":null,"hint":null,"next":null,"flag":null,"count":null,"ratio":null,"#;
    let json = BARE.replace(r#""children""#, &format!("{nulls}\"children\""));
    assert_eq!(from_str::<Tree>(&json).unwrap(), bare());
}

#[test]
fn a_later_null_or_value_replaces_the_earlier_one_entirely() {
    let full = BARE.replace(r#""gaps":[]"#, r#""gaps":[1],"hint":"h","count":7"#);
    let tree: Tree = from_str(&format!(
        r#"{{"label":"x","label":null,"count":8,"count":null,"hint":"y","hint":null,
            "gaps":[1,2],"gaps":[],"children":[],"day":"2020-01-01","day":"1970-01-01",
            "next":{full},"next":{BARE},"named":{{"k":{full},"k":{BARE}}}}}"#
    ))
    .unwrap();
    let mut expected = bare();
    expected.next = Some(Box::new(bare()));
    expected.named.insert("k".to_owned(), bare());
    assert_eq!(tree, expected);
}

#[test]
fn null_items_stay_in_lists() {
    let json = BARE.replace(r#""gaps":[]"#, r#""gaps":[null,-4,null]"#);
    let tree: Tree = from_str(&json).unwrap();
    assert_eq!(tree.gaps, [None, Some(-4), None]);
    assert_eq!(to_string(&tree), json);
}

#[test]
fn secrets_are_not_shown() {
    let mut tree = bare();
    tree.password = "tiger".to_owned();
    tree.hint = Some("stripes".to_owned());
    let shown = format!("{tree:?} {tree:#?}");
    assert!(!shown.contains("tiger") && !shown.contains("stripes"));
    assert_eq!(
        format!("{tree:?}"),
        "Tree { label: \"leaf\", password: ***, hint: Some(***), next: None, children: [], named: {}, \
         gaps: [], flag: true, count: 3, ratio: 0.1, day: 1970-01-01 }"
    );
}

/// A chain of so many trees.
fn chain(length: usize) -> String {
    let link = BARE.replacen('{', r#"{"next":"#, 1);
    let mut json = BARE.to_owned();
    for _ in 1..length {
        json = link.replacen(r#""next":"#, &format!(r#""next":{json},"#), 1);
    }
    json
}

#[test]
fn nesting_is_bounded() {
    // The innermost tree has lists in it.
    assert!(from_str::<Tree>(&chain(127)).is_ok());
    let error = from_str::<Tree>(&chain(128)).unwrap_err();
    assert_eq!(error.message(), "nested more than 128 levels deep");
    assert_eq!(
        error.path(),
        format!("{}.children", vec!["next"; 127].join("."))
    );
    let deep = from_str::<Tree>(&chain(127)).unwrap();
    assert_eq!(deep.clone(), deep);
    assert_eq!(to_string(&deep), chain(127));
}

//! What the emitter's fixtures generate compiles, and behaves as the rules that they stand for ask.
//!
//! The runtime is compiled once more, for generated code finds it at `crate::runtime`.

#![allow(dead_code, unused_imports, unexpected_cfgs, missing_docs)]
// Fixtures have odd names on purpose.
#![allow(
    clippy::just_underscores_and_digits,
    clippy::module_inception,
    non_camel_case_types
)]

#[path = "../../generated-sdk/src/runtime/mod.rs"]
mod runtime;

macro_rules! fixtures {
    ($($name:ident $path:literal)*) => {
        $(
            #[path = $path]
            #[rustfmt::skip]
            mod $name;
        )*

        const COMPILED: &[&str] = &[$(stringify!($name)),*];
    };
}

fixtures! {
    annotations "../fixtures/emit/annotations/expected/src/generated/mod.rs"
    catch_all "../fixtures/emit/catch_all/expected/src/generated/mod.rs"
    defaults "../fixtures/emit/defaults/expected/src/generated/mod.rs"
    docs "../fixtures/emit/docs/expected/src/generated/mod.rs"
    families "../fixtures/emit/families/expected/src/generated/mod.rs"
    features "../fixtures/emit/features/expected/src/generated/mod.rs"
    hubs "../fixtures/emit/hubs/expected/src/generated/mod.rs"
    keywords "../fixtures/emit/keywords/expected/src/generated/mod.rs"
    meeting_names "../fixtures/emit/meeting_names/expected/src/generated/mod.rs"
    method_names "../fixtures/emit/method_names/expected/src/generated/mod.rs"
    recursion "../fixtures/emit/recursion/expected/src/generated/mod.rs"
    repeats "../fixtures/emit/repeats/expected/src/generated/mod.rs"
    routes "../fixtures/emit/routes/expected/src/generated/mod.rs"
    secrets "../fixtures/emit/secrets/expected/src/generated/mod.rs"
    shop "../fixtures/emit/shop/expected/src/generated/mod.rs"
    std_types "../fixtures/emit/std_types/expected/src/generated/mod.rs"
    subtypes "../fixtures/emit/subtypes/expected/src/generated/mod.rs"
    unions "../fixtures/emit/unions/expected/src/generated/mod.rs"
}

use runtime::wire::json::{from_str, to_string};
use runtime::wire::{Blank, Wire};

/// A value as JSON after it was read.
fn again<T: Wire + Blank>(text: &str) -> String {
    to_string(&from_str::<T>(text).unwrap())
}

#[test]
fn every_fixture_that_generates_code_is_compiled() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/emit");
    let generates = |path: &std::path::Path| path.join("expected/src/generated/mod.rs").exists();
    let folders = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let names = folders
        .filter(|path| generates(path))
        .map(|path| path.file_name().unwrap().to_owned());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, COMPILED);
}

#[test]
fn keywords_keep_their_names_on_the_wire() {
    use keywords::move_::{Match, Type};
    let value = Type::new("a").type_("b").async_(true).self_2(7u64);
    assert_eq!(
        to_string(&value),
        r#"{"self":"a","type":"b","async":true,"Self":7}"#
    );
    assert_eq!(to_string(&Match::Self_), r#"{".tag":"self"}"#);
}

#[test]
fn a_tag_called_other_is_not_the_catch_all() {
    use catch_all::catching::{Closed, Open};
    assert!(matches!(
        from_str::<Open>(r#""Other""#).unwrap(),
        Open::Other_
    ));
    assert!(
        matches!(from_str::<Open>(r#""new""#).unwrap(), Open::Other(unknown) if unknown.tag() == "new")
    );
    assert!(matches!(
        from_str::<Closed>(r#""Other""#).unwrap(),
        Closed::Other_
    ));
}

#[test]
fn names_that_meet_stay_apart() {
    use meeting_names::foo_bar::{Meet, Meeting};
    let text = r#"{"fooBar":"a","foo_bar":"b","FooBar":true}"#;
    let value: Meeting = from_str(text).unwrap();
    assert_eq!(
        (&*value.foo_bar, &*value.foo_bar_2, value.foo_bar_3),
        ("a", "b", Some(true))
    );
    assert_eq!(to_string(&value), text);
    assert_eq!(
        to_string(&Meet::FooBar_2("x".into())),
        r#"{".tag":"foo_bar","foo_bar":"x"}"#
    );
}

#[test]
fn defaults_are_there_without_being_sent() {
    use defaults::defaults::{AllOptional, Arg, Mode};
    assert_eq!(AllOptional::default().text, "text");
    assert_eq!(to_string(&AllOptional::from(())), "{}");
    let value = Arg::new("abc", Default::default());
    assert_eq!(value.text, "some \"text\"");
    assert_eq!(
        (value.small, value.big, value.ratio, value.tiny),
        (-3, u64::MAX, 1.0, 0.75)
    );
    assert_eq!(value.mode, Mode::Fast);
    assert_eq!(to_string(&value), r#"{"name":"abc","table":{}}"#);
    assert_eq!(
        from_str::<Arg>(r#"{"name":"abc","table":{}}"#).unwrap(),
        value
    );
    assert_eq!(
        again::<Arg>(r#"{"name":"a","small":4,"table":{}}"#),
        r#"{"name":"a","small":4,"table":{}}"#
    );
}

#[test]
fn constraints_are_checked_through_aliases_lists_and_maps() {
    use defaults::defaults::{Arg, Mode};
    let valid = || Arg::new("abc", Default::default());
    assert!(valid().validate().is_ok());
    assert!(Arg::new("ABC", Default::default()).validate().is_err());
    assert!(Arg::new("", Default::default()).validate().is_err());
    assert!(valid().small(6).validate().is_err());
    assert!(valid().tiny(0.25).validate().is_err());
    assert!(valid().mode(Mode::Exact(3.0)).validate().is_err());
    assert!(
        valid()
            .names(vec!["a".into(), "B".into()])
            .validate()
            .is_err()
    );
    assert!(
        valid()
            .names(vec!["a".into(), "b".into(), "c".into()])
            .validate()
            .is_err()
    );
    let table = |key: &str, value| [(key.to_owned(), vec![value])].into();
    assert!(Arg::new("abc", table("long", 1)).validate().is_err());
    assert!(Arg::new("abc", table("key", 8)).validate().is_err());
    assert!(Arg::new("abc", table("key", 7)).validate().is_ok());
}

#[test]
fn types_may_contain_themselves() {
    use recursion::recursion::{Node, Root, Tree};
    let node = r#"{"value":"a","next":{"value":"b","children":[],"by_name":{},"tree":{".tag":"leaf","leaf":1}},"children":[],"by_name":{},"tree":{".tag":"branch","left":{".tag":"leaf","leaf":1},"right":{".tag":"maybe"}}}"#;
    assert_eq!(again::<Node>(node), node);
    let tree: Tree = from_str(
        r#"{".tag":"maybe","left":{".tag":"leaf","leaf":1},"right":{".tag":"leaf","leaf":2}}"#,
    )
    .unwrap();
    assert!(matches!(&tree, Tree::Maybe(Some(branch)) if branch.left == Tree::Leaf(1)));
    let root: Root = from_str(r#"{".tag":"inner","parent":{".tag":"outer","roots":[]}}"#).unwrap();
    assert!(matches!(root.parent(), Some(Root::Outer(_))));
}

#[test]
fn subtypes_share_fields_and_convert() {
    use subtypes::subtypes::{Held, Last, Middle, Sealed, Shape, ShapeBase, Square};
    let text = r#"{".tag":"square","name":"s","origin":{"x":1.0,"y":2.0},"width":3.0}"#;
    let shape: Shape = from_str(text).unwrap();
    assert_eq!(
        (shape.name(), shape.label(), shape.origin().x),
        ("s", None, 1.0)
    );
    assert_eq!(to_string(&shape), text);
    let Shape::Square(square) = shape else {
        panic!("{shape:?}")
    };
    assert_eq!(ShapeBase::from(square.clone()).name, "s");
    assert!(matches!(
        Shape::from(square),
        Shape::Square(Square { width: 3.0, .. })
    ));
    let unknown = r#"{".tag":"cube","name":"c","origin":{"x":1.0,"y":2.0},"edge":4}"#;
    let shape: Shape = from_str(unknown).unwrap();
    assert!(matches!(&shape, Shape::Other(it) if it.tag() == "cube" && it.base().name == "c"));
    assert_eq!((shape.name(), to_string(&shape).as_str()), ("c", unknown));
    assert!(from_str::<Sealed>(r#"{".tag":"two","id":1}"#).is_err());
    let last: Last = from_str(r#"{"id":"i","last":true}"#).unwrap();
    assert_eq!(Middle::from(last).id, "i");
    let held = format!(r#"{{".tag":"shape","shape":{text}}}"#);
    assert_eq!(again::<Held>(&held), held);
}

#[test]
fn unions_take_over_values_of_their_ancestors() {
    use unions::unions::{Child, Empty, Parent, Plain};
    assert_eq!(Child::from(Plain::Z), Child::Z);
    assert_eq!(
        Child::from(Parent::Text("a".into())),
        Child::Text("a".into())
    );
    assert_eq!(
        again::<Child>(r#"{".tag":"maybe_flat"}"#),
        r#"{".tag":"maybe_flat"}"#
    );
    assert_eq!(
        again::<Child>(r#"{".tag":"flat","x":true}"#),
        r#"{".tag":"flat","x":true}"#
    );
    assert_eq!(again::<Empty>(r#""some""#), r#"{".tag":"some"}"#);
    assert!(from_str::<Plain>(r#""delta""#).is_err());
    assert_eq!(Plain::Beta, { Plain::Beta });
}

#[test]
fn hubs_go_both_ways() {
    use hubs::hubs::{AllText, Mixed, Note};
    let note = r#"{".tag":"t7","text":"hello"}"#;
    let value: AllText = from_str(note).unwrap();
    assert!(matches!(&value, AllText::T7(Note { text, .. }) if text == "hello"));
    assert_eq!(
        (to_string(&value).as_str(), value.clone() == value),
        (note, true)
    );
    assert_eq!(format!("{value:?}"), r#"T7(Note { text: "hello" })"#);
    assert!(from_str::<AllText>(r#"{".tag":"t7"}"#).is_err());
    assert_eq!(
        again::<AllText>(r#"{".tag":"new","x":1}"#),
        r#"{".tag":"new","x":1}"#
    );
    let mixed = Mixed::from(value);
    assert_eq!(to_string(&mixed), note);
    assert_eq!(again::<Mixed>(r#"{".tag":"plain"}"#), r#"{".tag":"plain"}"#);
    assert_eq!(
        again::<Mixed>(r#"{".tag":"number","number":5}"#),
        r#"{".tag":"number","number":5}"#
    );
}

#[test]
fn hubs_in_fields_are_held_and_can_be_taken_out() {
    use hubs::hubs::{Entry, Mixed};
    let json = r#"{"what":{".tag":"number","number":5},"before":{".tag":"t0","text":"x"},"later":[{".tag":"plain"}]}"#;
    let entry: Entry = from_str(json).unwrap();
    assert_eq!(to_string(&entry), json);
    assert!(matches!(*entry.what, Mixed::Number(5)));
    let mut copy = entry.clone();
    assert_eq!(copy, entry);
    *copy.what = Mixed::Plain;
    assert_ne!(copy, entry);
    assert!(format!("{copy:?}").starts_with("Entry { what: Plain, before: Some(T0("));
    match entry.before.map(runtime::Held::into_inner) {
        Some(Mixed::T0(remark)) => assert_eq!(remark.text, "x"),
        other => panic!("{other:?}"),
    }
    assert!(from_str::<Entry>("{}").is_err());
}

#[test]
fn members_of_families_are_types_of_their_own() {
    use families::families::{Event, Note03, Note15, Nothing07, OnlyText, Page};
    use std::any::TypeId;
    let note: Note03 = from_str(r#"{"text":"hello"}"#).unwrap();
    assert_eq!(format!("{note:?}"), r#"Note03 { text: "hello" }"#);
    assert_eq!(format!("{:?}", Nothing07::default()), "Nothing07");
    assert_ne!(TypeId::of::<Note03>(), TypeId::of::<Note15>());
    let json = r#"{"notes":[{"text":"a"}],"event":{".tag":"last","text":"b"}}"#;
    let page: Page = from_str(json).unwrap();
    assert!(matches!(&page.event, Some(Event::Last(Note15 { text, .. })) if text == "b"));
    assert_eq!(
        (to_string(&page).as_str(), page.clone() == page),
        (json, true)
    );
    assert_eq!(
        again::<Event>(r#"{".tag":"nothing"}"#),
        r#"{".tag":"nothing"}"#
    );
    assert_eq!(
        again::<OnlyText>(r#"{"text":"c","more":1}"#),
        r#"{"text":"c","more":1}"#
    );
    let error = from_str::<Note03>("{}").unwrap_err().to_string();
    assert!(error.contains("text"), "{error}");
}

#[test]
fn omitted_fields_do_not_exist() {
    use annotations::marks::{Arg, Kind};
    assert_eq!(
        again::<Arg>(r#"{"hidden":{"x":true},"old":"o","new":true}"#),
        r#"{"old":"o","new":true}"#
    );
    assert!(matches!(
        from_str::<Kind>(r#""hidden""#).unwrap(),
        Kind::Other(_)
    ));
}

#[test]
fn secrets_do_not_show() {
    use annotations::marks::Arg;
    use secrets::vault::{Change, Key, Login, Longer};
    let key: Key =
        from_str(r#"{"name":"n","token":"hush","spare":"hush","fallback":"hush"}"#).unwrap();
    let longer: Longer = from_str(r#"{"name":"n","token":"hush","more":true}"#).unwrap();
    let texts = [
        format!("{key:?}"),
        format!("{longer:?}"),
        format!("{:?}", Login::new("hush")),
        format!("{:?}", Change::Set("hush".into())),
        format!("{:?}", Change::Maybe(Some("hush".into()))),
        format!("{:?}", Arg::new().pin("hush")),
    ];
    for text in texts {
        assert!(!text.contains("hush") && text.contains("***"), "{text}");
    }
}

#[test]
fn facts_of_routes_are_constants() {
    use routes::{calls, others};
    use runtime::{Auth, Host, SelectAdmin, Style};
    let get = &calls::GET;
    assert_eq!(
        (get.path, get.style, get.host),
        ("/2/calls/get", Style::Rpc, Host::Api)
    );
    assert_eq!(
        (get.auth, get.scope),
        (&[Auth::App, Auth::User][..], Some("things.read"))
    );
    assert!(
        get.select_admin == Some(SelectAdmin::WholeTeam)
            && get.app_folder
            && get.deprecated
            && !get.preview
    );
    assert_eq!(
        (calls::GET_V2.path, calls::GET_V2.version),
        ("/2/calls/get_v2", 2)
    );
    assert_eq!(
        (calls::PUT.style, calls::FETCH_NOW.style),
        (Style::Upload, Style::Download)
    );
    assert!(calls::SOON.preview);
    assert_eq!(
        (others::PING.auth, others::PING.host),
        (&[Auth::Noauth][..], Host::Notify)
    );
}

#[test]
fn constants_say_what_a_second_call_may_do() {
    use repeats::repeats;
    use runtime::RepeatSafety;
    let safety = [
        &repeats::LOOK,
        &repeats::SET_V2,
        &repeats::DROP,
        &repeats::ADD,
        &routes::calls::GET,
    ]
    .map(|route| route.repeat);
    assert_eq!(
        safety,
        [
            RepeatSafety::Read,
            RepeatSafety::Repeatable,
            RepeatSafety::Recoverable,
            RepeatSafety::Once,
            RepeatSafety::Once,
        ]
    );
}

#[test]
fn constants_list_the_ways_to_errors_that_pass() {
    use repeats::repeats;
    assert_eq!(repeats::LOOK.try_again, [""; 0]);
    assert_eq!(repeats::SET_V2.try_again, ["alarm", "busy"]);
    assert_eq!(repeats::ADD.try_again, ["busy"]);
    assert_eq!(
        repeats::DROP.try_again,
        [
            "by_alias/busy",
            "direct/busy",
            "failed/busy",
            "loop/around/alarm",
            "loop/busy",
            "shape/square/busy",
        ]
    );
}
